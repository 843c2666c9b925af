"""Error bounds: the kernel on complex balls, and the rules that rest on them."""

import cmath
from fractions import Fraction
from functools import cache

import pytest
from flint import acb, arb
from hypothesis import given, settings
from hypothesis import strategies as st

import ntksym
from ntksym.evaluate import precision
from ntksym.lowering.program import program
from ntksym.numerics.sphere import eigenvalues
from ntksym.numerics.sphere.angular import angular
from ntksym.numerics.sphere.rules import plan

KERNELS = {
    "relu": ntksym.ntk("relu", depth=4, b_std=0.2),
    "plain": ntksym.ntk("relu", depth=5),
    "erf": ntksym.ntk("erf", depth=4, w_std=1.5),
    "cos": ntksym.nngp("cos", depth=3),
}


def of(kernel):
    lowered, parities = eigenvalues._lowered(kernel)
    tangent = kernel.kind == "ntk"
    return angular(program(kernel.network), lowered, parities, tangent, Fraction(1))


@cache
def at_64_bits(name):
    with precision(64):
        return of(KERNELS[name])


@pytest.mark.parametrize("name", KERNELS)
@settings(max_examples=30)
@given(
    x=st.floats(0.2, 2.9), y=st.floats(-0.3, 0.3), r=st.floats(1e-9, 0.05),
    u=st.floats(-0.99, 0.99), v=st.floats(-0.99, 0.99),
)  # fmt: skip
def test_a_ball_holds_the_values_at_its_points(name, x, y, r, u, v):
    with precision(64):
        kernel = at_64_bits(name)
        whole = kernel(acb(arb(x, r), arb(y, r)))
        if whole.is_finite():
            point = kernel(acb(x + u * r, y + v * r))
            assert whole.overlaps(point)


@pytest.mark.parametrize("name", KERNELS)
def test_real_angles_give_the_kernel(name):
    x, y = [Fraction(7, 5), Fraction(1, 5)], [Fraction(1), Fraction(-1)]
    with precision(100):
        value = of(KERNELS[name])((arb(3) / 5).acos())
        assert value.overlaps(KERNELS[name].enclose(x, y, 90))
        assert value.rel_accuracy_bits() > 70


def logarithmic(function):
    def border(ball):
        value = function(complex(float(ball.real.mid()), float(ball.imag.mid())))
        return cmath.log(abs(value) + 1e-9).real / cmath.log(2).real + 2

    return border


def test_a_rule_errs_less_than_it_says():
    """Of cos(20 φ), whose integral is 0, with its bound on the ellipse."""
    with precision(128):
        (panel,) = plan(logarithmic(lambda z: cmath.cos(20 * z)), lambda _: 0.0, -40)
        found = sum((w * (20 * p).cos() for p, w in panel.points()), arb(0))
        assert abs(found) < arb(2) ** -40
        assert panel.error <= -40
        few = type(panel)(panel.start, panel.stop, 8, 0.0)
        assert abs(sum((w * (20 * p).cos() for p, w in few.points()), arb(0))) > 0.1


def test_what_is_not_analytic_is_refused():
    with pytest.raises(ArithmeticError, match="not seen to be analytic"):
        plan(lambda _: float("inf"), lambda length: 2 * length, -40)
