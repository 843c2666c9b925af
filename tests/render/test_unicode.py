import pytest
from sympy import Add, Derivative, Max, Mul, Rational, Symbol, asin, pi, sqrt

from ntksym.language import GaussianExpectation, c, q1, q2, u, v
from ntksym.render.mathematics.plain import plain
from ntksym.render.mathematics.unicode import baseline, flat, picture


def shown(expr, columns=80):
    return "\n".join(picture(expr, columns))


def test_an_expectation_carries_its_law_below():
    assert picture(GaussianExpectation(Max(0, u), q1, q2, c), 80) == ["E [Max(0, u)]", " c"]
    assert picture(GaussianExpectation(u, q1), 80) == ["E  [u]", " q₁"]
    assert picture(GaussianExpectation(u * v, 1, q2, c), 80)[1] == " 1,q₂,c"


def test_roots_share_one_radical():
    assert picture(sqrt(q1) * sqrt(q2), 80) == ["  _______", "╲╱ q₁⋅q₂"]
    assert picture(c / sqrt(q1) / sqrt(q2), 80)[2:] == ["  _______", "╲╱ q₁⋅q₂"]


def test_a_sum_starts_with_a_positive_term():
    assert shown(q1 * q2 - c) == "q₁⋅q₂ - c"
    assert shown(-q1 - q2) == "-q₁ - q₂"
    taken = Mul(-1, q1 + q2, evaluate=False)
    assert shown(Add(c, taken, evaluate=False)) == "c - (q₁ + q₂)"


def test_a_long_sum_is_cut_between_its_terms():
    total = sum(Symbol(f"a{k}") for k in range(30)) - Symbol("b")
    rows = picture(total, 40)
    assert max(map(len, rows)) <= 40
    assert all(row.startswith(("+ ", "- ")) for row in rows[1:])
    assert shown(total, 1000) == " ".join(rows)


def test_functions_have_the_names_of_the_articles():
    assert shown(asin(c)) == "arcsin(c)"


def test_a_power_stands_between_a_function_and_its_argument():
    assert picture(asin(c) ** 2, 80) == ["      2", "arcsin (c)"]
    assert picture(GaussianExpectation(u, q1) ** 2, 80)[0].endswith("2")


def test_the_equals_sign_stands_at_the_fraction_bar():
    expr = (asin(c) + 1) / (2 * pi)
    assert set(picture(expr, 80)[baseline(expr)]) == {"─"}
    assert baseline(Derivative(c**2, c)) > 0
    assert baseline(Rational(1, 2) + c) == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"$\Sigma$ of relu", "Σ of relu"),
        (r"$\dot\Sigma$ of $x$", "Σ̇ of x"),
        (r"costs $5", "costs $5"),
        (r"$w=\sqrt2$, $\beta=0.1$", "w=√2, β=0.1"),
        (r"The integrand $\mathbb{E}_{t}\left[\theta\left(u\right)\right]$",
         "The integrand E_t[θ(u)]"),
        (r"too much: $\frac{a}{b}$", "too much:"),
    ],
)  # fmt: skip
def test_prose(text, expected):
    assert plain(text) == expected


def test_conditions():
    assert flat(c**2 < q1 * q2) == "c² < q₁q₂"
    assert flat(r"$c$ fixed") == "c fixed"


def test_formulas_of_several_storeys_fit_one_line_where_they_are_kept() -> None:
    text = r"$\frac{z}{2 (1 + e^{- z})}$ and $\Sigma^{(1)}$"
    assert plain(text, keep=True) == "z/(2 (1 + e^(- z))) and Σ^(1)"
    assert plain(r"divided by $\chi_1$") == "divided by χ₁"
