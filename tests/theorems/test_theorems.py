"""Each theorem holds where it says so, and its conclusion fails where a hypothesis does."""

import numpy as np
import pytest

import ntksym
from ntksym import Verdict, positive_definite
from ntksym.theorems import Answer, theorems

T = {theorem.name: theorem for theorem in theorems()}
JACOT_1, JACOT_T1, JACOT_T2, JACOT_2, BOTH, OFF, SHALLOW, PARITY = (
    next(t for name, t in T.items() if key in name)
    for key in (
        "Proposition 1", "Theorem 1", "Theorem 2", "Proposition 2", "Gneiting", "Carvalho",
        "One hidden layer", "One parity",
    )
)  # fmt: skip
GENERAL = "R^d without proportional pairs"

MISSING = [
    (JACOT_2, "erf", {"depth": 3, "b_std": 0.5}, "sphere", {"b_std": 0}, None, "bias"),
    (JACOT_2, "erf", {"depth": 2, "b_std": 0.5}, "sphere", {"depth": 1}, None, "depth"),
    (JACOT_2, "relu", {"depth": 2, "b_std": 0.5}, "sphere", {"b_std": 0}, None, "bias"),
    (JACOT_2, "sin", {"depth": 3, "b_std": 1}, "sphere", {"name": "identity"}, None, "polynomial"),
    (BOTH, "relu", {"depth": 3}, "sphere", {"depth": 2}, None, "odd degrees"),
    (BOTH, "sigmoid", {"depth": 3}, "sphere", {"depth": 2}, None, "even degrees"),
    (OFF, "relu", {"depth": 2, "b_std": 0.5}, "R^d", {"b_std": 0}, None, "Gaussian"),
    (OFF, "relu", {"depth": 2, "b_std": 0.5}, "R^d", {"bias_init": "zero"}, None, "Gaussian"),
    (OFF, "abs", {"depth": 2}, GENERAL, {"name": "power"}, None, "polynomial"),
    (OFF, "abs", {"depth": 2}, GENERAL, {"depth": 1}, None, "depth"),
    (OFF, "abs", {"depth": 2}, GENERAL, {}, "R^d", "proportional"),
    (SHALLOW, "exp", {"depth": 2}, "sphere", {"name": "gelu"}, None, "odd part"),
    (SHALLOW, "exp", {"depth": 2}, "sphere", {"name": "sigmoid"}, None, "even part"),
]  # fmt: skip


@pytest.mark.parametrize("case", MISSING, ids=lambda case: f"{case[1]}-{case[-1]}")
def test_with_all_hypotheses_it_holds_and_without_one_it_fails(case) -> None:
    theorem, name, network, domain, change, elsewhere, said = case
    kernel = ntksym.ntk(name, **network)
    assert theorem.apply(kernel, 2, domain).answer is Answer.HOLDS
    assert positive_definite(kernel, 2, domain).verdict is theorem.decides
    changed = {"name": name, **network, **change}
    other = ntksym.ntk(changed.pop("name"), **changed)
    found = theorem.apply(other, 2, elsewhere or domain)
    assert found.answer is Answer.NOT_MET
    assert any(said in missing for missing in found.missing)
    opposite = positive_definite(other, 2, elsewhere or domain)
    assert opposite.verdict is Verdict.REFUTED
    assert opposite.verify()


def test_one_parity() -> None:
    for name in ("erf", "cos"):
        assert PARITY.apply(ntksym.ntk(name, depth=4)).answer is Answer.HOLDS
        assert positive_definite(ntksym.ntk(name, depth=4)).verdict is PARITY.decides
        for network in (
            {"depth": 4, "b_std": 0.1},
            {"depth": 4, "b_std": 0.1, "bias_init": "zero"},
        ):
            assert PARITY.apply(ntksym.ntk(name, **network)).answer is Answer.NOT_MET
            assert positive_definite(ntksym.ntk(name, **network)).verdict is Verdict.PROVED
    assert PARITY.apply(ntksym.ntk("relu", depth=3)).answer is Answer.NOT_MET
    assert positive_definite(ntksym.ntk("relu", depth=3)).verdict is Verdict.PROVED


@pytest.mark.parametrize("theorem", T.values(), ids=lambda theorem: theorem.name[:24])
def test_no_theorem_contradicts_the_decision(theorem) -> None:
    for name in ("relu", "cos", "sigmoid", "power", "sign"):
        for network in ({"depth": 2}, {"depth": 3, "b_std": 0.5}, {"depth": 1}):
            for domain in ("sphere", "R^d", GENERAL, "sphere without antipodes"):
                kernel = ntksym.ntk(name, **network)
                if theorem.apply(kernel, 3, domain).answer is Answer.HOLDS and theorem.decides:
                    found = positive_definite(kernel, 3, domain)
                    assert found.verdict is theorem.decides, found.statement


@pytest.mark.parametrize(
    ("name", "limit", "constant"),
    [
        ("relu", True, False), ("tanh", True, True), ("erf", True, True), ("gelu", True, True),
        ("elu", True, False), ("softplus", True, True), ("sin", True, True), ("abs", True, False),
        ("exp", False, False), ("power", False, False), ("sign", False, False),
        ("rectified_power", False, False), ("identity", True, True), ("gaussian", True, True),
        ("softsign", True, False), ("triangle", True, False),
    ],
)  # fmt: skip
def test_lipschitz_and_a_bounded_second_derivative(name: str, limit: bool, constant: bool) -> None:
    kernel = ntksym.ntk(name, depth=2)
    assert JACOT_1.apply(ntksym.nngp(name, depth=2)).answer == _answer(limit)
    assert JACOT_T1.apply(kernel).answer == _answer(limit)
    assert JACOT_T2.apply(kernel).answer == _answer(constant)


def _answer(holds: bool) -> Answer:
    return Answer.HOLDS if holds else Answer.NOT_MET


def test_a_bias_from_zero_and_open_parameters() -> None:
    started = ntksym.ntk("tanh", depth=2, b_std=1, bias_init="zero")
    assert "start as independent" in JACOT_T1.apply(started).missing[0]
    from sympy import Symbol

    open_ = ntksym.ntk("relu", depth=2, b_std=Symbol("beta", nonnegative=True))
    found = JACOT_2.apply(open_)
    assert found.answer is Answer.UNKNOWN
    assert "declare it" in str(found)


def features(width: int, x: np.ndarray, seed: int = 7):
    """Empirical Σ and Θ of one hidden layer of tanh, and what one step of training moves Θ by."""
    source = np.random.default_rng(seed)
    W, a = source.normal(size=(width, x.shape[1])), source.normal(size=width)

    def kernels(W, a):
        u = x @ W.T / np.sqrt(x.shape[1])
        s, t = np.tanh(u), (1 - np.tanh(u) ** 2) * a
        return s @ s.T / width, s @ s.T / width + (t @ t.T) / width * (x @ x.T) / x.shape[1]

    sigma, theta = kernels(W, a)
    u = x @ W.T / np.sqrt(x.shape[1])
    error = np.tanh(u) @ a / np.sqrt(width) - np.array([1.0, -1.0, 0.5])
    step_W = ((1 - np.tanh(u) ** 2) * a * error[:, None]).T @ x / np.sqrt(width * x.shape[1])
    step_a = np.tanh(u).T @ error / np.sqrt(width)
    return sigma, theta, np.abs(kernels(W - step_W, a - step_a)[1] - theta).max()


def test_the_limits_are_approached_as_the_width_grows() -> None:
    """Prop. 1, Thm 1 and Thm 2 on one net, over a factor 256 in the width.

    Σ and Θ are means over neurons: errors fall as 1/√n. What a step moves Θ by falls as 1/√n at
    least; as 1/n here, where the term of order 1/√n is odd in the last weights and averages out.
    """
    x = np.array([[1.0, 0.5], [-0.3, 1.2], [0.8, -0.9]])
    limits = ntksym.nngp("tanh", depth=2)(x), ntksym.ntk("tanh", depth=2)(x)
    errors = []
    for width in (64, 16384):
        runs = [features(width, x, seed) for seed in range(8)]
        errors.append(
            [
                np.sqrt(np.mean([(run[0] - limits[0]) ** 2 for run in runs])),
                np.sqrt(np.mean([(run[1] - limits[1]) ** 2 for run in runs])),
                np.mean([run[2] for run in runs]),
            ]
        )
    ratios = np.array(errors[0]) / np.array(errors[1])
    assert (ratios > 16 / 2.5).all(), ratios
    assert (ratios[:2] < 16 * 2.5).all(), ratios


def test_without_a_derivative_there_is_no_tangent_kernel() -> None:
    """Thm 1 without its hypothesis: for a step the empirical kernel has no limit to go to."""
    assert JACOT_T1.apply(ntksym.ntk("step", depth=2)).answer is Answer.NOT_MET
    with pytest.raises(ValueError, match="no tangent kernel"):
        ntksym.ntk("step", depth=2)([[1.0], [2.0]])


def test_every_theorem_prints() -> None:
    for theorem in theorems():
        assert theorem.name.split(" (")[0] in ntksym.to_html(theorem)
        found = theorem.apply(ntksym.ntk("relu", depth=2))
        assert "hypothesis" in ntksym.to_latex(found)
        assert str(found).startswith(theorem.name)
