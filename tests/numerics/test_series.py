"""Spectra without a closed form, against the closed forms of others and against single values."""

from fractions import Fraction
from itertools import islice

import pytest
from flint import arb

import ntksym
from ntksym.evaluate import precision
from ntksym.lowering.program import program
from ntksym.networks import Dense, Elementwise, Residual, serial
from ntksym.numerics.sphere.harmonics import multiplicity, polynomials
from ntksym.numerics.sphere.series import Sums, sums
from ntksym.numerics.sphere.series.monomials import beyond, column
from ntksym.numerics.sphere.series.powers import Expanded

RESIDUAL = serial(Dense(), Residual(Elementwise("erf"), Dense(b_std=0.5)), Elementwise("cos"))
KERNELS = (
    (ntksym.ntk("erf", depth=3, w_std=1.5, b_std=0.3), 3),
    (ntksym.nngp("erf", depth=3), 2),
    (ntksym.ntk("exp", depth=2, w_std=Fraction(1, 2), b_std=1, bias_init="zero"), 10),
    (ntksym.ntk(RESIDUAL), 4),
)


@pytest.mark.parametrize(("kernel", "dimension"), KERNELS, ids=range(4))
def test_where_there_is_a_closed_form_it_agrees(kernel, dimension):
    closed = ntksym.spectrum(kernel, dimension, 7, bits=40)
    by_series = Sums(
        program(kernel.network), kernel.kind == "ntk", Fraction(1), dimension, closed.degrees
    )
    found, trace = by_series.eigenvalues(40, closed.support.reaches, None)
    assert trace.overlaps(closed.trace)
    assert all(a.overlaps(b) for a, b in zip(found, closed, strict=True))
    assert all(ball.rel_accuracy_bits() >= 40 for ball in found if ball != 0)


def test_a_kink_only_widens_the_balls():
    kernel = ntksym.ntk("relu", depth=3)
    closed = ntksym.spectrum(kernel, 12, 4, bits=40)
    by_series = Sums(program(kernel.network), True, Fraction(1), 12, closed.degrees)
    found, _ = by_series.eigenvalues(14, closed.support.reaches, None)
    assert all(a.contains(b) for a, b in zip(found, closed, strict=True))


def test_the_sum_over_degrees_is_the_kernel():
    dimension, kernel = 6, ntksym.ntk("softplus", depth=3, b_std=Fraction(1, 5))
    x = [Fraction(dimension), *[Fraction(0)] * (dimension - 1)]
    root = Fraction(3, 5), Fraction(4, 5)
    y = [dimension * root[0], dimension * root[1], *[Fraction(0)] * (dimension - 2)]
    scaled = ntksym.spectrum(kernel, dimension, 14, digits=5, radius=dimension)
    with precision(80):
        rows = islice(polynomials(dimension, [arb(3) / 5]), 14)
        total = sum((mass * p for mass, (p,) in zip(scaled.masses, rows, strict=True)), arb(0))
        gap = abs(kernel.enclose(x, y, 60) - total)
        assert gap <= scaled.tail
        assert scaled.tail < scaled.trace / 100
    assert not scaled.zeros


def test_zeros_of_two_layers():
    assert ntksym.spectrum(ntksym.nngp("tanh", depth=2), 4, 5, digits=5).zeros == (0, 2, 4)
    softplus = ntksym.spectrum(ntksym.ntk("softplus", depth=2), 3, 8, digits=5)
    assert softplus.zeros == (3, 5, 7)
    assert all(mu > 0 for k, mu in enumerate(softplus) if k not in softplus.zeros)


@pytest.mark.parametrize("dimension", [2, 3, 7, 100])
def test_powers_of_a_coordinate(dimension):
    with precision(128):
        columns = {k: list(islice(column(dimension, k), 30)) for k in range(21)}

        def m(n, k):
            return columns[k][(n - k) // 2] if n >= k and (n - k) % 2 == 0 else arb(0)

        for n in (0, 1, 5, 12, 20):
            whole = sum((multiplicity(dimension, k) * m(n, k) for k in range(n + 1)), arb(0))
            assert whole.overlaps(arb(1))
            value = sum(
                (
                    multiplicity(dimension, k) * m(n, k) * p[0]
                    for k, p in zip(range(n + 1), polynomials(dimension, [arb(0.3)]), strict=False)
                ),
                arb(0),
            )
            assert value.overlaps(arb(0.3) ** n)
        for k in (0, 3, 9):
            bound = beyond(dimension, k, k + 20, columns[k][11])
            assert not any(term > bound for term in columns[k][11:])


def test_what_is_missing_is_what_is_left_out():
    """Fewer orders: smaller coefficients, and the rest of the trace in ``missing``."""
    operations = program(ntksym.mlp("erf", 3, b_std=0.5))
    few, many = (Expanded(operations, True, Fraction(1), n, 80).powers() for n in (32, 150))
    with precision(100):
        assert few.missing > 10**6 * many.missing
        assert few.trace.overlaps(many.trace)
        pairs = list(zip(few.coefficients, many.coefficients, strict=False))
        assert all(a < b or a.overlaps(b) for a, b in pairs)
        assert sum((b - a for a, b in pairs), arb(0)) < few.missing


def test_too_few_orders_are_said(monkeypatch):
    monkeypatch.setattr(sums, "LARGEST_ORDER", 100)
    with pytest.raises(ArithmeticError, match=r"expected at most \d+ bits .* kinks"):
        Sums(program(ntksym.mlp("relu", 2)), True, Fraction(1), 3, (0, 1)).eigenvalues(
            40, lambda _: True, None
        )


def test_progress():
    heard = []
    kernel = ntksym.ntk("softplus", depth=2)
    ntksym.spectrum(kernel, 3, 2, digits=3, progress=lambda *told: heard.append(told))
    assert heard[:3] == [(1, 3), (2, 3), (3, 3)]
