"""Values that no argument expects, and the public calls that they are given to."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import sympy as sp

import ntksym
from ntksym.numerics.sphere.arguments import variance_of


class Sub(np.ndarray):
    """A subclass."""


X = np.random.default_rng(0).normal(size=(4, 3))
Y = [1.0, -1.0, 1.0, -1.0]
KERNEL = ntksym.ntk("relu", depth=2, b_std=0.1)
DUAL = ntksym.dual("relu")
NETWORK = ntksym.finite_width("relu", 8, depth=2, seed=0)
MODEL = ntksym.KernelRegression(KERNEL, 0.1).fit(X, Y)
PROCESS = ntksym.GaussianProcess(KERNEL, 0.1).fit(X, Y)

VALUES: dict[str, Any] = {
    "None": None, "text": "abc", "bytes": b"x", "lone surrogate": "\ud800", "NUL": "\0",
    "3": 3, "0": 0, "-1": -1, "10**400": 10**400, "10**5000": 10**5000, "2.5": 2.5,
    "nan": float("nan"), "inf": float("inf"), "1j": 1j, "True": True,
    "object": object(), "type": int, "function": len, "list": [1, 2], "empty": [], "dict": {},
    "set": {1}, "generator": (i for i in range(3)), "ragged": [[1], [1, 2]], "range": range(3),
    "0-d": np.array(2.0), "int64": np.int64(3), "array": X, "with nan": X * np.nan,
    "complex array": X + 1j, "object array": X.astype(object), "texts": X.astype(str),
    "big-endian": X.astype(">f8"), "read-only": np.broadcast_to(X[0], (4, 3)),
    "strided": np.repeat(X, 2, axis=1)[:, ::2], "Fortran": np.asfortranarray(X),
    "masked": np.ma.masked_array(X, mask=X > 0), "subclass": X.view(Sub), "3-d": X[None],
    "0 by 0": np.empty((0, 0)), "0 by 3": np.empty((0, 3)), "3 by 0": np.empty((3, 0)),
    "tiny": X * 1e-300, "long double": X.astype(np.longdouble),
    "record": np.zeros(3, [("a", float)]), "dates": np.array(["2020-01-01"], "M8[D]"),
    "Fraction": Fraction(1, 3), "Decimal": Decimal("0.1"), "Decimal NaN": Decimal("NaN"),
    "symbol": sp.Symbol("t"), "positive symbol": sp.Symbol("t", positive=True), "oo": sp.oo,
    "SymPy nan": sp.nan, "I": sp.I, "sqrt(2)": sp.sqrt(2), "z": ntksym.z,
    "Max": sp.Max(0, ntksym.z),
    "matrix": sp.Matrix([[1, 2], [3, 4]]), "name": "relu", "kernel": KERNEL,
    "network": ntksym.mlp("relu", 2), "activation": ntksym.activation("relu"),
    "path": Path("nowhere"),
}  # fmt: skip


def learned(kernel: Any, ridge: Any, X: Any, y: Any) -> Any:
    return ntksym.KernelRegression(kernel, ridge).fit(X, y)


def conditioned(kernel: Any, noise: Any, X: Any, y: Any) -> Any:
    return ntksym.GaussianProcess(kernel, noise).fit(X, y)


FLOW = {"kernel": KERNEL, "X": X, "y": Y, "times": [0.0, 1.0]}
CALLS: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
    "activation": (lambda alpha: ntksym.activation("leaky_relu", alpha=alpha), {"alpha": 0.1}),
    "activation of a name": (lambda activation: ntksym.activation(activation),
                             {"activation": "relu"}),
    "Activation": (ntksym.Activation, {"name": "mine", "definition": ntksym.z}),
    "mlp": (ntksym.mlp, {"activation_": "relu", "depth": 2, "w_std": 1, "b_std": 0,
                         "bias_init": "zero"}),
    "Dense": (ntksym.Dense, {"w_std": 1, "b_std": 0, "bias_init": "zero"}),
    "Network": (ntksym.Network, {"layers": (ntksym.Dense(),)}),
    "Kernel": (ntksym.Kernel, {"network": ntksym.mlp("relu", 2), "kind": "ntk"}),
    "kernel": (KERNEL, {"X": X, "Y": X, "dtype": np.float32, "out": None}),
    "diag": (KERNEL.diag, {"X": X}),
    "matmul": (KERNEL.matmul, {"X": X, "V": X, "Y": X}),
    "evaluate": (KERNEL.evaluate, {"x": X[0], "y": X[1], "digits": 20}),
    "enclose": (KERNEL.enclose, {"x": X[0], "y": X[1], "bits": 64}),
    "rounding": (KERNEL.rounding, {"X": X}),
    "expression": (KERNEL.expression, {"largest": 5000}),
    "on_sphere": (KERNEL.on_sphere, {"rho": ntksym.rho, "largest": 5000}),
    "dual": (DUAL.evaluate, {"q1": 1, "q2": 1, "c": 0, "digits": 20}),
    "balls of a dual": (DUAL.enclose, {"q1": 1, "q2": 1, "c": 0, "bits": 64}),
    "certify": (ntksym.certify, {"kernel": KERNEL, "X": X, "largest": 10, "bits": 128}),
    "radius": (lambda radius: variance_of(radius, 3), {"radius": 1}),
    "spectrum": (ntksym.spectrum, {"dimension": 3, "kernel": KERNEL}),
    "phase": (ntksym.phase, {"w_std": 1, "b_std": 0, "digits": 15}),
    "finite_width": (ntksym.finite_width, {"width": 8, "depth": 2, "seed": 0}),
    "finite network": (NETWORK, {"X": X}),
    "its kernel": (NETWORK.ntk, {"X": X}),
    "regression": (learned, {"kernel": KERNEL, "ridge": 0.1, "X": X, "y": Y}),
    "prediction": (MODEL.predict, {"X": X}),
    "process": (conditioned, {"kernel": KERNEL, "noise": 0.1, "X": X, "y": Y}),
    "sample": (PROCESS.sample, {"X": X, "count": 2}),
    "flow": (ntksym.gradient_flow, {**FLOW, "X_test": X, "reduction": "sum", "initial": None}),
    "flow of a loss": (ntksym.gradient_flow, {**FLOW, "method": "RK23",
                                              "rtol": 1e-3, "atol": 1e-3}),
    "least squares": (ntksym.least_squares, {"X": X, "y": Y}),
    "logistic": (ntksym.logistic, {"X": X, "y": Y}),
    "kernel sum": (ntksym.KernelSum, {"kernel": KERNEL, "points": X, "coefficients": Y}),
}  # fmt: skip
FIXED: dict[str, dict[str, Any]] = {
    "spectrum": {"degrees": 2}, "phase": {"activation_": "relu"},
    "finite_width": {"network": "relu"}, "flow of a loss": {"loss": "huber"},
}  # fmt: skip
"""Arguments that are checked elsewhere, or take long for what they accept."""
