"""Texts written to do harm: an activation or a ValueError, soon."""

import time

import pytest

import ntksym

HOSTILE = {
    "nested": "(" * 10**5 + "z" + ")" * 10**5,
    "calls": "tanh(" * 31 + "z" + ")" * 31,
    "maxima": "max(" * 31 + "z" + ",1)" * 31,
    "tower": "(((z**64)**64)**64)",
    "huge power": "z**99999999",
    "powers of powers": "9**9**9**9",
    "long name": "a" * 10**6,
    "long name in a term": "z*" + "a" * 1900,
    "fullwidth z": "\uff5a*tanh(\uff5a)",
    "Cyrillic a": "z*t\u0430nh(z)",
    "superscript": "z\u00b2",
    "other digits": "\u0663*z",
    "right to left": "z\u202e+1",
    "lone surrogate": "z\ud800",
    "NUL": "z\0",
    "byte order": "\ufeffz",
    "dunder": "z.__class__.__mro__[1].__subclasses__()",
    "import": "__import__('os').system('true')",
    "globals": "max.__globals__",
    "long number": "9" * 10**6 + "*z",
    "tiny number": "1e-99999*z",
    "exponents": "exp(exp(exp(25)))*z",
    "constant": "exp(128)*exp(128)*z",
    "hidden zero": "z/(sqrt(2) + sqrt(3) - sqrt(5 + 2*sqrt(6)))",
    "complex": "(-1)**(1/3)*z",
    "signs": "-" * 1900 + "z",
    "lambda": "(lambda: (yield))()",
    "braces": "{z}",
    "format": "f'{z}'",
    "statement": "z; z",
    "comprehension": "max(*[z for z in z])",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_refused_within_a_second(name: str) -> None:
    start = time.process_time()
    with pytest.raises(ValueError, match=r"^(text|activation): ") as caught:
        ntksym.activation(HOSTILE[name])
    assert time.process_time() - start < 1
    assert len(str(caught.value)) < 2000


LARGE = {
    "sum": "+".join(["z"] * 900),
    "product": "*".join([f"(z + {k})" for k in range(200)]),
    "roots": "+".join(f"sqrt({k})" for k in range(2, 60)) + " + z",
    "kinks": "+".join(f"abs(z - {k})" for k in range(60)),
    "polynomials": "max((z + 1)**64, (z - 1)**64)",
    "Hermite": "hermite(64, tanh(z) + exp(z))",
    "fractions": "1/(1 + " * 9 + "z" + ")" * 9,
}


@pytest.mark.parametrize("name", LARGE)
def test_large_but_allowed_is_read_soon(name: str) -> None:
    start = time.process_time()
    assert ntksym.activation(LARGE[name]).expr.free_symbols == {ntksym.z}
    assert time.process_time() - start < 2
