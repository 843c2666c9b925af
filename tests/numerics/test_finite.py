"""Finite networks against formulas written out here, and against differences."""

import numpy as np
import pytest
from scipy.special import erf
from scipy.stats import kstest

import ntksym
from ntksym.numerics.finite import ensemble, finite_width
from ntksym.numerics.finite import tangents as room

RNG = np.random.default_rng(0)
X = RNG.normal(size=(5, 3))
Y = RNG.normal(size=(2, 3))
MLP = ntksym.mlp("erf", depth=4, w_std=1.3, b_std=0.4)
BLOCKS = ntksym.serial(
    ntksym.Dense(1.2, 0.3),
    ntksym.Residual(ntksym.Elementwise("erf"), ntksym.Dense(0.7, 0.2, "zero")),
    ntksym.Elementwise("relu"),
    ntksym.Dense(1.1, 0.1),
)


def by_hand(net, points):
    """The outputs of MLP at the parameters of ``net``."""
    values = points
    for level, (W, b) in enumerate(net.parameters(points.shape[1])):
        inner = erf(values) if level else values
        values = 1.3 / np.sqrt(W.shape[1]) * np.einsum("ij,nj->ni", W, inner) + 0.4 * b
    return values


def flat(parameters):
    return np.concatenate([part.ravel() for pair in parameters for part in pair])


def moved(net, theta):
    """The network at the flat vector ``theta``."""
    shapes = [part.shape for pair in net.parameters(3) for part in pair]
    cuts = np.cumsum([np.prod(shape) for shape in shapes])[:-1]
    parts = [part.reshape(s) for part, s in zip(np.split(theta, cuts), shapes, strict=True)]
    return net.replace(list(zip(parts[::2], parts[1::2], strict=True)))


def slope(function, step):
    """The derivative at 0: central differences, extrapolated twice."""
    a, b, c = ((function(h) - function(-h)) / (2 * h) for h in (step, step / 2, step / 4))
    return (16 * (4 * c - b) - (4 * b - a)) / 45


def jacobian(net, points, step=1e-2):
    """∂f_k(x)/∂θ_p of shape (p, n, k)."""
    theta = flat(net.parameters(3))
    return np.array(
        [slope(lambda h, e=e: moved(net, theta + h * e)(points), step) for e in np.eye(len(theta))]
    )


def test_the_forward_pass_is_the_formula():
    net = finite_width(MLP, 7, seed=1, outputs=2)
    assert np.allclose(net(X), by_hand(net, X), rtol=1e-13, atol=1e-14)


@pytest.mark.parametrize(
    ("network", "step"), [(MLP, 1e-2), (BLOCKS, 1e-5), (ntksym.mlp("erf", 1, 1.5, 0.2), 1e-2)]
)
@pytest.mark.parametrize("outputs", [1, 2])
def test_the_kernel_is_that_of_all_differences(network, step, outputs):
    """A step of BLOCKS is short: it must not carry a neuron over the kink of ReLU."""
    net = finite_width(network, 4, seed=3, outputs=outputs)
    J = jacobian(net, np.vstack([X, Y]), step)
    kernel = np.einsum("pik,pjl->ijkl", J, J)
    squeezed = (lambda k: k[:, :, 0, 0]) if outputs == 1 else (lambda k: k)
    assert np.abs(net.ntk(X) - squeezed(kernel[:5, :5])).max() < 1e-8
    assert np.abs(net.ntk(X, Y) - squeezed(kernel[:5, 5:])).max() < 1e-8


@pytest.mark.parametrize("network", [MLP, BLOCKS])
def test_gradients_and_tangents_are_those_of_differences(network):
    net, v = finite_width(network, 4, seed=2, outputs=2), RNG.normal(size=(5, 2))
    J = jacobian(net, X, 1e-5 if network is BLOCKS else 1e-2)
    gradient = net.gradient(X, v)
    assert np.abs(flat(gradient) - np.einsum("pik,ik->p", J, v)).max() < 1e-8
    along = np.einsum("p,pik->ik", flat(gradient), J)
    assert np.abs(net.jvp(X, gradient) - along).max() < 1e-8
    linear = net.linearised()
    assert np.array_equal(linear(X), net(X))
    assert np.abs(linear.moved(gradient)(X) - net(X) - along).max() < 1e-8


def test_the_bias_that_starts_at_0_is_trained():
    """Two layers, linear: f = w²/√n v·(Wx/√d + βb/w) + βc."""
    net = finite_width("identity", 6, depth=2, w_std=1.3, b_std=0.4, bias_init="zero", seed=5)
    (W, b), (v, c) = net.parameters(3)
    assert not b.any()
    assert not c.any()
    hidden = 1.3 / np.sqrt(3) * X @ W.T
    last = 1.3**2 / 6 * hidden @ hidden.T + 0.4**2
    first = (1.3**2 / 3 * X @ X.T + 0.4**2) * (1.3**2 / 6 * np.sum(v**2))
    assert np.allclose(net.ntk(X), first + last, rtol=1e-13)


def test_blocks_do_not_change_the_kernel(monkeypatch):
    net, seen = finite_width(MLP, 30, seed=1, outputs=2), []
    whole = net.ntk(X), net.ntk(X, Y)
    monkeypatch.setattr(room, "MEMORY", 2 * 2 * 2700)
    blocks = net.ntk(X, progress=lambda *at: seen.append(at)), net.ntk(X, Y)
    assert len(seen) > 4
    assert seen[-1][0] == seen[-1][1]
    assert np.array_equal(blocks[0], blocks[0].transpose(1, 0, 3, 2))
    for one, other in zip(whole, blocks, strict=True):
        assert np.allclose(one, other, rtol=1e-12, atol=1e-13)


def test_the_cost_falls_by_the_norm_of_the_kernel():
    """dC/dt = -|∂C/∂θ|² = -|δC/δf|²_K, and the difference of costs along the flow."""
    net, y = finite_width(MLP, 6, seed=4, outputs=2), RNG.normal(size=(5, 2))

    def cost(at):
        return np.sum((at(X) - y) ** 2) / 10

    d = (net(X) - y) / 5
    by_kernel = np.einsum("ik,ijkl,jl->", d, net.ntk(X), d)
    gradient = flat(net.gradient(X, d))
    theta = flat(net.parameters(3))
    along = slope(lambda h: cost(moved(net, theta - h * gradient)), 1e-2)
    assert gradient @ gradient == pytest.approx(by_kernel, rel=1e-12)
    assert along == pytest.approx(-by_kernel, rel=1e-10)


def test_one_step_of_descent_is_the_gradient():
    net, y = finite_width(BLOCKS, 9, seed=4), RNG.normal(size=5)
    done = net.train(X, y, 1, rate=0.1)
    gradient = net.gradient(X, (net(X)[:, 0] - y) / 5)
    expected = flat(net.parameters(3)) - 0.1 * flat(gradient)
    assert np.allclose(flat(done.final.parameters(3)), expected, rtol=1e-13, atol=1e-15)


def test_training_records_what_it_is_asked_for():
    net, y, seen = finite_width(MLP, 8, seed=4, outputs=2), RNG.normal(size=(5, 2)), []
    before = flat(net.parameters(3)).copy()
    done = net.train(
        X, y, 12, test=Y, record=[0, 12], kernels=[0, 5, 12], progress=lambda *at: seen.append(at)
    )
    assert seen == [(k, 12) for k in range(1, 13)]
    assert np.array_equal(flat(net.parameters(3)), before)
    assert done.steps.tolist() == [0, 12]
    assert np.allclose(done.times, done.rate * done.steps)
    assert np.allclose(done.outputs[1], done.final(X), rtol=1e-12)
    assert np.allclose(done.test_outputs[1], done.final(Y), rtol=1e-12)
    assert done.costs == pytest.approx(((done.outputs - y) ** 2).sum((1, 2)) / 10)
    assert done.costs[1] < done.costs[0]
    assert np.array_equal(done.kernels[0], net.ntk(X))
    assert np.allclose(done.kernels[2], done.final.ntk(X), rtol=1e-12)
    K = net.ntk(X).transpose(0, 2, 1, 3).reshape(10, 10)
    assert done.rate == pytest.approx(5 / np.linalg.eigvalsh(K)[-1])


def test_the_linearised_network_follows_its_linear_equation():
    """f_s - y = (1 - rate K/n)^s (f_0 - y) on the data, and the parameters give the same."""
    net, y = finite_width(MLP, 8, seed=4), RNG.normal(size=(5, 1))
    done = net.linearised().train(X, y, 40, test=Y)
    step = np.eye(5) - done.rate * net.ntk(X) / 5
    expected = y + np.linalg.matrix_power(step, 40) @ (net(X) - y)
    assert np.allclose(done.outputs[-1], expected, rtol=1e-11, atol=1e-12)
    assert np.allclose(done.final(X), done.outputs[-1], rtol=1e-11, atol=1e-12)
    assert np.allclose(done.final(Y), done.test_outputs[-1], rtol=1e-11, atol=1e-12)
    actual = net.train(X, y, 40, rate=done.rate)
    assert np.abs(actual.outputs[-1] - done.outputs[-1]).max() > 1e-3


def test_a_loss_of_ones_own():
    def logistic(f, y):
        return float(np.log1p(np.exp(-y * f)).mean()), -y / (1 + np.exp(y * f)) / len(f)

    net, y = finite_width("relu", 16, depth=3, seed=1), np.sign(RNG.normal(size=(5, 1)))
    done = net.train(X, y, 200, rate=0.5, loss=logistic)
    assert done.costs[-1] < done.costs[0] / 2
    with pytest.raises(ValueError, match="rate: expected a number beside a loss"):
        net.train(X, y, 5, loss=logistic)


def test_divergence_is_told():
    net = finite_width("identity", 16, depth=3, seed=1)
    for kind in (net, net.linearised()):
        with pytest.raises(ArithmeticError, match="rate: expected less than 2/"):
            kind.train(X, X[:, 0], 1000, rate=100.0)


def test_single_precision_is_the_same_network():
    double, single = (finite_width(MLP, 300, seed=1, dtype=d) for d in ("f8", "f4"))
    assert single(X).dtype == single.ntk(X).dtype == np.float32
    assert np.allclose(double(X), single(X), rtol=1e-4, atol=1e-5)
    assert np.allclose(double.ntk(X), single.ntk(X), rtol=1e-5)
    trained = [net.train(X, X[:, 0], 10, rate=0.1).outputs for net in (double, single)]
    assert np.allclose(*trained, rtol=1e-3, atol=1e-4)


def test_more_coordinates_leave_the_weights_of_the_others():
    net = finite_width("relu", 20, depth=3, seed=1)
    wide = np.hstack([X, np.zeros((5, 1))]) * np.sqrt(4 / 3)
    assert np.allclose(net(X), net(wide), rtol=1e-13)


def test_all_weights_are_independent_standard_normal_numbers():
    """By layers and by blocks of rows, at 5 standard errors; the whole by Kolmogorov-Smirnov."""
    net = finite_width("relu", 600, depth=4, seed=1)
    weights = [W for W, _ in net.parameters(3)[:3]]
    parts = [W[at : at + 88].ravel()[:264] for W in weights for at in (0, 256, 512)]
    assert len(parts) == 9
    shared = np.corrcoef(parts) - np.eye(9)
    assert np.abs(shared).max() < 5 / np.sqrt(264)
    numbers = np.concatenate([W.ravel() for W, _ in net.parameters(3)])
    assert kstest(numbers, "norm").pvalue > 1e-3
    assert kstest(np.concatenate([b for _, b in net.parameters(3)]), "norm").pvalue > 1e-3


def test_an_ensemble_does_not_depend_on_its_threads():
    sets = [
        ensemble(lambda net: net.ntk(X), "erf", 1100, 3, depth=3, seed=7, workers=n) for n in (1, 3)
    ]
    assert np.array_equal(*sets)
    one = finite_width("erf", 1100, depth=3, seed=np.random.SeedSequence(7).spawn(2)[1])
    assert np.allclose(sets[0][1], one.ntk(X), rtol=1e-12)
    assert not np.allclose(sets[0][0], sets[0][1], rtol=1e-3)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: finite_width("relu", 0, depth=2), "width: expected at least 1, got 0"),
        (lambda: finite_width("relu", 2.5, depth=2), "width: expected an integer, got 2.5"),
        (lambda: finite_width("relu", 4, depth=2, outputs=0), "outputs: expected at least 1"),
        (lambda: finite_width("relu", 4, depth=2, dtype="i4"), "dtype: expected float64 or"),
        (lambda: finite_width("relu", 4, depth=2, seed=-1), "seed: expected at least 0"),
        (lambda: finite_width("relu", 4, depth=2, seed="a"), "seed: expected an integer"),
        (lambda: finite_width("step", 4, depth=2), "step: expected a continuous activation"),
        (lambda: finite_width("relu", 4), "depth: expected the number of affine layers"),
        (
            lambda: finite_width(ntksym.serial(ntksym.Dense(), ntksym.Elementwise("relu")), 4),
            "network: expected a Dense as the last layer",
        ),
        (lambda: finite_width(MLP, 4)(X[0]), r"X: expected shape \(n, d\)"),
        (lambda: finite_width(MLP, 4).ntk(X, Y[:, :2]), "Y: expected 3 columns as in X"),
        (lambda: finite_width(MLP, 4).gradient(X, Y), r"cotangents: expected shape \(5, 1\)"),
        (lambda: finite_width(MLP, 4).train(X, Y[0], 3), r"y: expected shape \(5, 1\)"),
        (lambda: finite_width(MLP, 4).train(X, X[:, 0], -1), "steps: expected at least 0"),
        (lambda: finite_width(MLP, 4).train(X, X[:, 0], 3, rate=0.0), "rate: expected a finite"),
        (
            lambda: finite_width(MLP, 4).train(X, X[:, 0], 3, record=[4]),
            "record: expected steps from 0 to 3",
        ),
        (
            lambda: finite_width(MLP, 4).train(X, X[:, 0], 1).final(X[:, :2]),
            "X: expected 3 columns as in training, got 2",
        ),
        (lambda: ensemble(np.asarray, MLP, 4, 0), "count: expected at least 1"),
    ],
)
def test_bad_arguments(call, message):
    with pytest.raises((ValueError, TypeError), match=message):
        call()
