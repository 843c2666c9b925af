"""Gram matrices in Zarr: tiles written as they finish, by the workers that computed them.

A store is a folder with a Zarr group: ``points`` (n, d), and ``gram`` (n, n), a chunk for each tile
on and above the diagonal. A tile below is not stored (as an array it reads NaN); ``from_zarr``
transposes. Zarr renames a finished file into place and writes a checksum with it: a tile whose file
is there and reads well is finished, and nothing else needs to be recorded.
"""

from hashlib import sha256
from pathlib import Path
from typing import Any

import dask.array as da
import numpy as np
import zarr
from dask.base import tokenize
from zarr.codecs import Crc32cCodec

from ntksym.adapters.dask.blocks import CHUNK, check, digest, rectangle, slices, tile, upper
from ntksym.adapters.dask.cluster import results, shared, task
from ntksym.kernel import Kernel
from ntksym.lowering.inputs import array
from ntksym.numerics.regression.factor import Progress


def store(
    kernel: Kernel,
    X: Any,
    path: str | Path,
    *,
    chunk: int = CHUNK,
    progress: Progress | None = None,
) -> "zarr.Array[Any]":
    """Write K(X, X) to the folder ``path`` and return it: a Zarr array (n, n), upper tiles only.

    Called again after it was killed it computes what is missing; each tile that is there is read
    and its checksum compared. ValueError where the folder was begun with another kernel, version,
    chunk or other points, before any work. X (n, d) is an array, or anything with a shape and
    slices (Dask, Zarr), read block by block. Workers need the folder under the same name.

    A worker holds, for each of its threads, at most 4 tiles (4·8·chunk² bytes) and two blocks of
    points. ``progress("tiles", done, total)``.
    """
    check(kernel, chunk)
    found = rectangle("X", X)
    folder = str(Path(path).absolute())
    begun(folder, kernel, found, chunk)
    (of,) = shared(kernel)
    tiles = upper(len(slices(found.shape[0], chunk)))
    results([task(_compute, of, folder, i, j) for i, j in tiles], "tiles", progress)
    return opened(folder, "gram")


def from_zarr(path: str | Path) -> da.Array:
    """The symmetric matrix that ``store`` has written, as a lazy Dask array (n, n).

    ValueError where tiles are missing.
    """
    folder = str(Path(path).absolute())
    matrix = complete(folder)
    name = "gram-zarr-" + tokenize(folder, dict(matrix.attrs))
    tasks: dict[Any, Any] = {}
    for i, j in upper(matrix.cdata_shape[0]):
        tasks[name, j, i] = np.transpose, (name, i, j)
        tasks[name, i, j] = read, folder, "gram", i, j
    sizes = tuple(s.stop - s.start for s in slices(matrix.shape[0], matrix.chunks[0]))
    return da.Array(tasks, name, (sizes, sizes), dtype=np.float64)


def begun(folder: str, kernel: Kernel, X: Any, chunk: int) -> None:
    """Points and an empty array in the folder, or, where there are some, the same ones."""
    blocks = slices(X.shape[0], chunk)
    group = zarr.open_group(folder, mode="a")
    new = "gram" not in group
    if new:
        copy = created(group, "points", X.shape, (chunk, X.shape[1]))
    hashed = sha256()
    for k, rows in enumerate(blocks):
        block = array("X", np.asarray(X[rows]))
        hashed.update(block.tobytes())
        if new:
            copy.set_block_selection((k, 0), block)
    wanted = {
        "kernel": digest(kernel), "points": hashed.hexdigest(), "shape": list(X.shape),
        "chunk": chunk,
    }  # fmt: skip
    if new:
        square = X.shape[0], X.shape[0]
        created(group, "gram", square, (chunk, chunk), wanted | {"network": repr(kernel)})
    there = dict(group["gram"].attrs)
    for key, value in wanted.items():
        if there.get(key) != value:
            raise ValueError(
                f"path: {folder} was begun with another {key} (or version of ntksym): "
                f"expected {value}, got {there.get(key)}; choose another folder"
            )


def created(group: zarr.Group, name: str, shape: Any, chunks: Any, attributes: Any = None) -> Any:
    """An array of doubles with a checksum for each chunk; an older one of that name goes."""
    return group.create_array(
        name, shape=shape, chunks=chunks, dtype="float64", fill_value=float("nan"),
        compressors=[Crc32cCodec()], attributes=attributes, overwrite=True,
    )  # fmt: skip


def opened(folder: str, name: str) -> Any:
    return zarr.open_array(folder, path=name, mode="r+")


def complete(folder: str) -> Any:
    """The Gram matrix in the folder; ValueError unless all of its tiles are there."""
    try:
        matrix: Any = zarr.open_array(folder, path="gram", mode="r")
    except FileNotFoundError:
        raise ValueError(f"path: expected a folder that store has written, got {folder}") from None
    there, tiles = matrix.nchunks_initialized, len(upper(matrix.cdata_shape[0]))
    if there < tiles:
        raise ValueError(f"path: {there} of {tiles} tiles are in {folder}; call store again")
    return matrix


def finished(folder: str, name: str, i: int, j: int) -> bool:
    """Whether the tile is there, with the right checksum; half a tile is not."""
    matrix = opened(folder, name)
    if not Path(folder, name, matrix.metadata.encode_chunk_key((i, j))).exists():
        return False
    try:
        matrix.get_block_selection((i, j))
    except ValueError:
        return False
    return True


def read(folder: str, name: str, i: int, j: int) -> Any:
    return opened(folder, name).get_block_selection((i, j))


def write(folder: str, name: str, i: int, j: int, value: np.ndarray) -> None:
    opened(folder, name).set_block_selection((i, j), value)


def _compute(kernel: Kernel, folder: str, i: int, j: int) -> None:
    if not finished(folder, "gram", i, j):
        x, y = read(folder, "points", i, 0), read(folder, "points", j, 0)
        write(folder, "gram", i, j, tile(kernel, x, None if i == j else y))
