r"""``Support``: the degrees with a coefficient above 0 of a power series with none below 0.

Nothing cancels, so that supports add and multiply as the series do:

.. math:: S(f+g)=S(f)\cup S(g),\qquad S(fg)=S(f)+S(g),\qquad
    S\Bigl(\sum_{k\in H}a_kf^k\Bigr)=\bigcup_{k\in H}kS(f),\quad kS=S+\dots+S.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ntksym.theorems.activations import Undecided

LARGEST_DEGREE = 100_000
Half = frozenset[int] | None
"""The degrees of one parity; ``None``: infinitely many."""


@dataclass(frozen=True)
class Support:
    """Of each parity the degrees, or ``None`` for infinitely many of them.

    >>> relu = Support(None, frozenset({1}))
    >>> relu + Support.of(1)
    Support(even=frozenset({2}), odd=None)
    >>> str(relu.composed(Support.of(0, 1)))
    'infinitely many even degrees and infinitely many odd degrees'
    """

    even: Half
    odd: Half

    @classmethod
    def of(cls, *degrees: int) -> "Support":
        for degree in degrees:
            if degree > LARGEST_DEGREE:
                raise Undecided(f"degrees beyond {LARGEST_DEGREE} are not written out")
        return cls(*(frozenset(k for k in degrees if k % 2 == parity) for parity in (0, 1)))

    @property
    def halves(self) -> tuple[Half, Half]:
        return self.even, self.odd

    @property
    def finite(self) -> bool:
        return self.even is not None and self.odd is not None

    @property
    def degrees(self) -> frozenset[int]:
        """The degrees that are known one by one."""
        return (self.even or frozenset()) | (self.odd or frozenset())

    @property
    def is_empty(self) -> bool:
        return self.finite and not self.degrees

    def reaches(self, degree: int) -> bool:
        """Whether the degree or a higher one of its parity occurs: its eigenvalue is not 0."""
        half = self.halves[degree % 2]
        return half is None or max(half, default=-1) >= degree

    def __or__(self, other: "Support") -> "Support":
        even, odd = (
            None if a is None or b is None else a | b
            for a, b in zip(self.halves, other.halves, strict=True)
        )
        return Support(even, odd)

    def __add__(self, other: "Support") -> "Support":
        """The degrees of a product of series."""
        a, b = self.halves, other.halves
        even = _join(_sums(a[0], b[0]), _sums(a[1], b[1]))
        odd = _join(_sums(a[0], b[1]), _sums(a[1], b[0]))
        return Support(even, odd)

    def composed(self, inner: "Support") -> "Support":
        """Of f(g) for f with this support and g with the support ``inner``."""
        found, power, last = Support.of(), Support.of(0), 0
        for k in sorted(self.degrees):
            for _ in range(k - last):
                power = power + inner
            found, last = found | power, k
        for parity in (0, 1):
            if self.halves[parity] is None:
                found = found | _multiples(inner, parity)
        return found

    def __str__(self) -> str:
        return " and ".join(
            _told(half, name) for half, name in zip(self.halves, NAMES, strict=True)
        )


NAMES = "even", "odd"


def _told(half: Half, name: str) -> str:
    if half is None:
        return f"infinitely many {name} degrees"
    if not half:
        return f"no {name} degree"
    shown = ", ".join(map(str, sorted(half)[:12])) + (", ..." if len(half) > 12 else "")
    return f"the {name} degree{'s' * (len(half) > 1)} {shown}"


def _multiples(inner: Support, parity: int) -> Support:
    """The union of k S over infinitely many k of one parity, if it is the same for all of those.

    With an even a and an odd b in S, kS holds k b and (k-1) b + a, of either parity; else
    all of kS has the parity of k b, or is even.
    """
    if inner.is_empty or (inner.finite and not inner.degrees - {0}):
        return inner
    if _some(inner.even) and _some(inner.odd):
        return Support(None, None)
    odd = _some(inner.odd) and parity == 1
    return Support(frozenset(), None) if odd else Support(None, frozenset())


def _some(half: Half) -> bool:
    return half is None or bool(half)


def _sums(a: Half, b: Half) -> Half:
    if not _some(a) or not _some(b):
        return frozenset()
    if a is None or b is None:
        return None
    if max(a) + max(b) > LARGEST_DEGREE:
        raise Undecided(f"degrees beyond {LARGEST_DEGREE} are not written out")
    few, many = sorted((a, b), key=len)
    bits = sum(1 << k for k in many)
    found = 0
    for k in few:
        found |= bits << k
    return frozenset(_set(found))


def _set(bits: int) -> Iterable[int]:
    return (k for k, bit in enumerate(reversed(f"{bits:b}")) if bit == "1")


def _join(a: Half, b: Half) -> Half:
    return None if a is None or b is None else a | b
