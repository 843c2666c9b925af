"""Gram matrices against neural-tangents 0.6.5 (provenance in README.md)."""

from pathlib import Path

import numpy as np
import pytest

from ntksym import nngp, ntk

with np.load(Path(__file__).parent / "neural_tangents.npz") as file:
    ORACLE = dict(file)
NETWORKS = sorted(key for key in ORACLE if "|" in key)


def test_the_oracle_has_all_networks() -> None:
    assert len(NETWORKS) == 2 * 4 * 2 * 2 * 2  # activation, depth, bias, kind, XX or XY


@pytest.mark.parametrize("key", NETWORKS)
def test_gram_matrix(key: str) -> None:
    name, depth, w_std, b_std, kind, which = key.split("|")
    make = {"ntk": ntk, "nngp": nngp}[kind]
    kernel = make(name, depth=int(depth), w_std=float(w_std), b_std=float(b_std))
    x, y = ORACLE["X"], None if which == "XX" else ORACLE["Y"]
    error = np.abs(kernel(x, y) / ORACLE[key] - 1)
    allowed = np.full(error.shape, 1e-12)
    if which == "XX":
        np.fill_diagonal(allowed, 1e-7)  # their own error
    assert (error <= allowed).all(), error.max()
