"""A network's stages as lines: the body of the exported function."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sympy import Expr, Float, Symbol

from ntksym.lowering.export.functions import (
    KEPT,
    START,
    affine,
    covariance,
    join,
    minus,
    plus,
)
from ntksym.lowering.export.routine import Assign, Line, Repeat, Routine
from ntksym.lowering.stages import Stage


@dataclass(frozen=True)
class Body:
    """Lines from ``near``, ``way``, ``s1``, ``s2`` to ``result``; w_std and b_std are arguments.

    These are one number each, or of several ``affine`` layers the k-th is the symbol ``w_std[k]``.
    """

    lines: tuple[Line, ...]
    result: Expr
    routines: tuple[Routine, ...]
    w_std: tuple[float, ...]
    b_std: tuple[float, ...]


def hyper(name: str, k: int, count: int) -> Symbol:
    """The k-th of ``count`` hyperparameters; all layers share one where ``count`` is 1."""
    return Symbol(name if count == 1 else f"{name}[{k}]", real=True)


def body(stages: Sequence[Stage], layers: Mapping[Any, Routine], tangent: bool) -> Body:
    """The lines of all stages; equal ones that follow each other are a loop."""
    dense = [stage.affine for stage in stages if stage.affine]
    pairs = [(float(one.w_std), float(one.b_std)) for one in dense]
    pairs = pairs[:1] if len(set(pairs)) == 1 else pairs
    w_std, b_std = zip(*pairs, strict=True)
    writer = _Writer(layers, tangent, len(pairs))
    blocks = [tuple(writer.stage(stage)) for stage in stages]
    lines: list[Line] = [START.call(["minus", "plus"])]
    lines += [Assign("theta", Float(0))] if tangent else []
    for block, same in groupby(blocks):
        count = len(list(same))
        lines += [Repeat(count, block)] if count > 1 and block else list(block) * count
    result = Symbol("theta") if tangent else covariance(minus, plus)
    return Body(tuple(lines), result, tuple(writer.used), w_std, b_std)


class _Writer:
    def __init__(self, layers: Mapping[Any, Routine], tangent: bool, count: int) -> None:
        self.layers, self.tangent, self.count = layers, tangent, count
        self.used: dict[Routine, None] = {START: None}
        self.dense = self.depth = 0

    def stage(self, stage: Stage) -> Iterator[Line]:
        if stage.kind == "fork":
            self.depth += 1
            yield from (Assign(self.kept(name), Symbol(name)) for name in self.names())
        elif stage.kind == "join":
            yield from self.joined()
        if stage.activation is not None:
            yield self.called(self.layers[stage.activation], ("size1", "size2"), {})
        if stage.affine is not None:
            of = affine(stage.affine.random_bias, self.tangent)
            at = {name[0]: hyper(name, self.dense, self.count) for name in ("w_std", "b_std")}
            self.dense += 1
            yield self.called(of, ("t1", "t2"), at)

    def called(self, of: Routine, sizes: tuple[str, str], at: dict[str, Expr]) -> Line:
        """The state through a routine, whose names for the sizes before it are ``sizes``."""
        self.used[of] = None
        state = {"less": "minus", "more": "plus", "kernel": "theta", "after1": "s1", "after2": "s2"}
        given = {size: Symbol(f"s{n}") for n, size in enumerate(sizes, 1)}
        return of.call([state.get(name, name) for name in of.results], given | at)

    def names(self) -> list[str]:
        return [name for name in KEPT if name != "theta" or self.tangent]

    def kept(self, name: str) -> str:
        return f"kept{self.depth}_{name}"

    def joined(self) -> Iterator[Line]:
        given = {f"kept_{name}": Symbol(self.kept(name)) for name in self.names()}
        yield self.called(join(), ("s1", "s2"), given)
        if self.tangent:
            yield Assign("theta", Symbol("theta") + Symbol(self.kept("theta")))
        self.depth -= 1
