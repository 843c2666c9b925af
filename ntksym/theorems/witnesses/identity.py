r"""That a witness is one, in integers and rationals.

On the circle, for weights :math:`w_k=\cos(2\pi mk/N)` at the angles :math:`2\pi k/N`,

.. math:: \sum_{k,l}w_kw_l\cos^n\tfrac{2\pi(k-l)}N
    =\frac{\|w\|^2N}{2^{n}\cdot2}\sum_{\pm}\sum_{i:\;n-2i\equiv\pm m\,(N)}\binom ni,

which is 0 exactly where no such i exists. On a ray or line :math:`\sum_jw_jt_j^e=0`.
"""

from collections.abc import Iterable

from sympy import Integer, Rational, cos, pi

from ntksym.theorems.case import Case
from ntksym.theorems.series.supports import Support
from ntksym.theorems.witnesses.rays import exponents, mirrored
from ntksym.theorems.witnesses.witness import MIRRORED, Witness


def holds(case: Case, support: Support | None, witness: Witness) -> bool:
    """Whether the form of the witness vanishes for every degree of the kernel."""
    if witness.angles is not None:
        return support is not None and _on_circle(witness, support)
    if not any(any(point) for point in witness.points):
        return len(witness.points) == 1
    if support is None and witness.name == MIRRORED:
        return _on_mirrored_ray(case, witness)
    powers = exponents(case) if support is None else support.degrees
    if support is not None and witness.name == "line":
        powers = frozenset(range(max(support.degrees, default=0) + 1))
    return powers is not None and _on_ray(witness, powers)


def _on_circle(witness: Witness, support: Support) -> bool:
    angles = witness.angles or ()
    n = len(angles)
    if any((Rational(2 * k, n) - angle) % 2 != 0 for k, angle in enumerate(angles)):
        return False
    modes = [m for m in range(n // 2 + 1) if _is_mode(witness, m)]
    if len(modes) != 1:
        return False
    (mode,) = modes
    for parity, half in enumerate(support.halves):
        if half is None and (n % 2 or (mode - parity) % 2 == 0):
            return False
        if half is not None and any(_seen(k, mode, n) for k in half):
            return False
    return True


def _is_mode(witness: Witness, mode: int) -> bool:
    n = len(witness.weights)
    return all(w == cos(2 * pi * Rational(mode * k, n)) for k, w in enumerate(witness.weights))


def _seen(degree: int, mode: int, n: int) -> bool:
    """Whether cos^degree holds the frequency ``mode`` modulo n."""
    frequencies = range(-degree, degree + 1, 2)
    return any((f - mode) % n == 0 or (f + mode) % n == 0 for f in frequencies)


def _on_mirrored_ray(case: Case, witness: Witness) -> bool:
    """All points on one line, each with its mirror image; the powers that σ has on z > 0."""
    moving = {p[0]: w for w, p in zip(witness.weights, witness.points, strict=True)}
    if len(moving) < len(witness.points) or any(any(p[1:]) or not p[0] for p in witness.points):
        return False
    right = {t: w for t, w in moving.items() if t > 0}
    for sign, powers in mirrored(case).items():
        whole = all(moving.get(-t) == sign * w for t, w in right.items())
        sums = (sum((w * t ** Integer(k) for t, w in right.items()), Integer(0)) for k in powers)
        if whole and 2 * len(right) == len(moving) and any(right.values()) and not any(sums):
            return True
    return False


def _on_ray(witness: Witness, powers: Iterable[int]) -> bool:
    """The coordinate that moves is the first on a ray, the second on a line off 0."""
    moving = 1 if witness.name == "line" else 0
    pairs = [(w, p[moving]) for w, p in zip(witness.weights, witness.points, strict=True)]
    still = {p[:moving] + p[moving + 1 :] for p in witness.points}
    return len(still) == 1 and all(
        sum((w * t ** Integer(e) for w, t in pairs), Integer(0)) == 0 for e in powers
    )
