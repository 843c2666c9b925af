"""What a type checker sees of the package: ``mypy tests/typed.py``, a step of .ci/run.

Not run. A mistake that is no longer seen makes its ``type: ignore`` an unused one, an error too.
"""

import numpy as np

import ntksym


def good() -> None:
    kernel: ntksym.Kernel = ntksym.ntk("relu", depth=3, b_std=0.1)
    gram: np.ndarray = kernel(np.eye(3), dtype=np.float32)
    network: ntksym.Network = ntksym.serial(ntksym.Dense(), ntksym.Elementwise("erf"))
    names: tuple[str, ...] = ntksym.catalogue()
    proved: bool = ntksym.positive_definite(kernel, dimension=3).verify()
    bound: float = ntksym.certify(kernel, gram).lower_bound
    model: ntksym.KernelRegression = ntksym.KernelRegression(kernel, 0.1).fit(gram, names)
    mean, std = ntksym.GaussianProcess(kernel).predict(gram, return_std=True)
    size: int = mean.size + std.size + network.depth + model.weights.size
    text: str = ntksym.to_latex(ntksym.dual("relu")) + ntksym.__version__
    report: ntksym.Report = ntksym.check(ntksym.dual("relu").derivation)
    report.require(ntksym.Verdict.ENCLOSED)
    print(proved, bound, size, text)


def mistakes() -> None:
    ntksym.mlp("relu", depth="three")  # type: ignore[arg-type]
    ntksym.no_such_name  # type: ignore[attr-defined]
    number: int = ntksym.ntk("relu", depth=2)  # type: ignore[assignment]
    ntksym.ntk("relu", depth=2).grams  # type: ignore[attr-defined]
    ntksym.check(ntksym.dual("relu").derivation).require("PROVED")  # type: ignore[arg-type]
    print(number)
