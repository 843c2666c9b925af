"""Gram matrices against neural-tangents 0.6.5 (provenance in README.md)."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from ntksym import Kernel, nngp, ntk

with np.load(Path(__file__).parent / "neural_tangents.npz") as file:
    ORACLE = dict(file)
NETWORKS = sorted(key for key in ORACLE if "|" in key)


def test_the_oracle_has_all_networks() -> None:
    assert {key.split("|")[0] for key in NETWORKS} == {"relu", "erf", "gelu", "sin"}
    assert len(NETWORKS) == 4 * 4 * 2 * 2 * 2  # activation, depth, bias, kind, XX or XY


@cache
def kernel_of(name: str, depth: str, w_std: str, b_std: str, kind: str) -> Kernel:
    make = {"ntk": ntk, "nngp": nngp}[kind]
    return make(name, depth=int(depth), w_std=float(w_std), b_std=float(b_std))


@pytest.mark.parametrize("key", NETWORKS)
def test_gram_matrix(key: str) -> None:
    *network, which = key.split("|")
    kernel = kernel_of(*network)
    x, y = ORACLE["X"], None if which == "XX" else ORACLE["Y"]
    scale = np.sqrt(np.outer(kernel.diag(x), kernel.diag(x if y is None else y)))
    error = np.abs(kernel(x, y) - ORACLE[key])
    allowed = np.maximum(1e-12 * np.abs(ORACLE[key]), 16 * 2**-52 * scale)  # near sign changes
    if which == "XX":
        np.fill_diagonal(allowed, 1e-7 * scale.diagonal())  # their own error
    assert (error <= allowed).all(), (error / allowed).max()
