"""``spectrum``: the eigenvalues of a kernel on the sphere, between rigorous bounds."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import Any, overload

from flint import arb
from sympy import Expr, sympify

from ntksym.arguments import integer
from ntksym.evaluate import precision
from ntksym.kernel import Kernel
from ntksym.language import c, q1, q2, rho, z
from ntksym.lowering.program import program
from ntksym.numerics.sphere.angular import Angular, angular
from ntksym.numerics.sphere.arguments import MANY, degrees_of, variance_of
from ntksym.numerics.sphere.decay import Decay, Integrated, Values, decay
from ntksym.numerics.sphere.harmonics import multiplicity
from ntksym.numerics.sphere.integration import Integrals
from ntksym.numerics.sphere.layers import OnSphere, on_sphere
from ntksym.numerics.sphere.series import Progress, Sums
from ntksym.render import Document
from ntksym.theorems.series.layers import possible
from ntksym.theorems.series.supports import Support


@dataclass(frozen=True)
class Spectrum(Sequence[arb]):
    r"""Eigenvalues :math:`\mu_k` of :math:`f\mapsto\int K(\cdot,y)f(y)\,dy`, dy uniform on S^{d-1}.

    .. math:: K(x,y)=\sum_kN(d,k)\,\mu_k\,P_k(x\cdot y/|x||y|),\qquad \sum_kN(d,k)\,\mu_k=K(x,x)

    A sequence of balls in the order of ``degrees``. ``eigenvalues[i]`` belongs to the degree
    ``degrees[i]`` and is repeated ``multiplicities[i]`` times; ``trace`` is K(x, x) and ``tail``
    what the other degrees hold of it. ``zeros`` are degrees whose eigenvalue is proved to be 0.
    ``variance`` is x·x/n0 on the sphere, ``bits`` the accuracy.
    """

    kernel: Kernel
    dimension: int
    variance: Any
    degrees: tuple[int, ...]
    eigenvalues: tuple[arb, ...]
    trace: arb
    support: Support
    bits: int

    def __len__(self) -> int:
        return len(self.eigenvalues)

    @overload
    def __getitem__(self, place: int) -> arb: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[arb, ...]: ...
    def __getitem__(self, place: int | slice) -> arb | tuple[arb, ...]:
        return self.eigenvalues[place]

    def __iter__(self) -> Iterator[arb]:
        return iter(self.eigenvalues)

    @cached_property
    def multiplicities(self) -> tuple[int, ...]:
        """N(d, k), the dimension of the space of spherical harmonics of degree k."""
        return tuple(multiplicity(self.dimension, k) for k in self.degrees)

    @cached_property
    def masses(self) -> tuple[arb, ...]:
        """N(d, k) μ_k, the share of each degree in K(x, x)."""
        with precision(self.bits + 32):
            return tuple(n * mu for n, mu in zip(self.multiplicities, self, strict=True))

    @cached_property
    def tail(self) -> arb:
        """What is left of K(x, x) = Σ N(d, k) μ_k without ``degrees``."""
        with precision(self.bits + 32):
            return (self.trace - sum(self.masses, arb(0))).nonnegative_part()

    @cached_property
    def zeros(self) -> tuple[int, ...]:
        """Degrees whose eigenvalue is exactly 0: K has no power of theirs, nor a higher one.

        By the parity of the activations: an even or odd part that is a polynomial ends.
        """
        return tuple(k for k in self.degrees if not self.support.reaches(k))

    def exact(self, k: int) -> Expr:
        """The eigenvalue of degree k in closed form, for two layers of ReLU, erf and their kin.

        Elementary for ReLU; hypergeometric for erf, GELU, sin, exp and others, if no bias is
        random. ``ValueError`` where neither is derived.

        >>> from ntksym.kernel import nngp, ntk
        >>> spectrum(ntk("relu", depth=2), dimension=2, degrees=1).exact(2)
        7/(9*pi**2)
        >>> spectrum(nngp("erf", depth=2), dimension=2, degrees=1).exact(1)
        2*hyper((1/2, 1/2), (2,), 4/9)/(3*pi)
        """
        from ntksym.numerics.sphere.exact import eigenvalue

        q = sympify(self.variance)
        at = {q1: q, q2: q, c: q * rho}
        closed = self.kernel.recursion.at(at, lambda expr: expr.expand(deep=False))
        return eigenvalue(closed, self.dimension, integer("k", k, 0, MANY))

    def document(self) -> Document:
        """The page: the table, what is zero, the decay."""
        from ntksym.numerics.sphere.page import document

        return document(self)

    @cached_property
    def decay(self) -> Decay:
        """How the eigenvalues decay for large k, derived from the kinks of the activations."""
        network, tangent = self.kernel.network, self.kernel.kind == "ntk"
        parities = {a: _parity(a.expr) for a in network.activations}
        place = self.variance, self.dimension

        def values() -> dict[Any, Values]:
            if _closed(self.kernel):
                return {a: form.tapes() for a, form in _lowered(self.kernel)[0].items()}
            return {a: Integrated(a, 2.0**-64) for a in parities}

        return decay(network, values, parities, tangent, *place, self.support, self.bits)


def spectrum(
    kernel: Kernel,
    dimension: int,
    degrees: int | Iterable[int],
    *,
    radius: Any = None,
    bits: int = 64,
    digits: int | None = None,
    progress: Progress | None = None,
) -> Spectrum:
    r"""The eigenvalues of ``kernel`` on the sphere S^{d-1} in d = ``dimension`` >= 2 coordinates.

    .. math:: \mu_k=\frac{|S^{d-2}|}{|S^{d-1}|}\int_{-1}^1\kappa(t)\,P_k(t)\,
        (1-t^2)^{(d-3)/2}\,dt

    with κ the kernel of two points of correlation t and P_k Gegenbauer's polynomial, P_k(1) = 1
    [atkinson2012]. ``degrees`` is a number n, for 0, 1, ..., n-1, or the degrees themselves.

    The sphere is that of x·x = n0, as in :meth:`Kernel.on_sphere`; ``radius=1`` is the unit
    sphere, on which x·x/n0 = 1/d (both give the same for a homogeneous activation without bias,
    up to a factor). Each eigenvalue is a ball with ``bits`` right bits, or ``digits`` digits.

    An elementary closed form is integrated; without one the Hermite series of the activations are
    composed, which ``progress(layers done, layers)`` hears of, once for each number of orders.
    Raises ``ValueError`` for a kernel with symbols, ``ArithmeticError`` where no error bound is
    found: for an activation with a kink and without a closed form the digits are few on spheres of
    few dimensions.

    >>> from ntksym.kernel import ntk
    >>> mu = spectrum(ntk("relu", depth=2), dimension=3, degrees=6)
    >>> [round(float(ball), 6) for ball in mu], mu.zeros
    ([0.25, 0.166667, 0.039062, 0.0, 0.002604, 0.0], (3, 5))
    """
    if not isinstance(kernel, Kernel):
        raise TypeError(f"kernel: expected a Kernel, got {type(kernel).__name__}")
    d = integer("dimension", dimension, 2, MANY)
    wanted = degrees_of(degrees)
    accuracy = integer("bits", bits, 2, MANY)
    if digits is not None:
        accuracy = ceil(integer("digits", digits, 1, MANY) * 3.3219280949)
    variance = variance_of(radius, d)
    operations, tangent = program(kernel.network), kernel.kind == "ntk"
    parts = possible(kernel.network, tangent, sympify(variance))
    if not _closed(kernel):
        sums = Sums(operations, tangent, variance, d, wanted)
        found, trace = sums.eigenvalues(accuracy, parts.reaches, progress)
    else:
        lowered, parities = _lowered(kernel)

        def at_present() -> Angular:
            return angular(operations, lowered, parities, tangent, variance)

        found, trace = Integrals(at_present, d, wanted).eigenvalues(accuracy, parts.reaches)
    return Spectrum(kernel, d, variance, wanted, tuple(found), trace, parts, accuracy)


def _closed(kernel: Kernel) -> bool:
    """Whether all duals have an elementary closed form."""
    return all(pair.kind == "elementary" for pair in kernel._duals.values())


def _lowered(kernel: Kernel) -> tuple[dict[Any, OnSphere], dict[Any, int]]:
    lowered = {a: on_sphere(pair) for a, pair in kernel._duals.items()}
    return lowered, {a: _parity(a.expr) for a in lowered}


def _parity(f: Expr) -> int:
    """1 or -1 where f is seen to be even or odd, else 0."""
    mirrored = f.xreplace({z: -z})
    return 1 if mirrored == f else -1 if mirrored == -f else 0
