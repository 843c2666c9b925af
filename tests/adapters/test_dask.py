"""Tiles as Dask arrays and in Zarr, and the regression on them, in threads of this process."""

import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from threading import Lock

import dask
import dask.array as da
import numpy as np
import pytest
import scipy.linalg
import zarr
from scipy.sparse.linalg import LinearOperator, cg

import ntksym
from ntksym.adapters.dask import factorization, iteration, products, stores
from ntksym.adapters.dask.blocks import upper
from ntksym.adapters.dask.preconditioner import low_rank, preconditioner
from ntksym.kernel import Kernel

RNG = np.random.default_rng(3)
X, Y, V = RNG.normal(size=(90, 3)), RNG.normal(size=(50, 3)), RNG.normal(size=(90, 2))
KERNEL = ntksym.ntk("relu", depth=3, b_std=0.1)
DEFINITION = {"kernel": KERNEL, "X": X, "chunk": 40}


@pytest.fixture
def shapes(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[int, int]]]:
    """The shape of each Gram matrix that is computed from here on."""
    found: list[tuple[int, int]] = []
    original, lock = Kernel.__call__, Lock()

    def call(self: Kernel, *arguments: object, **options: object) -> np.ndarray:
        matrix = original(self, *arguments, **options)
        with lock:
            found.append(matrix.shape)
        return matrix

    monkeypatch.setattr(Kernel, "__call__", call)
    return found


def test_tiles_are_those_of_the_kernel_each_once(shapes) -> None:
    lazy = ntksym.dask.gram(KERNEL, X, chunk=40)
    assert (lazy.shape, lazy.chunks, shapes) == ((90, 90), ((40, 40, 10), (40, 40, 10)), [])
    matrix = lazy.compute()
    pairs = [(40, 40), (40, 40), (40, 40), (40, 10), (40, 10), (10, 10)]
    assert sorted(shapes) == sorted(pairs)
    np.testing.assert_allclose(matrix, KERNEL(X), rtol=1e-14)
    np.testing.assert_array_equal(matrix, matrix.T)
    np.testing.assert_array_equal(matrix[:40, 80:], KERNEL(X[:40], X[80:]))
    del shapes[:]
    lazy[85:, :5].compute()
    assert shapes == [(40, 10)]  # the transposed one, and no other


def test_names_tell_kernels_and_points_apart() -> None:
    def name(kernel=KERNEL, points=X, chunk=40, other=None):
        return ntksym.dask.gram(kernel, points, other, chunk=chunk).name

    same = ntksym.ntk(ntksym.mlp("relu", 3, b_std=0.1))
    assert name() == name(same, X.copy()) == name(points=X.tolist())
    different = [
        name(), name(ntksym.nngp("relu", depth=3, b_std=0.1)), name(ntksym.ntk("erf", depth=3)),
        name(points=X + 0.0 * X[::-1] + 1e-9), name(chunk=30), name(other=X),
        name(ntksym.ntk("relu", depth=3, b_std=0.1, bias_init="zero")),
    ]  # fmt: skip
    assert len(set(different)) == len(different)


def test_rectangles_and_points_that_are_read_in_blocks() -> None:
    rows = da.from_array(X, chunks=(17, 2))
    found = ntksym.dask.gram(KERNEL, rows, Y.astype(np.float32), chunk=32)
    np.testing.assert_allclose(found, KERNEL(X, Y.astype(np.float32)), rtol=1e-14)
    bad = ntksym.dask.gram(KERNEL, da.where(rows > 2, np.nan, rows), chunk=32)
    with pytest.raises(ValueError, match="X: expected finite numbers, got nan"):
        bad.compute()


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ({"kernel": "relu"}, TypeError, "kernel: expected a Kernel, got str"),
        ({"chunk": 0}, ValueError, "chunk: expected at least 1 row, got 0"),
        ({"chunk": 2.5}, TypeError, "chunk: expected an integer, got float"),
        ({"X": X[0]}, ValueError, r"X: expected shape \(n, d\)"),
        ({"X": np.full((2, 2), np.inf)}, ValueError, "X: expected finite numbers, got inf"),
        ({"X": X.astype(complex)}, TypeError, "X: expected real numbers, got dtype complex128"),
    ],
)
def test_bad_arguments(tmp_path: Path, arguments, error, says) -> None:
    with pytest.raises(error, match=says):
        ntksym.dask.gram(**DEFINITION | arguments)
    with pytest.raises(error, match=says):
        ntksym.dask.store(**DEFINITION | arguments, path=tmp_path / "K")
    with pytest.raises(ValueError, match="Y: expected 3 columns as in X"):
        ntksym.dask.gram(KERNEL, X, X[:, :2])


def test_a_store_goes_on_where_it_was_killed(tmp_path: Path, shapes) -> None:
    """Killed by an exception; half a file and no file are computed again, the others are not."""
    told = []

    def kill(what: str, done: int, total: int) -> None:
        told.append((what, done, total))
        if done == 2:
            raise KeyboardInterrupt

    alone = dask.config.set(scheduler="synchronous")  # nothing is still under way after it
    with alone, pytest.raises(KeyboardInterrupt):
        ntksym.dask.store(**DEFINITION, path=tmp_path, progress=kill)
    assert told == [("tiles", 1, 6), ("tiles", 2, 6)]
    with pytest.raises(ValueError, match=r"path: . of 6 tiles are in .*; call store again"):
        ntksym.dask.from_zarr(tmp_path)
    there = zarr.open_array(tmp_path, path="gram").nchunks_initialized
    assert there == 2
    del shapes[:]
    array = ntksym.dask.store(**DEFINITION, path=tmp_path)
    assert len(shapes) == 6 - there
    half, none = tmp_path / "gram/c/0/2", tmp_path / "gram/c/1/1"
    half.write_bytes(half.read_bytes()[:1000])
    none.unlink()
    del shapes[:]
    array = ntksym.dask.store(**DEFINITION, path=tmp_path)
    assert sorted(shapes) == [(40, 10), (40, 40)]
    matrix = ntksym.dask.from_zarr(tmp_path).compute()
    np.testing.assert_array_equal(matrix, ntksym.dask.gram(**DEFINITION).compute())
    np.testing.assert_array_equal(array[:40], matrix[:40])
    assert np.isnan(array[40:, :40]).all()


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"X": X + 1e-15}, "points"),
        ({"X": X[:-1]}, "points"),
        ({"chunk": 41}, "chunk"),
        ({"kernel": ntksym.ntk("relu", depth=3, b_std=0.1 + 1e-15)}, "kernel"),
    ],
)
def test_another_kernel_or_other_points_are_refused(tmp_path, shapes, changed, what) -> None:
    ntksym.dask.store(**DEFINITION, path=tmp_path)
    del shapes[:]
    with pytest.raises(ValueError, match=f"was begun with another {what}"):
        ntksym.dask.store(**DEFINITION | changed, path=tmp_path)
    assert shapes == []


@pytest.mark.parametrize("ridge", [0.0, 0.3])
def test_the_decomposition_of_stored_tiles_is_that_of_scipy(tmp_path: Path, ridge) -> None:
    with pytest.raises(ValueError, match="path: expected a folder that store has written"):
        ntksym.dask.cholesky(tmp_path)
    ntksym.dask.store(**DEFINITION, path=tmp_path)
    told = []
    factor = ntksym.dask.cholesky(tmp_path, ridge, progress=lambda *given: told.append(given))
    assert told[-1] == ("Cholesky", 6, 6)
    matrix = KERNEL(X) + ridge * np.eye(90)
    found = zarr.open_array(tmp_path, path=factor.name)[:]
    wanted = scipy.linalg.cholesky(matrix)
    np.testing.assert_allclose(np.triu(np.nan_to_num(found)), wanted, atol=1e-12)
    scale = np.linalg.cond(matrix) * 1e-14
    solved = np.linalg.solve(matrix, V)
    assert np.abs(factor.solve(V) - solved).max() < scale * np.abs(solved).max()
    assert factor.log_determinant() == pytest.approx(np.linalg.slogdet(matrix)[1], rel=1e-10)


def test_a_decomposition_goes_on_and_a_singular_matrix_is_told(tmp_path: Path, monkeypatch) -> None:
    ntksym.dask.store(**DEFINITION | {"X": X[[*range(89), 0]]}, path=tmp_path)
    factor = ntksym.dask.cholesky(tmp_path, 0.1)
    Path(factor.folder, factor.name, "c/1/2").unlink()
    written = []
    original = stores.write
    spy = lambda *given: written.append(given[2:4]) or original(*given)  # noqa: E731
    monkeypatch.setattr("ntksym.adapters.dask.factorization.write", spy)
    ntksym.dask.cholesky(tmp_path, 0.1)
    assert written == [(1, 2)]
    with pytest.raises(
        scipy.linalg.LinAlgError, match=r"ridge: K .* not positive definite .* block 2"
    ):
        ntksym.dask.cholesky(tmp_path)


def test_a_product_forms_each_pair_once(monkeypatch: pytest.MonkeyPatch, shapes) -> None:
    monkeypatch.setattr(products, "SIDE", 32)
    told = []
    found = ntksym.dask.matmul(KERNEL, X, V, chunk=40, progress=lambda *g: told.append(g))
    np.testing.assert_allclose(found, KERNEL(X) @ V, rtol=1e-12)
    pairs = 40 * 40 + 2 * 40 * 10
    assert told[-1] == ("product", 3, 3)
    assert sum(rows * columns for rows, columns in shapes if rows != 90) == pairs
    found = ntksym.dask.matmul(KERNEL, Y, V[:, 0], X, chunk=40)
    np.testing.assert_allclose(found, KERNEL(Y, X) @ V[:, 0], rtol=1e-12)


def test_rows_drawn_at_random_give_a_low_rank_part() -> None:
    factor, left = low_rank(KERNEL, X, 30, seed=0)
    rest = KERNEL(X) - factor @ factor.T
    np.testing.assert_allclose(rest.diagonal(), left, atol=1e-10)
    assert np.linalg.eigvalsh(rest)[0] > -1e-10
    values = np.linalg.eigvalsh(KERNEL(X))
    assert np.trace(rest) < 3 * values[:-30].sum()  # near the best of that rank
    twice = np.vstack([X[:5], X[:5]])
    assert low_rank(KERNEL, twice, 10, seed=0)[0].shape == (10, 5)
    inverse = preconditioner(KERNEL, X, 0.2, 30, 0, None)
    wanted = np.linalg.solve(factor @ factor.T + 0.2 * np.eye(90), V)
    np.testing.assert_allclose(inverse(V), wanted, atol=1e-10)


def test_conjugate_gradients_solve_and_the_preconditioner_helps() -> None:
    matrix = KERNEL(X) + 0.1 * np.eye(90)
    options = {"rtol": 1e-8, "chunk": 50}
    found = ntksym.dask.conjugate_gradients(KERNEL, X, V, 0.1, rank=40, **options)
    plain = ntksym.dask.conjugate_gradients(KERNEL, X, V, 0.1, rank=0, **options)
    wanted = np.linalg.solve(matrix, V)
    for solution in (found, plain):
        assert solution.converged
        residual = np.linalg.norm(V - matrix @ solution.weights, axis=0) / np.linalg.norm(V, axis=0)
        np.testing.assert_allclose(solution.residual, residual, rtol=1e-3)
        assert solution.residual.max() <= 1e-8
        np.testing.assert_allclose(solution.weights, wanted, atol=1e-6)
    assert 2 * found.iterations < plain.iterations


def test_the_recursion_is_that_of_scipy() -> None:
    matrix, b, seen = KERNEL(X) + 0.5 * np.eye(90), V[:, :1], []
    inverse = preconditioner(KERNEL, X, 0.5, 10, 0, None)
    precondition = LinearOperator(matrix.shape, lambda v: inverse(v.reshape(-1, 1))[:, 0])
    cg(matrix, b[:, 0], M=precondition, rtol=0, maxiter=7, callback=lambda x: seen.append(x.copy()))
    x, _, n = iteration.iterate(lambda v: matrix @ v, inverse, b, 0.0, 8, None)
    assert n == 8
    np.testing.assert_allclose(x[:, 0], seen[-1], rtol=1e-8)


def test_what_does_not_converge_is_told() -> None:
    with pytest.warns(RuntimeWarning, match="residual .* after 3 products, expected 1.0e-12"):
        short = ntksym.dask.conjugate_gradients(KERNEL, X, V, 0.1, rtol=1e-12, maxiter=3)
    assert not short.converged
    with pytest.warns(RuntimeWarning, match="expected 0.0e"):  # below what doubles can give
        ntksym.dask.conjugate_gradients(KERNEL, X, V, 0.1, rtol=0, rank=80, maxiter=60)
    zero = ntksym.dask.conjugate_gradients(KERNEL, X, np.zeros(90), 0.1)
    assert (zero.converged, zero.iterations, np.abs(zero.weights).max()) == (True, 0, 0)


def test_both_ways_of_regression_agree(tmp_path: Path) -> None:
    model = ntksym.KernelRegression(KERNEL, 0.1).fit(X, V)
    for path in (None, tmp_path):
        found = ntksym.dask.KernelRegression(KERNEL, 0.1, path, chunk=40, rtol=1e-12)
        with pytest.raises(ValueError, match=r"expected fit\(X, y\) before"):
            found.predict(Y)
        np.testing.assert_allclose(found.fit(X, V).predict(Y), model.predict(Y), atol=1e-9)


def test_memory_of_a_task_is_what_is_stated(tmp_path: Path) -> None:
    points, chunk = RNG.normal(size=(1500, 3)), 500
    tile, few = 8 * chunk**2, 2**19
    KERNEL(points, points[:9])  # what is compiled is loaded
    folder = str(tmp_path)
    stores.begun(folder, KERNEL, points, chunk)

    def peak(function, *arguments) -> int:
        tracemalloc.start()
        function(*arguments)
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size

    for i, j in ((0, 0), (0, 1), (1, 1)):
        assert peak(stores._compute, KERNEL, folder, i, j) <= 4 * tile + few
        stores._compute(KERNEL, folder, i, j)
    ntksym.dask.store(KERNEL, points, folder, chunk=chunk)
    stores.created(zarr.open_group(folder), "R", (len(points),) * 2, (chunk, chunk))
    for i, j in upper(3):
        assert tile < peak(factorization._compute, folder, "R", i, j, 0.1, []) <= 7 * tile + few
    part = 8 * products.SIDE**2
    vectors = RNG.normal(size=(4000, 1))
    several = RNG.normal(size=(4000, 3))
    used = peak(products._both, KERNEL, several, several, vectors, vectors)
    assert part < used <= 3 * part + few
