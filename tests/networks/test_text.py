"""Texts of activations: what they mean, and that nothing else gets through."""

import string
import time

import pytest
import sympy as sp
from hypothesis import example, given
from hypothesis import strategies as st

from ntksym.language import z
from ntksym.networks.parser import words
from ntksym.networks.parser.text import parse

MEANING = {
    "z": z,
    " z\n* tanh(z) ": z * sp.tanh(z),
    "max(0, z)": sp.Max(0, z),
    "Min(z, 1, pi)": sp.Min(z, 1),
    "z/(1 + exp(-z))": z / (1 + sp.exp(-z)),
    "log(1 + exp(z))": sp.log(1 + sp.exp(z)),
    "z*(1 + erf(z/sqrt(2)))/2": z * (1 + sp.erf(z / sp.sqrt(2))) / 2,
    "abs(z) - +z": sp.Abs(z) - z,
    "0.1*z + 1e-3 + .5 + 1. + 0.0 + 1_000": z / 10 + sp.Rational(1001501, 1000),
    "1/3 - 2*z - 1": -2 * z - sp.Rational(2, 3),
    "z**2**3": z**8,
    "-z**2": -(z**2),
    "z**(-1/2)": 1 / sp.sqrt(z),
    "sign(z) + Heaviside(z)": sp.sign(z) + sp.Heaviside(z),
    "Piecewise((0, z < 0), (z, True))": sp.Piecewise((0, z < 0), (z, True)),
    "Piecewise((z, -1 <= z <= 1), (sign(z), True))": sp.Piecewise(
        (z, sp.And(z >= -1, z <= 1)), (sp.sign(z), True)
    ),
    "Piecewise((1, z == 0), (sin(z)/z, z != 0), (2, True))": sp.Piecewise(
        (1, sp.Eq(z, 0)), (sp.sin(z) / z, True)
    ),
    "Piecewise((1 - abs(z), abs(z) < 1), (0, True))": sp.Piecewise(
        (1 - sp.Abs(z), sp.Abs(z) < 1), (0, True)
    ),
}


@pytest.mark.parametrize("text", MEANING)
def test_meaning(text: str) -> None:
    assert parse(text) == MEANING[text]


@pytest.mark.parametrize("name", sorted(set(words.FUNCTIONS) - {"Piecewise", "hermite"}))
def test_every_function_is_the_one_it_names(name: str) -> None:
    head = {"abs": sp.Abs, "max": sp.Max, "min": sp.Min}.get(name) or getattr(sp, name)
    assert parse(f"{name}(z/3)") == head(z / 3)


@pytest.mark.parametrize("m", range(7))
def test_hermite_polynomials_are_orthonormal_under_the_normal_law(m: int) -> None:
    """By E z^(2k) = (2k-1)!!, and with a positive leading coefficient there is only one such."""
    first = parse(f"hermite({m}, z)")
    assert sp.degree(first, z) == m
    assert sp.LC(sp.expand(first), z) > 0
    for n in range(m + 1):
        product = sp.Poly(sp.expand(first * parse(f"hermite({n}, z)")), z)
        mean = sum(k * sp.factorial2(p - 1) for (p,), k in product.terms() if p % 2 == 0)
        assert sp.expand(mean) == (1 if m == n else 0)


def test_a_hermite_polynomial_of_a_term() -> None:
    assert sp.expand(parse("hermite(2, z/3)") - (z**2 / 9 - 1) / sp.sqrt(2)) == 0
    assert parse("hermite(n, z)", {"n": 1}) == z


REFUSED = {
    # text, what the error says, what the caret stands under
    "": ("empty", ""),
    "__import__('os').system('x')": ("character", "'os"),
    "__import__(z)": ("__import__ is not known", "__import__"),
    "z.__class__": ("attribute access", ".__class__"),
    "exp(z).diff(z)": ("called, by name", "exp(z).diff"),
    "(lambda: 0)()": ("character ':'", ":"),
    "z[0]": ("subscripts", "["),
    "f'{z}'": ("character", "'{z}"),
    "z\0": ("character", "\0"),
    "z + \uff5a": ("character", "\uff5a"),
    "z + \u0437": ("character", "\u0437"),
    "(z := 1)": ("character ':'", ":"),
    "z; z": ("character ';'", ";"),
    "z ^ 2": (r"written \*\*", "^"),
    "z if z else z": ("Piecewise", "if"),
    "1if z else z": ("invalid decimal", "1if"),
    "z and z": ("not allowed", "z and"),
    "not z": ("not allowed", "not"),
    "z < 1": ("condition of Piecewise", "<"),
    "(z, z)": ("pair", "(z, z)"),
    "(z) // 2": ("operator", "//"),
    "1 + True": ("not allowed", "True"),
    "1 + 2j": ("not allowed", "2j"),
    "...": ("not allowed", "..."),
    "z + )": ("unmatched", ")"),
    "exp": ("is a function", "exp"),
    "z(2)": ("z is not a function", "z(2)"),
    "exp(z) + tahn(z)": ("did you mean tan", "tahn"),
    "exp(z, z)": ("one argument", "exp"),
    "max()": ("1 to 8 arguments", "max"),
    "hermite(z)": ("a degree, an integer from 0 to 64, and an argument", "hermite(z)"),
    "hermite(1/2, z)": ("a degree, an integer", "hermite(1/2"),
    "hermite(-1, z)": ("a degree, an integer", "hermite(-1"),
    "hermite(65, z)": ("a degree, an integer", "hermite(65"),
    "hermite(z, 2)": ("a degree, an integer", "hermite(z"),
    "hermite(1, z, z)": ("1 to 2 arguments", "hermite(1, z, z)"),
    "exp(x=z)": ("keyword", "x=z"),
    "max(*z)": ("not allowed", "*z"),
    "max(z, 1, 2*z, 3*z, max(4*z, 5*z, 6*z, 7*z, 8*z, 9*z))": ("in all", "max(z, 1"),
    "9**9**9**9": ("exponent is at most 64", "**9**9"),
    "z**(10**10)": ("exponent is at most 64", "**(10"),
    "2**z": ("exponent must be constant", "**z"),
    "z**40*z**40": ("exponent is at most 64", "*z**40"),
    "((1 + 1e-45)**64)**64": ("power is too large", "**64"),
    "exp(1e40*log(1 + 1e-45))": ("exponent is at most 64", "1e40"),
    "exp(exp(exp(25)))": ("at most 128", "exp(25))"),
    "z + 1" + "0" * 50: ("50 digits", "1000"),
    "1e-99999999": ("too small", "1e-9"),
    "1e99999999": ("at most 1e", "1e9"),
    "10**50*10**50": ("larger than", "*10**50"),
    "z/0": ("finite real", "/0"),
    "1 + log(0)": ("finite real", "log(0)"),
    "sqrt(-1)*z": ("finite real", "sqrt"),
    "asin(2)": ("finite real", "asin"),
    "Piecewise(z)": ("pairs", "z)"),
    "Piecewise((z, z > 0))": ("must be True", "(z, z"),
    "Piecewise((z, z), (0, True))": ("a condition is", "z), (0"),
    "Piecewise((z, z**2 > 1), (0, True))": ("compares z", "z**2"),
    "(" * 31 + "z" + ")" * 31: ("nested deeper", "(z)"),
    "-" * 1999 + "z": ("nested deeper", "-"),
}


@pytest.mark.parametrize("text", REFUSED)
def test_refused_with_a_caret_under_the_offence(text: str) -> None:
    reason, offence = REFUSED[text]
    with pytest.raises(ValueError, match=reason) as caught:
        parse(text)
    _, shown, caret, allowed = str(caught.value).split("\n")
    assert caret.strip() == "^"
    shown_offence = "".join(x if x.isprintable() else "?" for x in offence)
    assert shown[caret.index("^") :].startswith(shown_offence)
    assert all(word in allowed for word in ("z", "pi", "tanh", "Piecewise"))


@pytest.mark.parametrize("text", ["(" * 10**5, "z+" * 10**5, "z" * 10**6, "9" * 10**5])
def test_too_long(text: str) -> None:
    with pytest.raises(ValueError, match="at most 2000 characters") as caught:
        parse(text)
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize("value", [None, 3, b"z", z, ["z"]])
def test_not_a_text(value: object) -> None:
    with pytest.raises(TypeError, match="text: expected a str"):
        parse(value)  # type: ignore[arg-type]


def test_the_limits_are_reached_without_harm() -> None:
    assert parse("+".join(["z"] * 1000)) == 1000 * z
    assert parse("(" * 30 + "z" + ")" * 30) == z
    assert parse("2**64") == 2**64
    assert parse("1" * 50) == int("1" * 50)


def test_parameters() -> None:
    alpha = sp.Symbol("alpha", positive=True)
    assert parse("max(z, a*z)", {"a": 0.1}) == sp.Max(z, z / 10)
    assert parse("a*z**b", {"a": 3, "b": sp.Float(0.5)}) == 3 * sp.sqrt(z)
    assert parse("z**(a + 1)", {"a": alpha}) == z ** (alpha + 1)
    given_here = r"allowed: numbers, z, pi, slope,"
    with pytest.raises(ValueError, match=given_here):
        parse("slop*z", {"slope": 1})


@pytest.mark.parametrize("name", ["z", "pi", "exp", "a b", "\u03b1", "", "1a"])
def test_names_that_no_parameter_can_have(name: str) -> None:
    with pytest.raises(ValueError, match="cannot name a parameter"):
        parse("z", {name: 1})


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e61, z, z + 1, sp.I, sp.oo])
def test_values_that_no_parameter_can_have(value: sp.Expr) -> None:
    with pytest.raises(ValueError, match="parameters: a must be"):
        parse("a*z", {"a": value})


@pytest.mark.parametrize("value", ["1", None, True, 1j])
def test_kinds_that_no_parameter_can_have(value: float) -> None:
    with pytest.raises(TypeError, match="parameters: a must be"):
        parse("a*z", {"a": value})


numbers = st.fractions(-9, 9, max_denominator=9).map(
    lambda f: sp.Rational(f.numerator, f.denominator)
)
unary = st.sampled_from([sp.exp, sp.sin, sp.cos, sp.tanh, sp.atan, sp.erf, sp.Abs])
expressions = st.recursive(
    st.just(z) | numbers,
    lambda inner: st.one_of(
        st.tuples(unary, inner).map(lambda t: t[0](sp.tanh(t[1]))),
        st.tuples(inner, inner).map(lambda t: t[0] + t[1]),
        st.tuples(inner, inner).map(lambda t: t[0] * t[1]),
        st.tuples(inner, st.integers(1, 3)).map(lambda t: sp.tanh(t[0]) ** t[1]),
        st.tuples(inner, inner, numbers).map(
            lambda t: sp.Piecewise((t[0], z < t[2]), (t[1], True))
        ),
    ),
    max_leaves=6,
)


@given(expressions)
@example(sp.Mul(-1, z + 1, sp.tanh(1)))
def test_what_sympy_prints_is_read_back(expr: sp.Expr) -> None:
    """Up to expansion: -(z + 1)*tanh(1) is read as Python reads it, and SymPy distributes the -."""
    assert sp.expand(parse(str(expr))) == sp.expand(expr)


words_of_texts = st.sampled_from(
    [*words.FUNCTIONS, "z", "pi", "E", "1", "2.5", "1e9", "64", "(", ")", ",", "+", "-", "*", "/",
     "**", "<", "==", " ", "True", "lambda", "if", "else", "not", "and", ".", "__class__", "=",
     "(z)", "(z, z)", "(z, z < 0)", "(0, True)"]
)  # fmt: skip
texts = st.one_of(
    st.text(max_size=40),
    st.text(string.printable, max_size=40),
    st.lists(words_of_texts, max_size=12).map("".join),
)


@given(texts)
@example("0e999999999")
@example("1E+9")
@example("0x1p3")
@example("z" + ")" * 9)
def test_any_text_gives_an_expression_in_z_or_a_value_error(text: str) -> None:
    start, result, refusal = time.perf_counter(), None, ""
    try:
        result = parse(text)
    except ValueError as error:
        refusal = str(error)
    assert time.perf_counter() - start < 5
    assert refusal.startswith("text: ") or isinstance(result, sp.Expr)
    assert result is None or result.free_symbols <= {z}
