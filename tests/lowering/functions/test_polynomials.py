"""Coefficients are those that are found now, and what is proved of them can fail."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from flint import arb, ctx, fmpq

from ntksym.evaluate.balls import precision
from ntksym.lowering.functions import generate, polynomials
from ntksym.lowering.functions.bounds import bound
from ntksym.lowering.functions.minimax import minimax
from ntksym.lowering.functions.pieces import PIECES, Piece

BY_NAME = {piece.name: piece for piece in PIECES}

TRUTHS = {
    "sharp_arc_core": lambda z: (_arc(z) / _sine(z) - 1) / z,
    "blunt_arc_core": lambda z: (_arc(z) / _sine(z) - 1) / z,
    "reciprocal_core": lambda x: 1 / x,
    "sharp_reciprocal_core": lambda x: 1 / x,
    "arcsine_core": lambda z: (z.sqrt().asin() / z.sqrt() - 1) / z,
    "excess_core": lambda z: (z.sqrt().asin() / z.sqrt() - (1 - z).sqrt()) / z,
    "arctangent_core": lambda z: (z.sqrt().atan() / z.sqrt() - 1) / z,
    "exponential_core": lambda x: (x.exp() - 1 - x) / (x * x),
    "error_core": lambda z: z.sqrt().erf() / z.sqrt() - 1,
    "tail_core": lambda u: _tail(3 * (1 + u) / (1 - u)),
}
TRUTHS |= {f"{name}_in_float32": truth for name, truth in TRUTHS.items()}


def _arc(z: arb) -> arb:
    """By the cosine 1 - 2 z, and so by half the angle."""
    return 2 * z.sqrt().asin()


def _sine(z: arb) -> arb:
    return 2 * (z * (1 - z)).sqrt()


def _tail(y: arb) -> arb:
    return (y + 3) * (y * y).exp() * y.erfc()


def stored(piece: Piece) -> tuple[tuple[float, ...], float]:
    name = piece.name.upper()
    return getattr(polynomials, name), getattr(polynomials, f"{name}_BOUND")


def test_the_committed_module_is_current(update: bool) -> None:
    if update:
        generate.write()
    assert generate.PATH.read_text(encoding="utf-8") == generate.source()


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "polynomials.py"
    target.write_text("old")
    monkeypatch.setattr(generate, "source", lambda: "new")
    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", _full)
        with pytest.raises(OSError, match="full"):
            generate.write(target)
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]
    generate.write(target)
    assert [path.read_text() for path in tmp_path.iterdir()] == ["new"]


def _full(path: Path, target: Path) -> None:
    raise OSError("the disk is full")


@pytest.mark.parametrize("name", BY_NAME)
def test_the_bound_is_attained_and_not_exceeded(name: str) -> None:
    """On a grid of 2000 points; a bound of one and a half the largest error there is too wide."""
    piece = BY_NAME[name]
    coefficients, stated = stored(piece)
    low, high = piece.proved
    worst = 0.0
    with precision(200):
        for k in range(1, 2001):
            x = arb(low + (high - low) * fmpq(k, 2001))
            if abs(x) < 1e-30 or (x < 0 and low > fmpq(-1, 100)):
                continue
            f, p = TRUTHS[name](x), arb(0)
            for c in reversed(coefficients):
                p = p * x + c
            error = abs(p - f) / (abs(f) if piece.relative else 1)
            worst = max(worst, float(error.upper()))
    assert worst <= stated <= 1.5 * worst


@pytest.mark.parametrize("name", BY_NAME)
def test_a_broken_coefficient_is_found(name: str) -> None:
    piece = BY_NAME[name]
    coefficients, stated = stored(piece)
    for k in (0, 1):
        c = list(coefficients)
        c[k] *= 1 + max(2.0 ** (-21 if piece.coarse else -49), stated)
        assert bound(piece, c) > 1.2 * stated
    assert bound(piece, coefficients) <= stated


@pytest.mark.parametrize("name", BY_NAME)
def test_a_model_holds_the_function(name: str) -> None:
    piece = BY_NAME[name]
    with precision(160):
        m, r = arb(fmpq(1, 5)), arb(fmpq(1, 100))
        model = piece.model(m, r)
        for s in (fmpq(-1, 100), fmpq(0), fmpq(1, 300), fmpq(1, 100)):
            value = model(arb(s))
            with precision(400):
                assert value.contains(TRUTHS[name](arb(fmpq(1, 5) + s)).mid())
            assert value.rad() < 1e-14


@pytest.mark.parametrize("name", [name for name in BY_NAME if name.endswith("in_float32")])
def test_what_float32_calls_has_coefficients_in_float32(name: str) -> None:
    """Two units of their rounding are all it is off by, in half the steps."""
    coefficients, stated = stored(BY_NAME[name])
    assert [float(np.float32(c)) for c in coefficients] == list(coefficients)
    assert stated < 2.1 * 2.0**-25
    assert len(coefficients) <= len(stored(BY_NAME[name.removesuffix("_in_float32")])[0]) / 2


def test_minimax_by_a_known_answer() -> None:
    """The best line to x**2 on [0, 1] is x - 1/8; to |x| relatively on [1, 3] it is x."""
    assert minimax(lambda x: x * x, fmpq(0), fmpq(1), 1, relative=False) == (-0.125, 1.0)
    assert minimax(abs, fmpq(1), fmpq(3), 1) == pytest.approx((0, 1), abs=1e-50)
    before = ctx.prec
    with pytest.raises(ValueError, match="expected low < high, got 1"):
        minimax(arb.exp, fmpq(1), fmpq(1), 3)
    assert ctx.prec == before


def test_upward_is_never_below() -> None:
    for x in (1.11e-16, 1.1100001e-16, 9.9999e-17, 2.0**-53):
        assert x <= float(generate.upward(x)) <= 1.002 * x


def test_a_relative_bound_where_f_vanishes_is_not_proved() -> None:
    """erf(h)/h - 1 is 0 near h = 0.61: no finite relative bound comes out of a coarse part."""
    from ntksym.lowering.functions import bounds

    piece = replace(BY_NAME["error_core"], relative=True, high=fmpq(2, 5))
    with precision(128):
        p = bounds.arb_poly([arb(c) for c in stored(piece)[0]])
        part = bounds._part(piece, p, fmpq(3, 10), fmpq(1, 10))
    assert -part[0] == math.inf
