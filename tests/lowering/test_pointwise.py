"""σ and σ' on numbers: the generated source run as it stands, against mpmath."""

import mpmath
import numpy as np
import pytest
import sympy

import ntksym
from ntksym.lowering.pointwise import load, pointwise
from ntksym.lowering.pointwise.generate import module

SMOOTH = [name for name in ntksym.catalogue() if name not in ("step", "sign")]
POINTS = np.array([-710.5, -40.25, -2.3, -0.7, 1e-9, 0.3, 0.8, 2.9, 33.5])
"""None at a kink."""


def by_source(of, points):
    """σ and σ' by the text of the module, before it is compiled."""
    text = module(of).replace("import wide, widened", "import wide").replace("@widened", "")
    names: dict = {}
    with np.errstate(over="ignore"):
        exec(text.replace("wide()", ""), names)
        values, slopes = np.empty((2, len(points)))
        names["both"](points, values, slopes)
    return values, slopes


@pytest.mark.parametrize("name", SMOOTH)
def test_values_and_slopes(name):
    of = ntksym.activation(name)
    inside = [z for z in POINTS if name not in ("exp",) or abs(z) < 700]
    f = sympy.lambdify(ntksym.z, of.expr, "mpmath")
    values, slopes = by_source(of, np.array(inside))
    with mpmath.workdps(60):
        exact = np.array([float(f(mpmath.mpf(z))) for z in inside])
        h = mpmath.mpf(10) ** -20
        both = [(f(mpmath.mpf(z) + h) - f(mpmath.mpf(z) - h)) / (2 * h) for z in inside]
    assert np.allclose(values, exact, rtol=1e-13, atol=1e-13)
    assert np.allclose(slopes, np.array([float(s) for s in both]), rtol=1e-12, atol=1e-13)


def test_a_kink_has_the_mean_slope():
    at = np.zeros(1)
    for name, slope in (("relu", 0.5), ("leaky_relu", 0.505), ("abs", 0.0), ("elu", 1.0)):
        assert by_source(ntksym.activation(name), at)[1][0] == slope
    assert by_source(ntksym.activation("selu"), at)[1][0] == pytest.approx(
        1.0507009873554805 * (1 + 1.6732632423543772) / 2
    )


@pytest.mark.parametrize("name", ["relu", "erf"])
def test_compiled_and_interpreted_agree_with_the_source(name):
    of = ntksym.activation(name)
    values, slopes = by_source(of, POINTS)
    for run in (pointwise(of), load._interpreted(of)):
        for dtype, rtol in ((np.float64, 1e-13), (np.float32, 1e-6)):
            found = run(POINTS.astype(dtype).reshape(3, 3))
            assert all(part.dtype == dtype and part.shape == (3, 3) for part in found)
            assert np.allclose(found[0].ravel(), values, rtol=rtol, atol=rtol)
            assert np.allclose(found[1].ravel(), slopes, rtol=rtol, atol=rtol)


def test_a_jump_is_refused():
    with pytest.raises(ValueError, match="step: expected a continuous activation"):
        pointwise(ntksym.activation("step"))


def test_a_symbol_is_refused():
    a = sympy.Symbol("a", positive=True)
    with pytest.raises(ValueError, match="expected a number for a"):
        pointwise(ntksym.activation("leaky_relu", alpha=a))
