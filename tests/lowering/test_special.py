"""Functions that ``math`` lacks, in generated code: printed, imported, compiled."""

import inspect
import math
from dataclasses import replace
from itertools import product
from types import FunctionType, SimpleNamespace
from typing import Any

import numpy as np
import pytest
from sympy import Max, Min, cosh, erfc, log, oo, sinh, sqrt, symbols

from ntksym.evaluate import TABLE, scalar
from ntksym.language import BivariateNormalCDF, c, q1, q2
from ntksym.lowering.code import generate
from ntksym.lowering.code.printer import ScalarPrinter
from ntksym.lowering.pointwise import special

x, y, w = symbols("x y w", real=True)


THRESHOLD = SimpleNamespace(
    activation=SimpleNamespace(name="a step at height 1"),
    kind="bivariate",
    sigma=BivariateNormalCDF(-1 / sqrt(q1), -1 / sqrt(q2), c / (sqrt(q1) * sqrt(q2))),
    sigma_dot=erfc(c) + sinh(c) * cosh(c),
    diagonal=BivariateNormalCDF(-1 / sqrt(q1), oo, 0),
    slope=erfc(q1) + sinh(q1) * cosh(q1),
)
"""What the generator reads of a dual."""


@pytest.mark.parametrize("head", [Max, Min])
def test_order_functions_of_any_number_of_arguments(head: Any) -> None:
    source = ScalarPrinter().doprint(head(x, y, w, 2))
    choose = max if head is Max else min
    for values in product((1.0, 2.5, 3.0), repeat=3):
        assert eval(source, dict(zip("xyw", values, strict=True))) == choose(*values, 2.0)


def test_a_wrong_number_of_arguments_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    row = replace(TABLE[log], code="hypot({}, {})")
    monkeypatch.setitem(ScalarPrinter.codes, log, row.code)
    with pytest.raises(ValueError, match=r"1 arguments, and the code .* takes 2"):
        ScalarPrinter().doprint(log(x))


def test_compiled_and_plain_are_one_function() -> None:
    limits = (-math.inf, -40.0, -1.3, 0.0, 1e-9, 0.4, 2.2, math.inf)
    for h, k, r in product(limits, limits, (-1.0, -1 + 1e-15, -0.3, 0.0, 0.5, 1 - 1e-12, 1.0)):
        mine, plain = special.bivariate_normal(h, k, r), scalar.bivariate_normal(h, k, r)
        assert mine == pytest.approx(plain, rel=0, abs=3e-16)
    assert math.isnan(special.bivariate_normal(math.nan, 0.0, 0.0))
    assert math.isnan(special.bivariate_normal(0.0, 0.0, math.nan))


def test_every_function_is_compiled_under_its_name() -> None:
    written = {name for name, f in vars(scalar).items() if isinstance(f, FunctionType)}
    assert {"bivariate_normal", "bivariate_normal_gaps"} <= written
    assert all(hasattr(getattr(special, name), "py_func") for name in written)
    with pytest.raises(AttributeError, match="no function 'trivariate'"):
        special.trivariate


def test_a_generated_module_names_and_calls_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generate, "dual", lambda of: of)
    source = generate.module(THRESHOLD)
    assert source.count(generate.IMPORTS["scalar"]) == 1
    found: dict[str, Any] = {}
    exec(source, found)
    s, rho = np.array([0.8, 1.7]), 0.3
    f = np.empty((found["COUNT"], 2))
    found["features"](s, f)
    t = f[1]
    plain = [scalar.bivariate_normal(-1 / a, -1 / a, 1.0) for a in s]
    np.testing.assert_allclose(t**2, plain, rtol=1e-14)
    values = dict(zip(["s1", "t1", "slope1", *(f"p{k}" for k in range(9))], f[:, 0], strict=False))
    values |= zip(["s2", "t2", "slope2", *(f"r{k}" for k in range(9))], f[:, 1], strict=False)
    names = inspect.signature(found["pair"].py_func).parameters
    less, more, _ = found["pair"](
        **{name: values[name] for name in [*names][2:]}, minus=1 - rho, plus=1 + rho
    )
    sigma = scalar.bivariate_normal(-1 / s[0], -1 / s[1], rho)
    assert less == pytest.approx(1 - sigma / (t[0] * t[1]), rel=1e-14)
    assert more == pytest.approx(1 + sigma / (t[0] * t[1]), rel=1e-14)
