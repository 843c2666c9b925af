import mpmath
import pytest
from flint import arb
from sympy import E, Float, Integer, Rational, asin, erf, exp, pi, sqrt, symbols

from ntksym.evaluate import TABLE, Balls, Decimals, Tape, precision, record

x, y = symbols("x y", real=True)
EXPRS = [
    sqrt(x**2 + y**2) ** 3 / (pi + E),
    exp(x) * erf(y) - Rational(1, 3),
    (x + y) ** -2 + x**5,
    (1 + x**2) ** Rational(1, 3),
    asin(x / (1 + y)) ** 2,
    Float("0.1", 30) * x,
    Integer(7),
]


class Counting(Decimals):
    """Decimals that count the calls of each column."""

    def __init__(self) -> None:
        super().__init__(20)
        self.calls: list[str] = []

    def column(self, row):
        compute = super().column(row)

        def counted(*args):
            self.calls.append(row.head.__name__)
            return compute(*args)

        return counted


def test_a_common_subexpression_is_computed_once() -> None:
    numbers = Counting()
    tape = record([exp(x) + 1, exp(x) * erf(exp(x)), exp(x)], [x], numbers)
    tape(1)
    assert numbers.calls.count("exp") == 1
    assert numbers.calls.count("erf") == 1
    assert len(tape.operations) == 4


def test_a_repeated_call_starts_afresh() -> None:
    tape = record([x * exp(x)], [x], Decimals(20))
    assert tape(0) == (0,)
    assert tape(1)[0] == tape(1)[0] != tape(2)[0]
    assert isinstance(tape, Tape)


@pytest.mark.parametrize("expr", EXPRS, ids=str)
def test_the_number_systems_agree_with_sympy(expr) -> None:
    at = {x: Rational(2, 5), y: Rational(-1, 7)}
    truth = mpmath.mpf(str(expr.subs(at).evalf(40)))
    decimals = Decimals(40)
    values = [decimals.ctx.mpf(int(r.p)) / int(r.q) for r in at.values()]
    (mine,) = record([expr], [x, y], decimals)(*values)
    assert abs(mine - truth) < 1e-14
    with precision(150):
        (ball,) = record([expr], [x, y], Balls())(*map(Balls().constant, at.values()))
        ball = arb(ball)
        assert ball.rad() < 1e-35
        assert ball.overlaps(arb(str(decimals.ctx.nstr(mine, 40))) + arb(0, 1e-35))


def test_even_powers_of_a_ball_around_zero_are_numbers() -> None:
    (ball,) = record([(1 + x**2) ** -2], [x], Balls())(arb(0, 0.5))
    assert ball.is_finite()
    assert ball.contains(1)
    assert ball.contains(arb("0.64"))


def test_a_float_means_its_binary_value() -> None:
    (value,) = record([Float(0.1)], [], Decimals(40))()
    assert value == Decimals(40).exact(0.1)


def test_a_symbol_without_a_value_is_named() -> None:
    with pytest.raises(ValueError, match="no value was given for y"):
        record([x + y], [x], Balls())


def test_every_head_has_one_row() -> None:
    assert all(head is row.head for head, row in TABLE.items())
