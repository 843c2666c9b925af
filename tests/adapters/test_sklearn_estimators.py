"""The estimators against scikit-learn's own: linear ridge, Gaussian processes, kernel ridge."""

import pickle

import numpy as np
import pytest
from joblib import parallel_config
from scipy.linalg import LinAlgError
from sklearn.base import clone
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.kernel_ridge import KernelRidge
from sklearn.linear_model import Ridge
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

import ntksym
from ntksym.data import digits
from ntksym.sklearn import NTKClassifier, NTKernel, NTKRegressor
from ntksym.tour.numbers import TRAIN
from ntksym.tour.stages import ACCURACY

RNG = np.random.default_rng(0)
X, T = RNG.normal(size=(40, 3)), RNG.normal(size=(7, 3))
Y = np.stack([np.sin(X[:, 0]), X[:, 1] * X[:, 2] + 3], axis=1)
WEIGHTS = RNG.integers(0, 4, size=40).astype(float)
ESTIMATORS = [
    NTKRegressor("erf", depth=2, b_std=0.5),
    NTKClassifier("erf", depth=2, b_std=0.5),
    NTKClassifier(depth=2, method="svc", alpha=0.1),
]


def images(count: int) -> tuple[np.ndarray, np.ndarray]:
    points, labels = digits()
    return points[:count] / 16, labels[:count]


def same(a: np.ndarray, b: np.ndarray) -> None:
    assert a.shape == b.shape
    np.testing.assert_allclose(a, b, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("weights", [None, WEIGHTS])
@pytest.mark.parametrize("b_std", [0.0, 2.0])
def test_one_layer_is_linear_ridge(weights, b_std) -> None:
    """Its features are w x/sqrt(n0) and β: ridge on them, which knows nothing of kernels."""

    def features(points):
        return np.hstack([1.5 * points / np.sqrt(3), np.full((len(points), 1), b_std)])

    found = NTKRegressor(depth=1, w_std=1.5, b_std=b_std, alpha=0.3).fit(X, Y, weights)
    ridge = Ridge(alpha=0.3, fit_intercept=False, solver="cholesky").fit(features(X), Y, weights)
    same(found.predict(T), ridge.predict(features(T)))


@pytest.mark.parametrize("kind", ["ntk", "nngp"])
def test_it_is_the_mean_of_a_gaussian_process(kind) -> None:
    arguments = {"activation": "erf", "depth": 3, "b_std": 0.5, "kind": kind}
    process = GaussianProcessRegressor(NTKernel(**arguments), alpha=1e-2, optimizer=None)
    found = NTKRegressor(**arguments, alpha=1e-2).fit(X, Y)
    same(found.predict(T), process.fit(X, Y).predict(T))
    np.testing.assert_array_equal(found.kernel_(X), getattr(ntksym, kind)(
        "erf", depth=3, b_std=0.5)(X))  # fmt: skip


def test_weights_are_repetitions_and_those_of_kernel_ridge() -> None:
    """Weight 0 is absence: the point may even be a copy of another, without a ridge."""
    kernel = ntksym.ntk("relu", depth=2)
    other = KernelRidge(alpha=0.2, kernel="precomputed").fit(kernel(X), Y, WEIGHTS)
    found = NTKRegressor(depth=2, alpha=0.2).fit(X, Y, WEIGHTS)
    same(found.predict(T), other.predict(kernel(T, X)))
    twice = np.vstack([X, X]), np.vstack([Y, Y])
    bare = NTKRegressor(depth=3, alpha=0)
    last = np.repeat([0.0, 1.0], 40)
    same(bare.fit(*twice, sample_weight=last).predict(T), bare.fit(X, Y).predict(T))


def test_without_a_ridge_it_interpolates_and_equal_points_are_told() -> None:
    model = NTKRegressor(depth=3, alpha=0)
    same(model.fit(X, Y).predict(X), Y)
    with pytest.raises(LinAlgError, match=r"alpha: .* at alpha = 0; expected a larger one"):
        model.fit(np.vstack([X, X]), np.vstack([Y, Y]))


def test_normalize_y_forgets_an_offset() -> None:
    model = NTKRegressor(depth=2, alpha=1.0, normalize_y=True)
    same(model.fit(X, Y + 1e3, WEIGHTS).predict(T), model.fit(X, Y, WEIGHTS).predict(T) + 1e3)
    same(model.y_mean_, WEIGHTS @ Y / WEIGHTS.sum())


@pytest.mark.parametrize("classes", [2, 4])
def test_least_squares_is_a_regression_of_signs(classes) -> None:
    points, labels = images(80)
    names = np.array(["a", "b", "c", "d"])[labels % classes]
    found = NTKClassifier(depth=2).fit(points[:60], names[:60])
    signs = np.where(names[:60, None] == found.classes_, 1.0, -1.0)
    scores = NTKRegressor(depth=2).fit(points[:60], signs).predict(points[60:])
    same(found.decision_function(points[60:]), scores if classes > 2 else scores[:, 1])
    assert list(found.predict(points[60:])) == list(found.classes_[scores.argmax(axis=1)])


@pytest.mark.parametrize("classes", [2, 4])
def test_svc_is_that_of_scikit_learn(classes) -> None:
    points, labels = images(80)
    labels = labels % classes
    kernel = ntksym.ntk("relu", depth=2)
    machine = SVC(C=5.0, kernel=kernel, tol=1e-8).fit(points[:60], labels[:60])
    found = NTKClassifier(depth=2, method="svc", alpha=0.1).fit(points[:60], labels[:60])
    same(found.decision_function(points[60:]), machine.decision_function(points[60:]))
    assert 0 < len(found.svc_.support_) < 60


@pytest.mark.parametrize("method", ["least_squares", "svc"])
def test_digits_are_told_apart(method) -> None:
    """As in the tour: the same kernel, training points and accuracy."""
    points, labels = images(1797)
    order = np.random.default_rng(0).permutation(1797)
    train, test = order[:TRAIN], order[TRAIN:]
    model = NTKClassifier(depth=3, w_std=2**0.5, b_std=0.1, method=method)
    assert model.fit(points[train], labels[train]).score(points[test], labels[test]) > ACCURACY


def test_a_grid_in_a_pipeline() -> None:
    """In two threads at once: each fit has threads of its own. Processes take 10 s to start."""
    points, labels = images(120)
    pipeline = make_pipeline(StandardScaler(), NTKClassifier(depth=2))
    grid = {"ntkclassifier__activation": ["relu", "erf"], "ntkclassifier__alpha": [1e-3, 1e3]}
    with parallel_config("threading"):
        search = GridSearchCV(pipeline, grid, cv=2, n_jobs=2).fit(points, labels)
    for parameters, score in zip(
        search.cv_results_["params"], search.cv_results_["mean_test_score"], strict=True
    ):
        model = clone(pipeline).set_params(**parameters)
        assert cross_val_score(model, points, labels, cv=2).mean() == score
    assert search.best_params_["ntkclassifier__alpha"] == 1e-3


@pytest.mark.parametrize("model", ESTIMATORS, ids=str)
def test_pickled_and_cloned_it_predicts_the_same(model) -> None:
    labels = (X[:, 0] > 0).astype(int)
    fitted = clone(model).fit(X, labels)
    same(pickle.loads(pickle.dumps(fitted)).predict(T), fitted.predict(T))
    same(clone(fitted).fit(X, labels).predict(T), fitted.predict(T))


@pytest.mark.parametrize("model", ESTIMATORS, ids=str)
def test_what_was_fitted_does_not_change_with_the_array(model) -> None:
    mine = X.copy()
    fitted = clone(model).fit(mine, X[:, 0] > 0)
    before = fitted.predict(T)
    mine *= -1
    same(fitted.predict(T), before)


def test_activations_are_names_texts_and_objects() -> None:
    leaky = ntksym.activation("leaky_relu", alpha=0)
    assert leaky.expr == ntksym.activation("relu").expr
    model = clone(NTKRegressor(ntksym.Activation("mine", "Max(0, z)"), depth=2))
    assert pickle.loads(pickle.dumps(model)).activation == model.activation
    assert NTKRegressor("relu", depth=2).set_params(depth=5).get_params()["depth"] == 5


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"alpha": -1.0}, "alpha: expected a finite number of at least 0, got -1.0"),
        ({"alpha": np.nan}, "alpha: expected a finite number of at least 0, got nan"),
        ({"alpha": np.inf}, "alpha: expected a finite number of at least 0, got inf"),
        ({"alpha": "1"}, "alpha: expected a finite number of at least 0, got '1'"),
        ({"kind": "tangent"}, "kind: expected 'ntk' or 'nngp', got 'tangent'"),
        ({"activation": "rleu"}, "did you mean 'relu'"),
        ({"depth": 0}, "depth: expected at least 1"),
        ({"b_std": -1}, "b_std: expected a finite value of at least 0, got -1"),
    ],
)
def test_bad_parameters_are_named(parameters, message) -> None:
    for model in (NTKRegressor(**parameters), NTKClassifier(**parameters)):
        with pytest.raises(ValueError, match=message):
            model.fit(X, X[:, 0] > 0)


@pytest.mark.parametrize(
    ("parameters", "labels", "weights", "message"),
    [
        ({"method": "svm"}, X[:, 0] > 0, None, "method: expected one of .*, got 'svm'"),
        ({"method": "svc", "alpha": 0}, X[:, 0] > 0, None, "alpha: .* above 0, got 0"),
        ({}, np.zeros(40, int), None, "y: expected at least two classes, got one class"),
        ({}, X[:, 0] > 0, X[:, 0] > 0, "y: expected at least two classes, got one class"),
        (
            {},
            X[:, 0] > 0,
            np.zeros(40),
            "sample_weight: expected a weight above 0|least one non-zero",
        ),
        ({}, X[:, 0] > 0, -np.ones(40), "[Nn]egative"),
    ],
)
def test_bad_labels_and_weights(parameters, labels, weights, message) -> None:
    with pytest.raises(ValueError, match=message):
        NTKClassifier(depth=2, **parameters).fit(X, labels, weights)
