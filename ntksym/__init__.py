"""Neural tangent kernels: derived, proved, printed, compiled, and to any number of digits.

>>> import ntksym
>>> ntksym.dual("relu").sigma_dot
asin(c/(sqrt(q_1)*sqrt(q_2)))/(2*pi) + 1/4
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ntksym import dask as dask
    from ntksym import sklearn as sklearn
    from ntksym.calculus import Derivation
    from ntksym.calculus.functional import functional_derivative
    from ntksym.check import Report, Verdict, check
    from ntksym.kernel import Kernel, nngp, ntk
    from ntksym.language import Claim, GaussianExpectation, c, q1, q2, rho, z
    from ntksym.lowering.export.source import to_source
    from ntksym.networks import (
        Activation,
        Dense,
        Elementwise,
        Network,
        Residual,
        activation,
        catalogue,
        mlp,
        serial,
    )
    from ntksym.networks.dual import Dual, dual
    from ntksym.numerics.depth import Phase, critical, phase
    from ntksym.numerics.dynamics import gradient_flow
    from ntksym.numerics.finite import FiniteNetwork, finite_width
    from ntksym.numerics.functional import Cost, KernelSum, least_squares, logistic
    from ntksym.numerics.regression import GaussianProcess, KernelRegression
    from ntksym.numerics.sphere import Spectrum, spectrum
    from ntksym.render import to_html, to_latex, to_pdf
    from ntksym.theorems import Certificate, positive_definite
    from ntksym.theorems.data.certificate import GramCertificate
    from ntksym.theorems.data.gram import certify

    __version__: str

_HOMES = {
    "ntksym.language": ("Claim", "GaussianExpectation", "c", "q1", "q2", "rho", "z"),
    "ntksym.calculus": ("Derivation",),
    "ntksym.calculus.functional": ("functional_derivative",),
    "ntksym.check": ("Report", "Verdict"),
    "ntksym.render": ("to_html", "to_latex", "to_pdf"),
    "ntksym.networks": (
        "Activation", "Dense", "Elementwise", "Network", "Residual",
        "activation", "catalogue", "mlp", "serial",
    ),
    "ntksym.networks.dual": ("Dual", "dual"),
    "ntksym.kernel": ("Kernel", "nngp", "ntk"),
    "ntksym.lowering.export.source": ("to_source",),
    "ntksym.numerics.depth": ("Phase", "critical", "phase"),
    "ntksym.numerics.finite": ("FiniteNetwork", "finite_width"),
    "ntksym.theorems": ("Certificate", "positive_definite"),
    "ntksym.theorems.data.certificate": ("GramCertificate",),
    "ntksym.theorems.data.gram": ("certify",),
    "ntksym.numerics.sphere": ("Spectrum", "spectrum"),
    "ntksym.numerics.functional": ("Cost", "KernelSum", "least_squares", "logistic"),
    "ntksym.numerics.regression": ("GaussianProcess", "KernelRegression"),
    "ntksym.numerics.dynamics": ("gradient_flow",),
}  # fmt: skip
_ADAPTERS = ("dask", "sklearn")
"""Modules with an extra each: they load when asked for by name, and are not in ``__all__``."""
_WHERE = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Activation", "Certificate", "Claim", "Cost", "Dense", "Derivation", "Dual", "Elementwise",
    "FiniteNetwork", "GaussianExpectation", "GaussianProcess", "GramCertificate", "Kernel",
    "KernelRegression", "KernelSum", "Network", "Phase", "Report", "Residual", "Spectrum",
    "Verdict", "activation", "c", "catalogue", "certify", "check", "critical", "dual",
    "finite_width", "functional_derivative", "gradient_flow", "least_squares", "logistic",
    "mlp", "nngp", "ntk", "phase", "positive_definite", "q1", "q2", "rho", "serial", "spectrum",
    "to_html", "to_latex", "to_pdf", "to_source", "z",
]  # fmt: skip


if not TYPE_CHECKING:  # a type checker is to see which names there are

    def __getattr__(name: str) -> Any:
        """Public names load their room when they are first asked for (PEP 562)."""
        if name == "__version__":
            metadata = import_module("importlib.metadata")
            try:
                return metadata.version("ntksym")
            except metadata.PackageNotFoundError:  # run from its source
                return "0+unknown"
        if name in ("check", *_ADAPTERS):
            return import_module(f"ntksym.{name}")
        if name not in _WHERE:
            raise AttributeError(f"module 'ntksym' has no attribute {name!r}")
        value = getattr(import_module(_WHERE[name]), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
