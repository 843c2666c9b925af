r"""R^d without a random bias in the first layer: a form that vanishes has its weights at 0 alone.

If :math:`\sum_ic_i\sigma(\xi\cdot x_i)=0` for almost every ξ, then on each line through 0 the sum
over its points is a polynomial. Three ways lead from there to all :math:`c_i=0`, :math:`x_i\ne0`:
neither half of σ has dependent dilates; or no two points are proportional once σ was applied, and a
second activation follows; or a bias is trained, so that :math:`\sum_ic_i\sigma'(\xi\cdot x_i)=0`.
"""

from collections.abc import Callable

from ntksym.networks import Dense
from ntksym.theorems.activations import Undecided
from ntksym.theorems.argument import Line
from ntksym.theorems.case import Case
from ntksym.theorems.space import sentences

Proof = tuple[Line, ...]


def proof(case: Case) -> Proof | None:
    """The proof; ``None`` where none of the three ways leads on. May raise :class:`Undecided`."""
    first, *others = case.order
    if not (case.plain and case.weighted) or case.starts_random:
        return None
    if first.is_polynomial or any(shape.is_constant for shape in others):
        return None
    if case.tangent and not isinstance(case.kernel.network.layers[-1], Dense):
        return None
    doubt: Undecided | None = None
    for way in WAYS:
        try:
            if lines := way(case):
                return lines
        except Undecided as error:
            doubt = error
    if doubt is not None:
        raise doubt
    return None


def _dilates(case: Case) -> Proof | None:
    """Both halves of σ have independent dilates."""
    first = case.order[0]
    if not all(part.independent for part in first.dilates):
        return None
    return (
        *sentences.parts(first),
        *sentences.on_lines(),
        sentences.both_weights(),
        sentences.layers(),
        *sentences.tangent(case),
    )


def _pairs(case: Case) -> Proof | None:
    """No two points are proportional before the second activation, which is no polynomial."""
    if len(case.order) < 2 or case.order[1].is_polynomial:
        return None
    told = _apart(case)
    if told is None:
        return None
    return (told, sentences.ridges(), sentences.layers(), *sentences.tangent(case))


def _apart(case: Case) -> Line | None:
    """Why σ(ξ·x), with a bias or without, tells points of a line from each other."""
    shape = case.order[0]
    even, odd = (part.powers for part in shape.dilates)
    if odd == frozenset() or (even == frozenset() and not _shifted(case)):
        return None
    powers = even, odd
    known = frozenset[int]().union(*(p for p in powers if p is not None))
    if None not in powers and (known <= {0} if _shifted(case) else len(known) == 1):
        return None
    return sentences.apart(shape, shifted=_shifted(case))


def _shifted(case: Case) -> bool:
    """Whether a random bias stands before the second activation."""
    return any(map(case.random_bias, case.blocks[1]))


def _trained(case: Case) -> Proof | None:
    """The bias before σ is trained, and one half of σ has independent dilates."""
    first = case.order[0]
    if not case.tangent or not any(map(case.biased, case.blocks[0])):
        return None
    if not any(part.independent for part in first.dilates):
        return None
    deep = (sentences.schur(),) if len(case.order) > 1 else ()
    return (*sentences.parts(first), *sentences.on_lines(), sentences.trained(), *deep)


WAYS: tuple[Callable[[Case], Proof | None], ...] = (_dilates, _pairs, _trained)
