"""``certify``: its bounds against Arb, its answers, and what a changed certificate is worth."""

from dataclasses import fields, replace

import numpy as np
import pytest
from flint import arb, arb_mat
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import ntksym
from ntksym import GramCertificate, Kernel, certify, nngp, ntk
from ntksym.evaluate.balls import precision
from ntksym.theorems.data.rows import blame

RELU = ntk("relu", depth=3, b_std=0.1)
RNG = np.random.default_rng(20)
X = RNG.normal(size=(12, 4))


def least(kernel: Kernel, x: np.ndarray, bits: int = 400) -> float:
    """The smallest eigenvalue, an upper bound, from 1/|K^-1 v| of Arb's own solver."""
    rows = list(kernel._pairs.balls(x, bits))
    n = len(rows)
    with precision(bits):
        matrix = arb_mat([[rows[max(i, j)][min(i, j)] for j in range(n)] for i in range(n)])
        v = arb_mat(n, 1, [arb(1 + k % 3) for k in range(n)])
        for _ in range(60):
            solved = matrix.solve(v).mid()
            v = solved * (1 / sum((e * e for e in solved.entries()), arb(0)).sqrt()).mid()
        quotient = (v.transpose() * matrix * v)[0, 0]
        length = (v.transpose() * v)[0, 0]
        return float((quotient / length).upper())


@pytest.mark.parametrize(
    "kernel",
    [RELU, ntk("relu", depth=2, b_std=0.3, bias_init="zero"), nngp("leaky_relu", depth=3),
     ntk("abs", depth=2, b_std=0.2)],
)  # fmt: skip
def test_the_bound_is_below_the_eigenvalue_and_near_it(kernel: Kernel) -> None:
    found, exact = certify(kernel, X), least(kernel, X)
    assert found.method == "float64 Cholesky"
    assert found.verdict == "positive definite"
    assert 0.7 * exact < found.lower_bound <= exact
    assert found.verify()


@pytest.mark.parametrize("distance", [1e-4, 1e-9, 1e-13, 1e-15])
@pytest.mark.parametrize("name", ["relu", "erf"])
def test_near_duplicates(name: str, distance: float) -> None:
    x = X[:6].copy()
    x[4] = x[1] * (1 + distance) + distance * x[2]
    kernel = ntk(name, depth=2, b_std=0.5)
    found, exact = certify(kernel, x), least(kernel, x)
    assert found.verdict == "positive definite"
    assert 0.5 * exact < found.lower_bound <= exact
    assert found.verify()


SINGULAR = [
    (RELU, "duplicate", "rows 2 and 5 are equal"),
    (ntk("relu", depth=3), "multiple", "rows 2 and 5 are proportional"),
    (ntk("relu", depth=3, b_std=1, bias_init="zero"), "ray", "rows 2, 5 and 7 are on one ray"),
    (nngp("relu", depth=3, b_std=1, bias_init="zero"), "multiple", "rows 2 and 5 are proportional"),
    (ntk("relu", depth=3), "zero", "row 5 is zero"),
    (ntk("erf", depth=4), "zero", "row 5 is zero"),
    (ntk("erf", depth=4), "antipode", "rows 2 and 5 are opposite, and the network is odd"),
    (ntk("cos", depth=3, b_std=0), "antipode", "rows 2 and 5 are opposite, and the network is ev"),
    (ntk("abs", depth=3), "opposite", "rows 2 and 5 are opposite, and the network is even"),
    (ntk("identity", depth=3), "combination", "dependent, and the kernel is linear in x"),
    (ntk("identity", depth=3, b_std=1), "affine", "dependent, and the kernel is affine in x"),
    (nngp("relu", depth=1), "combination", "dependent, and the kernel is linear in x"),
]


def spoilt(how: str) -> np.ndarray:
    x = RNG.integers(-8, 9, (9, 8)).astype(float)
    x[2, 0] = 9.0
    x[5] = {"duplicate": x[2], "multiple": 3 * x[2], "ray": 3 * x[2], "zero": 0 * x[2],
            "antipode": -x[2], "opposite": -5 * x[2], "combination": x[1] + 2 * x[2],
            "affine": 3 * x[2] - 2 * x[1]}[how]  # fmt: skip
    if how == "ray":
        x[7] = 0.5 * x[2]
    return x


@pytest.mark.parametrize(("kernel", "how", "reason"), SINGULAR)
def test_rows_to_blame(kernel: Kernel, how: str, reason: str) -> None:
    x = spoilt(how)
    found = certify(kernel, x)
    assert found.verdict == "not positive definite"
    assert reason in found.reason
    assert found.lower_bound == 0
    assert found.verify()
    weights = null(kernel, x[list(found.rows)])
    assert abs(weights).max() < 1e-12
    assert not replace(found, points=X, seal="").verify()


def null(kernel: Kernel, x: np.ndarray) -> np.ndarray:
    """The smallest eigenvalue of the rows to blame, relative to the largest."""
    values = np.linalg.eigvalsh(kernel(x))
    return values[:1] / max(values[-1], 1e-300) if values[-1] > 0 else values


@pytest.mark.parametrize(
    ("kernel", "how"),
    [(RELU, "multiple"), (RELU, "antipode"), (RELU, "zero"), (ntk("relu", depth=3), "antipode"),
     (ntk("relu", depth=3, b_std=1, bias_init="zero"), "multiple"), (RELU, "combination"),
     (ntk("abs", depth=3, b_std=0.5), "multiple"), (RELU, "affine")],
)  # fmt: skip
def test_rows_that_are_not_to_blame(kernel: Kernel, how: str) -> None:
    found = certify(kernel, spoilt(how))
    assert found.verdict == "positive definite"
    assert found.verify()


@pytest.mark.parametrize(
    ("kernel", "how"),
    [(ntk("relu", depth=3), "antipode"), (ntk("leaky_relu", depth=3), "opposite"),
     (ntk("erf", depth=2, b_std=0.1), "antipode"), (ntk("erf", depth=2, b_std=0.1), "zero"),
     (ntk("erf", depth=2, b_std=1, bias_init="zero"), "antipode"),
     (ntk("erf", depth=2), "opposite"), (ntk("cos", depth=2), "opposite"),
     (ntk("cos", depth=2), "zero"), (ntk("erf", depth=2), "multiple"),
     (ntk("relu", depth=2, b_std=1), "ray"), (ntk("abs", depth=3, b_std=1), "antipode"),
     (ntk("relu", depth=2), "combination"), (ntk("identity", depth=2, b_std=1), "multiple")],
)  # fmt: skip
def test_no_row_is_blamed_without_a_reason(kernel: Kernel, how: str) -> None:
    assert blame(kernel, spoilt(how)) is None


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(arrays(float, (4, 2), elements=st.integers(-6, 6).map(float)), st.sampled_from([1e-13, 1.0]))
def test_hidden_singularities_are_never_certified(half: np.ndarray, scale: float) -> None:
    """Without bias two layers of relu are singular on more than d antipodal pairs, and on fewer if
    a row is 1e-13 of what it was; the hexagon is one."""
    half[0] *= scale
    x = np.vstack([half, -half])
    found = certify(ntk("relu", depth=2), x, bits=128)
    assert found.verdict != "positive definite"
    assert found.lower_bound == 0
    assert found.verify()


def test_what_is_unknown_is_said_to_be() -> None:
    angles = np.array([[1, 0], [0, 1], [3, 4]])
    x = np.vstack([angles, -angles])
    found = certify(ntk("relu", depth=2), x, bits=256)
    assert found.verdict == "unknown"
    assert "Arb cannot tell it from a singular matrix with 256 bits" in found.reason
    assert len(found.rows) == 2
    assert not found.bits
    assert certify(ntk("relu", depth=3), x).verdict == "positive definite"
    near = np.array([[1.0, 2.0], [1.0, np.nextafter(2.0, 3.0)], [3.0, 1.0]])
    many = certify(RELU, near, largest=2)
    assert "Arb is used for at most 2 rows, here are 3" in many.reason
    assert many.rows == (0, 1)


def test_a_layer_without_a_closed_form_goes_to_balls() -> None:
    kernel = nngp("tanh", depth=2)
    found = certify(kernel, X[:2])
    assert (found.verdict, found.method) == ("positive definite", "Arb")
    assert 0.9 <= found.lower_bound / np.linalg.eigvalsh(kernel(X[:2]))[0] <= 1


def changed(found: GramCertificate) -> dict[str, object]:
    points = found.points.copy()
    points[0, 0] = np.nextafter(points[0, 0], 9)
    return {
        "kernel": ntk("relu", depth=4, b_std=0.1), "points": points, "verdict": "unknown",
        "lower_bound": found.lower_bound * 0.5, "reason": "because", "method": "none",
        "rows": (1, 2), "bits": 64, "seal": "0" * 64,
    }  # fmt: skip


@pytest.mark.parametrize("name", [f.name for f in fields(GramCertificate)])
def test_a_changed_certificate_is_worth_nothing(name: str) -> None:
    found = certify(RELU, X)
    assert found.verify()
    assert not replace(found, **{name: changed(found)[name]}).verify()


def test_a_false_claim_with_a_fresh_seal_is_refuted() -> None:
    found, bound = certify(RELU, X), least(RELU, X)
    for false in (1.01 * bound, np.inf, np.nan, 0.0, -1.0):
        assert not replace(found, lower_bound=false, seal="").verify()
        assert not replace(found, lower_bound=false, method="Arb", bits=128, seal="").verify()
    assert replace(found, lower_bound=0.5 * bound, seal="").verify()
    assert replace(found, method="Arb", bits=128, seal="").verify()
    blamed = {"verdict": "not positive definite", "lower_bound": 0.0, "rows": (0, 1), "seal": ""}
    assert not replace(found, **blamed).verify()
    assert not replace(found, verdict="unknown", seal="").verify()
    assert not replace(found, kernel=ntk("erf", depth=2), seal="").verify()


def test_how_it_shows_itself() -> None:
    found = certify(RELU, X)
    assert repr(found).startswith("<GramCertificate: ntk (relu) at 12 points in 4 dimensions: pos")
    assert f"{found.lower_bound:.6g}" in repr(found)
    page, paper = ntksym.to_html(found), ntksym.to_latex(found)
    for text in (page, paper):
        assert "positive definite" in text
        assert "Rump" in text
    assert not found.points.flags.writeable


def test_progress_is_told() -> None:
    heard: list[tuple[str, int, int]] = []
    certify(ntk("erf", depth=2, b_std=1), X[:4], progress=lambda *news: heard.append(news))
    assert [n for n in heard if "entries" in n[0]][-1] == ("entries with 128 bits", 10, 10)
    assert heard[-1] == ("pivots", 4, 4)


def test_one_row_and_one_column() -> None:
    assert certify(RELU, [[2.0]]).verdict == "positive definite"
    assert certify(RELU, [[0.0]]).verdict == "positive definite"
    assert certify(ntk("relu", depth=2), [[0.0]]).rows == (0,)
    assert certify(RELU, [[1], [2], [-3]]).verify()


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (("relu", X), TypeError, "kernel: expected a Kernel, got str"),
        ((RELU, np.zeros((0, 3))), ValueError, "X: expected at least one row"),
        ((RELU, [[np.nan]]), ValueError, "X: expected finite numbers"),
        ((RELU, [1.0, 2.0]), ValueError, "X: expected shape"),
    ],
)
def test_bad_input(arguments, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        certify(*arguments)


@pytest.mark.parametrize("option", [{"largest": -1}, {"bits": 64}, {"bits": True}])
def test_bad_options(option: dict[str, int]) -> None:
    message = r"(largest|bits): expected (an integer|at least)"
    with pytest.raises((TypeError, ValueError), match=message):
        certify(RELU, X, **option)
