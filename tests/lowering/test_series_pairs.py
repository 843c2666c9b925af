"""Single entries of networks whose activations have no closed form: balls through every layer."""

from fractions import Fraction

import mpmath
import numpy as np
import pytest
from flint import arb, fmpq

import ntksym
from ntksym.evaluate import precision
from ntksym.networks import Dense, Elementwise, Residual, serial
from ntksym.networks.dual import Dual

X = [Fraction(3, 5), Fraction(-1, 3), Fraction(1, 2)]
OTHERS = {
    "general": [Fraction(1, 4), 1, Fraction(-2, 3)],
    "same": X,
    "parallel": [2 * value for value in X],
    "opposite": [-value for value in X],
    "close": [value + Fraction(1, 10**9) for value in X],
    "orthogonal": [Fraction(1, 3), Fraction(3, 5), 0],
    "zero": [0, 0, 0],
}


def meet(a: arb, b: arb) -> bool:
    with precision(400):
        return bool(a.overlaps(b))


@pytest.mark.parametrize("which", OTHERS)
def test_a_closed_form_by_its_series(which: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sums of erf, as if nothing were known of it, meet the kernel of its closed form."""
    network = serial(Dense(1, Fraction(1, 10)), Elementwise("erf"), Dense(Fraction(3, 2), 0),
                     Elementwise("erf"), Dense(1, Fraction(1, 5)))  # fmt: skip
    closed = ntksym.ntk(network).enclose(X, OTHERS[which], 120)
    monkeypatch.setattr(Dual, "kind", property(lambda self: "series"))
    summed = ntksym.ntk(network).enclose(X, OTHERS[which], 60)
    assert summed.rel_accuracy_bits() >= 60
    assert summed.rad() > closed.rad()
    assert meet(summed, closed)


@pytest.mark.parametrize("kind", ["ntk", "nngp"])
def test_two_layers_by_the_dual(kind: str) -> None:
    """The layer's law is rational: Θ = Σ̇ c + Σ, each from exact numbers by a rule of its own."""
    x, y = X, OTHERS["general"]
    q1, q2, c = (sum((a * b for a, b in zip(u, v, strict=True)), Fraction(0)) / 3
                 for u, v in ((x, x), (y, y), (x, y)))  # fmt: skip
    sigma, dot = ntksym.dual("softplus").enclose(q1, q2, c, 100)
    with precision(200):
        expected = sigma + dot * arb(fmpq(c.numerator, c.denominator)) if kind == "ntk" else sigma
    kernel = ntksym.Kernel(ntksym.mlp("softplus", 2), kind)
    ball = kernel.enclose(x, y, 90)
    assert ball.rel_accuracy_bits() >= 90
    assert meet(ball, expected)


def test_a_network_of_both_kinds_beside_the_compiled_one() -> None:
    network = serial(Dense(1, 0.1), Elementwise("relu"), Dense(1, 0.1),
                     Residual(Elementwise("tanh"), Dense(1, 0)), Dense(1.5, 0))  # fmt: skip
    kernel = ntksym.ntk(network)
    x = np.random.default_rng(8).normal(size=(3, 4))
    balls = kernel.enclose(x, x[::-1], 60)
    np.testing.assert_allclose(
        np.diag(kernel(x, x[::-1].copy())), [float(ball.mid()) for ball in balls], rtol=1e-13
    )
    assert meet(balls[0], balls[2])


def test_digits_come_from_the_ball() -> None:
    kernel = ntksym.ntk("tanh", depth=2, w_std=2**0.5)
    value, ball = (
        kernel.evaluate(X, OTHERS["general"], 25),
        kernel.enclose(X, OTHERS["general"], 120),
    )
    with mpmath.workdps(50):
        assert abs(value - mpmath.mpf(ball.mid().str(40, radius=False))) <= abs(value) * 1e-25
    (listed,) = kernel.evaluate([X], [OTHERS["general"]], 25)
    assert listed == value


def test_a_series_has_its_limit() -> None:
    kernel = ntksym.ntk("tanh", depth=2)
    with pytest.raises(ArithmeticError, match="a series is summed to 960 bits, not to 970"):
        kernel.enclose(X, OTHERS["general"], 950)
