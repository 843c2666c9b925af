"""What covariances move by in the place of gaps: against Arb, the gaps, and as a formula."""

from fractions import Fraction
from importlib import import_module
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import N, Rational, asin, sqrt

from ntksym import Dense, Elementwise, Kernel, Residual, dual, nngp, ntk, serial
from ntksym.language import c, q1, q2
from ntksym.lowering import stages
from ntksym.lowering.code.options import PLANE, SIDE
from ntksym.lowering.code.rules import direct as rule
from ntksym.lowering.derivatives import generate
from ntksym.lowering.derivatives.direct import partials
from tests.lowering.points import ULP, ordinary
from tests.lowering.test_derivatives import by_hyperparameter, by_input
from tests.lowering.test_direct import NAMES, moderate
from tests.lowering.test_vectors import AVX2, CALLED, PACKED, assembly

PAIRS = [(0, 1), (0, 3), (0, 6), (0, 7), (0, 9), (1, 10), (2, 11)]
"""Of ``moderate``: ordinary, near, opposite, equal, with zero."""


def first(kernel: Kernel, x: np.ndarray) -> int:
    from ntksym.lowering.derivatives.exits import _engine
    from ntksym.lowering.inputs import points

    engine = _engine(kernel.network, kernel.kind == "ntk", hyper=True)
    return engine.sheets(points(x))[0].block[0].direct


def by_gaps():
    """No point is flat enough."""
    return patch.multiple(stages, STEEP=-1.0, STEEPEST=-1.0)


CASES = [
    ("erf", ntk, {"depth": 2, "b_std": "0.1"}),
    ("erf", ntk, {"depth": 10, "b_std": "0.1"}),
    ("gelu", ntk, {"depth": 2, "b_std": "0.1", "w_std": "0.8"}),
    ("gelu", nngp, {"depth": 4, "b_std": "0.3"}),
    ("normal_cdf", ntk, {"depth": 3, "b_std": "0.2", "bias_init": "zero"}),
]


@pytest.mark.parametrize(("name", "make", "arguments"), CASES)
def test_to_32_ulp_of_arb(name: str, make, arguments) -> None:
    """A unit is the derivative itself or the root of the product of those at both points; of the
    kernel's a thousandth: a point 0 has no derivative by w."""
    x = moderate()
    kernel = make(name, **{k: Fraction(v) if k.endswith("std") else v
                           for k, v in arguments.items()})  # fmt: skip
    assert first(kernel, x) < arguments["depth"]
    found = kernel.gradients(x, x.copy())
    assert all(np.isfinite(matrix).all() for matrix in found)
    size = np.sqrt(np.abs(np.einsum("nii->ni", found)))
    for n, which in ((1, "w_std"), (2, "b_std")):
        witness = by_hyperparameter(make, name, arguments, which)
        for i, j in PAIRS[:: 3 if arguments["depth"] == 10 else 2]:
            value = witness(x[i], x[j])
            unit = max(abs(value), size[n, i] * size[n, j], 1e-3 * size[0, i] * size[0, j])
            assert abs(found[n][i, j] - value) <= 32 * ULP * unit, (which, i, j)


@pytest.mark.parametrize("name", ["erf", "gelu"])
def test_by_the_inputs(name: str) -> None:
    x, kernel = 0.5 * ordinary(3, 3), ntk(name, depth=3, b_std=Fraction(1, 5))
    found = kernel.input_gradient(x)
    for i, j in ((0, 1), (2, 2)):
        np.testing.assert_allclose(found[i, j], by_input(kernel, x[i], x[j]), rtol=1e-13)


deviations = st.floats(0.1, 1.2)
KERNELS = st.builds(
    lambda make, name, **arguments: make(name, **arguments),
    st.sampled_from([ntk, nngp]),
    st.sampled_from(["erf", "gelu"]),
    depth=st.integers(2, 6),
    w_std=deviations,
    b_std=deviations,
    bias_init=st.sampled_from(["gaussian", "zero"]),
)


@settings(max_examples=40, deadline=None)
@given(KERNELS, st.integers(0, 99), st.floats(0.05, 1.0))
def test_both_forms_agree_where_both_hold(kernel: Kernel, seed: int, scale: float) -> None:
    """To as many ulp as both have: four for each layer."""
    x = scale * np.random.default_rng(seed).normal(size=(5, 4))
    x = np.vstack([x, x[0], x[1] + 1e-4 * x[2], -x[3], 0 * x[4]])
    short, moved = kernel.gradients(x), kernel.input_gradient(x)
    with by_gaps():
        long, turned = kernel.gradients(x), kernel.input_gradient(x)
    for a, b in zip(short, long, strict=True):
        size = np.sqrt(np.abs(np.diag(b)) + 1e-3 * np.diag(long.value))
        assert (np.abs(a - b) <= 32 * ULP * np.maximum(np.outer(size, size), np.abs(b))).all()
    size = np.linalg.norm(turned, axis=2).max()
    assert np.abs(moved - turned).max() <= 32 * ULP * size


@pytest.mark.parametrize("name", NAMES)
def test_the_expressions_are_the_derivatives_of_the_dual(name: str) -> None:
    """Those that SymPy finds for Σ and Σ̇ in q1, q2 and c, at numbers."""
    of = dual(name)
    form = rule.direct(of.sigma, of.sigma_dot)
    assert form
    a, b, k = map(Rational, ("0.7", "1.9", "-0.8"))
    sine = k * form.scale.subs(rule.s1, a) * form.scale.subs(rule.s1, b)
    cosine = sqrt(1 - sine**2)
    here = {rule.s1: a, rule.s2: b, c: k, rule.sine: sine, rule.cosine: cosine}
    here |= {rule.secant: 1 / cosine, rule.arc: asin(sine)}
    plain, there = {"sigma": of.sigma, "dot": of.sigma_dot}, {q1: a**2, q2: b**2, c: k}
    found = partials.partials(form)
    assert len(found) == 5
    for at, expr in found.items():
        what, by = at.split("_")
        of_dual = plain[what]
        exact = {"c": of_dual.diff(c), "first": 2 * q1 * of_dual.diff(q1),
                 "second": 2 * q2 * of_dual.diff(q2)}[by]  # fmt: skip
        assert abs(N(expr.subs(here), 30) / N(exact.subs(there), 30) - 1) < 1e-25, at


def test_terms_are_gathered() -> None:
    """Sec + sin**2 sec**3 = sec**3; terms of different signs stay."""
    sine, secant, x = rule.sine, rule.secant, rule.s1
    assert partials.gathered(2 * x * secant + x * sine**2 * secant**3, x) == (
        x * secant * (1 + secant**2)
    )
    apart = secant - sine**2 * secant**3
    assert partials.gathered(apart, x) == secant * (1 - sine**2 * secant**2)


def test_a_residual_part_is_all_of_one_kind() -> None:
    part = Residual(Elementwise("gelu"), Dense(b_std=0.2))
    layers = [Dense(), part, Dense(0.9, 0.1), part, Elementwise("gelu"), Dense()]
    x = 0.2 * moderate()
    for network in (serial(*layers), serial(Dense(), Dense(1.1, 0.3), *layers)):
        kernel = ntk(network)
        assert first(kernel, x) == 1
        short, moved = kernel.gradients(x), kernel.input_gradient(x)
        with by_gaps():
            assert first(kernel, x) > len(layers)
            long, turned = kernel.gradients(x), kernel.input_gradient(x)
        for a, b in zip((*short, moved), (*long, turned), strict=True):
            np.testing.assert_allclose(a, b, rtol=0, atol=64 * ULP * np.abs(b).max())


def test_a_later_entry_and_blocks_of_both_kinds() -> None:
    """A first layer that is too steep; a block of points that are, beside one that is not."""
    layers = Dense(9), Elementwise("erf"), Dense(b_std=0.1), Elementwise("gelu"), Dense(0.7)
    kernel, x = ntk(serial(*layers)), moderate()
    assert first(kernel, x) == 2
    many = np.vstack([np.repeat(x, 12, axis=0)[:128], 1e3 * x[:5]])
    for of, points in ((kernel, x), (ntk("erf", depth=4, b_std=0.1), many)):
        short = of.gradients(points)
        with by_gaps():
            long = of.gradients(points)
        for a, b in zip(short, long, strict=True):
            np.testing.assert_allclose(a, b, rtol=0, atol=64 * ULP * np.abs(b).max())
            assert np.array_equal(a, a.T)


@pytest.mark.skipif(not AVX2, reason="needs a machine with AVX2")
def test_the_loop_is_vector_instructions() -> None:
    found = vars(import_module(f"{generate.__package__}.generated.gelu"))
    points, affine, of_stage = np.full(32 * SIDE, 0.5), np.full(9 * SIDE, 0.5), (0.5,) * 9
    for form in ("direct_tile", "entry_tile"):
        state = np.full(7 * PLANE, 0.1)
        text = assembly(found[form], state, points, points, affine, affine, *of_stage, 2)
        assert len(PACKED.findall(text)) >= 50
        assert CALLED.findall(text) == []
        assert "vdiv" not in text
