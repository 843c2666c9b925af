r"""The bivariate normal distribution function in mpmath and in Arb, by two different algorithms.

Both take the sum of :mod:`ntksym.evaluate.scalar`, a share of h and one of k. For Owen's T(h, a)
with a <= 1, mpmath takes a series and Arb integrates rigorously.
"""

from typing import Any

from flint import acb, arb, ctx

GUARD = 30


def _distance(x: Any, y: Any, r: Any) -> Any:
    """The difference y - rx by the small gap of r: x and y may be as near as r is to 1 or -1."""
    if 2 * r > 1:
        return (y - x) + (1 - r) * x
    return (y + x) - (1 + r) * x if 2 * r < -1 else y - r * x


def mp_bivariate_normal(ctx: Any, h: Any, k: Any, r: Any) -> Any:
    """All digits of ``ctx``; a correlation outside [-1, 1] counts as the nearest end.

    The sum may cancel far out in a tail: the bits it loses are added to the precision, and a value
    that would need more than four times as many underflows to 0.
    """
    h, k = sorted((ctx.convert(h), ctx.convert(k)))
    r, extra = min(max(r, -1), 1), GUARD
    while extra < 4 * (ctx.prec + 100):
        with ctx.workprec(ctx.prec + extra):
            value, scale = _mp_value(ctx, h, k, r)
        if scale == 0 or (value and ctx.mag(scale) - ctx.mag(value) < extra - 10):
            return +value
        extra = max(2 * extra, ctx.mag(scale) + _mp_depth(ctx, h, k, r) + GUARD)
    return ctx.zero


def _mp_depth(ctx: Any, h: Any, k: Any, r: Any) -> int:
    """The value is below 2**-depth where the corner is the point of largest density."""
    across, along = _distance(h, k, r), _distance(k, h, r)
    deep = across < 0 and along < 0
    return int((h * h + across**2 / ((1 - r) * (1 + r))) / (2 * ctx.ln2)) if deep else 0


def _mp_value(ctx: Any, h: Any, k: Any, r: Any) -> tuple[Any, Any]:
    """For h <= k: the sum, and the size of its largest term."""
    if h == ctx.ninf:
        return ctx.zero, ctx.zero
    low = _mp_tail(ctx, -h)
    if r == 1 or k == ctx.inf:
        return low, low
    if r == -1:
        return (low - _mp_tail(ctx, k), low) if h + k > 0 else (ctx.zero, ctx.zero)
    root = ctx.sqrt((1 - r) * (1 + r))
    if h == k == 0:
        value = ctx.atan2(root, -r) / (2 * ctx.pi)
        return value, value
    shares = [_mp_share(ctx, x, _distance(x, y, r) / root) for x, y in ((h, k), (k, h))]
    corner = ctx.mpf(h >= 0)
    return corner + sum(share for share, _ in shares), max(corner, *(size for _, size in shares))


def _mp_tail(ctx: Any, x: Any) -> Any:
    return ctx.erfc(x / ctx.sqrt(2)) / 2


def _mp_share(ctx: Any, x: Any, y: Any) -> tuple[Any, Any]:
    """The share of one argument, and the size of its largest term."""
    h, distance = abs(x), abs(y)
    p, q = _mp_tail(ctx, h), _mp_tail(ctx, distance)
    if distance < h:
        first, second, size = p / 2, _mp_series(ctx, h, distance / h), p
    else:
        first, size = (p if y > 0 else ctx.zero), (max(p, q) if y > 0 else q)
        second = (0.5 - p) * q - _mp_series(ctx, distance, h / distance)
    value = first + second if y > 0 else first - second
    return -value if x >= 0 else value, size


def _mp_series(ctx: Any, h: Any, a: Any) -> Any:
    """T(h, a) for 0 <= a <= 1, its digits right even where it is small."""
    w = h * h / 2
    if w > ctx.prec:
        return _mp_steep(ctx, w, a)
    with ctx.workprec(ctx.prec + int(1.5 * float(w)) + 20):
        return _mp_flat(ctx, w, a)


def _mp_flat(ctx: Any, w: Any, a: Any) -> Any:
    r"""Owen's series, with the terms of an exponential series in the end.

    .. math:: 2\pi T = \arctan a - \sum_j (-1)^j\frac{a^{2j+1}}{2j+1}
        \Bigl(1-e^{-w}\sum_{i\le j}\frac{w^i}{i!}\Bigr), \qquad w=h^2/2.
    """
    term = ctx.exp(-w)
    rest, power, total, j = 1 - term, a, ctx.atan(a), 0
    while abs(power) > a * ctx.eps and (j <= w or term > ctx.eps):
        total -= power * rest / (2 * j + 1)
        j, power = j + 1, -power * a * a
        term = term * w / j
        rest -= term
    return total / (2 * ctx.pi)


def _mp_steep(ctx: Any, w: Any, a: Any) -> Any:
    r"""The asymptotic series, which reaches the precision where w is as large as its bits.

    .. math:: 2\pi T \sim e^{-w}\sum_j m_j, \qquad
        m_j = (-1)^j\int_0^a x^{2j}e^{-wx^2}\,dx
            = \frac{(-1)^{j-1}a^{2j-1}e^{-wa^2} - (2j-1)\,m_{j-1}}{2w}.
    """
    first = ctx.sqrt(ctx.pi / w) * ctx.erf(a * ctx.sqrt(w)) / 2
    edge, moment, total, j = a * ctx.exp(-w * a * a), first, first, 0
    while abs(moment) > first * ctx.eps:
        j, moment = j + 1, (edge - (2 * j + 1) * moment) / (2 * w)
        total += moment
        edge = -edge * a * a
    return ctx.exp(-w) * total / (2 * ctx.pi)


def ball_bivariate_normal(h: Any, k: Any, r: Any) -> Any:
    """For real balls; complex ones are no number, unless they are real.

    The function increases in each argument: its values at the ends enclose it. What sticks out of
    [-1, 1] in a correlation is rounding, and is cut.
    """
    if any(isinstance(x, acb) for x in (h, k, r)):
        parts = [acb(x) for x in (h, k, r)]
        real = all(x.imag == 0 for x in parts)
        return acb(ball_bivariate_normal(*(x.real for x in parts)) if real else arb.nan())
    if not (h.is_finite() and k.is_finite() and r.is_finite()) or r < -1 or r > 1:
        return arb.nan()
    with ctx.workprec(ctx.prec + GUARD):
        if h.is_exact() and k.is_exact() and r.is_exact():
            value = _ball_value(h, k, r)
        else:
            low = _ball_value(h.lower(), k.lower(), r.lower().max(-1))
            value = low.union(_ball_value(h.upper(), k.upper(), r.upper().min(1)))
    return +value


def _ball_value(h: arb, k: arb, r: arb) -> arb:
    """At exact arguments."""
    if r == 1:
        return _ball_tail(-h.min(k))
    if r == -1:
        return _ball_tail(-h) - _ball_tail(k) if h > -k else arb(0)
    root = ((1 - r) * (1 + r)).sqrt()
    if h == 0 and k == 0:
        return arb.atan2(root, -r) / (2 * arb.pi())
    shares = (_ball_share(x, _distance(x, y, r) / root) for x, y in ((h, k), (k, h)))
    return sum(shares, start=arb(int(h >= 0 and k >= 0)))


def _ball_tail(x: arb) -> arb:
    return (x / arb(2).sqrt()).erfc() / 2


def _ball_share(x: arb, y: arb) -> arb:
    """``x`` is exact; where the ball ``y`` is near ``x`` in size, either form is right."""
    h, p = abs(x), _ball_tail(abs(x))
    if abs(y.mid()) < h:
        value = p / 2 + _ball_integral(h, y / h)
    elif y.contains(0):
        value = p / 2 + arb(0, 0.25)
    else:
        distance = abs(y)
        second = (0.5 - p) * _ball_tail(distance) - _ball_integral(distance, h / distance)
        value = p + second if y > 0 else -second
    return -value if x >= 0 else value


def _ball_integral(h: arb, a: arb) -> arb:
    r"""T(h, a) for \|a\| of about 1 at most, over t = x/a: the tolerance is relative."""
    square, rate = a * a, h * a * h * a / 2

    def integrand(t: acb, _: bool) -> acb:
        return (-rate * t * t).exp() / (1 + square * t * t)

    return (-h * h / 2).exp() * a * acb.integral(integrand, 0, 1).real / (2 * arb.pi())
