"""The proved bound of the rounding errors of a Gram matrix: proved again, and against Arb."""

from dataclasses import replace
from importlib import import_module

import numpy as np
import pytest
from flint import arb
from sympy import Rational

import ntksym
from ntksym import Dense, Elementwise, Kernel, Residual, nngp, ntk, serial
from ntksym.evaluate.balls import precision
from ntksym.lowering.errors.local import CLAIMS, UNIT, local, prove
from ntksym.lowering.errors.recursion import APART, HYPOT, MOVED, ROOT, TURNED, bound, start
from ntksym.lowering.errors.source import Unproved, text_of
from ntksym.lowering.functions import polynomials
from tests.lowering.points import ULP, hard

RESIDUAL = serial(
    Dense(1.2, 0.1),
    Residual(Elementwise("relu"), Dense(0.9, 0.3, "zero"), Elementwise("abs"), Dense(0.5, 0.1)),
    Elementwise("leaky_relu"),
    Dense(),
)
KERNELS = {
    "relu": ntk("relu", depth=3, b_std=0.1),
    "relu without bias": ntk("relu", depth=3),
    "relu, deep": ntk("relu", depth=10, b_std=0.1, w_std=1.4),
    "abs": ntk("abs", depth=4, b_std=0.3, bias_init="zero"),
    "leaky relu": nngp("leaky_relu", depth=3, w_std=2**0.5, b_std=0.2),
    "identity": ntk("identity", depth=2, b_std=1),
    "residual": ntk(RESIDUAL),
    "linear": nngp("relu", depth=1, w_std=0.7),
}


def points(step: int = 1) -> np.ndarray:
    """The hard ones within the range, and some in pairs of correlation about 0.95 and -0.95."""
    x = hard()
    sizes = np.linalg.norm(x, axis=1)
    rng = np.random.default_rng(4)
    ends = []
    for _ in range(3):
        a, b = rng.normal(size=(2, 6))
        a, b = a / np.linalg.norm(a), b - a * (a @ b) / (a @ a)
        ends += [a, 0.95 * a + np.sqrt(1 - 0.95**2) * b / np.linalg.norm(b)]
    ends[1::4] = [-row for row in ends[1::4]]
    return np.vstack([x[(sizes == 0) | ((sizes > 1e-50) & (sizes < 1e50))], *ends])[::step]


def errors(kernel: Kernel, x: np.ndarray, gram: np.ndarray) -> np.ndarray:
    """|gram - K| over sqrt(K(x, x) K(y, y)), each from Arb; 0 where both vanish."""
    rows = list(kernel._pairs.balls(x, 400))
    size = [float(row[-1].lower()) for row in rows]
    found = np.zeros_like(gram)
    for i, row in enumerate(rows):
        for j, ball in enumerate(row):
            unit = np.sqrt(size[i] * size[j])
            for entry in (gram[i, j], gram[j, i]):
                off = float(abs(ball - float(entry)).upper())
                found[i, j] = max(found[i, j], off / unit if unit else off and np.inf)
    return found


@pytest.mark.parametrize("name", KERNELS)
def test_every_entry_is_within_the_bound(name: str) -> None:
    kernel, x = KERNELS[name], points(1 if name == "relu" else 2)
    gram, error = kernel(x), kernel.rounding(x)
    found = errors(kernel, x, gram).max()
    assert 0 < found <= error <= 1e4 * ULP
    spoilt = gram.copy()
    spoilt[0, 1] += 2 * error * np.sqrt(gram[0, 0] * gram[1, 1])
    assert errors(kernel, x[:2], spoilt[:2, :2]).max() > error


def test_long_rows() -> None:
    """Sums of many terms, all of one sign and size: their rounding errors are the largest."""
    rng = np.random.default_rng(6)
    x = np.abs(rng.normal(size=(4, 2000))) + 0.1
    kernel = ntk("relu", depth=2)
    assert errors(kernel, x, kernel(x)).max() <= kernel.rounding(x)


def test_the_constants_of_the_inequalities() -> None:
    """Each is an upper bound of what it stands for, and its half is none."""
    e = np.linspace(0, 1, 401)
    first, second = np.meshgrid(e, e)
    moved = np.sqrt(first * second) * (2 - first**2 - second**2) / 2
    turned = e * np.sqrt(1 - e**2)
    for constant, values in ((MOVED, moved), (TURNED, turned), (ROOT, 2**0.5 * e)):
        assert constant / 2 < values.max() <= constant
    assert APART <= 2 * 0.05**0.5 < 2 * APART
    for width in (1, 10, 10**6):
        close = (4 + 2.32 * (width / 2 + 2)) / 2**0.5 + 0.12 * (width + 2)
        assert close <= start(width).gap


def test_the_library_is_as_good_as_it_is_trusted_to_be() -> None:
    rng = np.random.default_rng(2)
    a, b = 2.0 ** rng.uniform(-40, 40, (2, 2000))
    with precision(200):
        for x, y, found in zip(a, b, np.hypot(a, b), strict=True):
            exact = (arb(x) ** 2 + arb(y) ** 2).sqrt()
            assert abs(found / exact - 1) < HYPOT * UNIT / 2


@pytest.mark.parametrize("depth", [1, 2, 4])
@pytest.mark.parametrize("b_std", [0, 0.3])
def test_more_layers_more_error(depth: int, b_std: float) -> None:
    few, more = (ntk("relu", depth=n, b_std=b_std)._engine.stages for n in (depth, depth + 1))
    assert bound(few, 5, True) < bound(more, 5, True)
    assert bound(few, 5, True) < bound(few, 6, True)


@pytest.mark.parametrize("name", CLAIMS)
def test_the_claims_are_proved_and_no_less_is(name: str) -> None:
    text = text_of(ntksym.activation(name), True)
    found, claim = prove(text, text), CLAIMS[name]
    assert found.within(claim)
    for field, value in vars(claim).items():
        if value:
            assert not found.within(replace(claim, **{field: value / 2}))


def test_an_error_of_a_function_spoils_the_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    text = text_of(ntksym.activation("relu"), True)
    monkeypatch.setattr(polynomials, "EXCESS_CORE_BOUND", 1e-14)
    assert not prove(text, text).within(CLAIMS["relu"])


@pytest.mark.parametrize("name", ["relu", "abs", "leaky_relu", "identity"])
def test_gaps_do_not_grow(name: str) -> None:
    """The derivative of both roots behind the activation is at most sqrt(κ'(1)) = 1."""
    found, m = roots(name), np.linspace(0, 1, 301)
    assert found.shape == (4, 301)
    assert np.abs(np.diff(found, axis=1) / np.diff(m)).max() <= 1 + 1e-9


def roots(name: str) -> np.ndarray:
    """Of both gaps, for rho >= 0 and for rho < 0, at equidistant roots of the smaller one."""
    pair = import_module(f"ntksym.lowering.code.generated.{name}").pair.py_func
    rows = np.linspace(0, 1, 301) ** 2
    up = [pair(g, 2 - g)[:2] for g in rows]
    down = [pair(2 - g, g)[:2] for g in rows]
    return np.sqrt(np.maximum(np.hstack([up, down]).T, 0))


@pytest.mark.parametrize("name", ["erf", "tanh", "power", "rectified_power", "gelu", "sin"])
def test_others_are_not_proved(name: str) -> None:
    with pytest.raises(Unproved):
        local(ntksym.activation(name), True)
    with pytest.raises(ValueError, match=r"gaps alone|series"):
        ntk(name, depth=2).rounding([[1.0, 2.0]])


def test_a_parameter_of_its_own_is_proved_on_its_own() -> None:
    steep = local(ntksym.activation("leaky_relu", alpha=Rational(1, 3)), True)
    assert steep != CLAIMS["leaky_relu"]
    assert steep.steep == pytest.approx(4 / 9 / (10 / 9) * 2 / np.pi, rel=0.02)
    assert local(ntksym.activation("leaky_relu"), True) is CLAIMS["leaky_relu"]


def test_what_may_underflow_is_refused() -> None:
    for x in ([[1e-150, 0.0]], [[1e150, 0.0]]):
        with pytest.raises(ValueError, match="a standard deviation is out of range"):
            ntk("relu", depth=2).rounding(x)
    with pytest.raises(ValueError, match="a parameter is out of range"):
        ntk("relu", depth=2, w_std=1e-40).rounding([[1.0]])
    with pytest.raises(ValueError, match="the bound of the rounding errors is too large"):
        bound(ntk("relu", depth=2)._engine.stages, 10**9, True)
    assert ntk("relu", depth=2).rounding(np.zeros((0, 3))) == 0
