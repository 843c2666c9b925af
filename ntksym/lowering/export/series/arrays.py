"""The series in NumPy, JAX and PyTorch, whole matrices at a time: orders and parities are axes."""

from string import Template

TEXT = '''\
# The orders 2i and 2i + 1 for each i of INDEX, which stand for as many as WEIGHT says, in blocks of
# HALF = 2**LEVEL: all i below 2*HALF, then with steps that double.
HALF, LEVEL, BLOCKS = $half, $level, $blocks
INDEX = [$index]
WEIGHT = [$weight]
STEP, NODES, LARGEST = $step, $nodes, $largest


def hermite():
    """Nodes, and h_k there over the root of k + 1, with their weights: k = 2i - 1, and k = 2i."""
    x = STEP * (NODES - 0.5 - $np.arange(NODES, dtype=$np.float64))
    before, at = 0.0 * x, STEP / math.sqrt(2.0 * math.pi) * $np.exp(-0.5 * x * x)
    even, odd = [at], []
    for k in range(2 * INDEX[-1] + 1):
        i = INDEX[len(odd)]
        if k == 2 * i - 1:
            even.append(math.sqrt(WEIGHT[len(odd)] / (k + 1)) * at)
        if k == 2 * i:
            odd.append(math.sqrt(WEIGHT[len(odd)] / (k + 1)) * at)
        before, at = at, (x * at - math.sqrt(k) * before) / math.sqrt(k + 1)
    return x, $np.stack(even), $np.stack(odd)


NODE, EVEN, ODD = hermite()


def expanded(s, values):
    """Of points: t, t/s, and the coefficients over t of the even and of the odd orders."""
$beyond
    tiny = $xp.finfo(s.dtype).tiny ** 0.25
    known = $xp.where(s > tiny, s, tiny)
    node, even, odd = ($like for part in (NODE, EVEN, ODD))
    z = known * node.reshape((NODES,) + (1,) * s.ndim)
    (value, slope), (opposite, behind) = values(z), values(-z)
    mean = $xp.tensordot(even[:1], value + opposite, 1) / known
    even = $xp.tensordot(even[1:], slope - behind, 1)
    odd = $xp.tensordot(odd, slope + behind, 1)
    square = $xp.sum(even * even, 0) + $xp.sum(odd * odd, 0)
    ratio = $xp.sqrt(mean[0] * mean[0] + square)
    table = $xp.stack([$xp.concatenate([mean, even]), odd], 1) / ratio
    zero = abs(values(0.0 * s)[0])
    t = $xp.where((s > tiny) | (zero == 0.0), s * ratio, zero)
    return t, ratio, table


def block(first, second, y, rest, far, left, u, v):
    """Of h = HALF terms from far = y**h on: at x = 1, what it falls by to x, its slope, how far.

    By Horner's scheme for T, Q, Q' of T - (1 - y) Q(y) = sum of first[m]*second[m]*y**m.
    """
$horner
    return t, t * left + far * (rest * q), u * (t - rest * q) + v * (q - rest * r), apart


def polynomials(first, second, x, rest):
    """P(1), P(1) - P(x), P'(x) of P(x) = sum of first[i]*second[i]*x**i, and how far these are.

    rest is 1 - x; nothing is subtracted. A block from i = HALF 2**p on is one in x**(2**p).
    """
    zero, one = 0.0 * x, 0.0 * x + 1.0
$squares
    given = [(x, rest, one, zero, zero, one)]
    for p in range(BLOCKS - 1):
        low = 2.0**p * below[p + LEVEL]
        numbers = powers[p], rests[p], powers[p + LEVEL], rests[p + LEVEL]
        given.append((*numbers, HALF * low, low * powers[p]))
$sum


def series_layer(minus, plus, theta, size1, size2, values):
    """Behind an activation without a closed form."""
    (t1, ratio1, table1), (t2, ratio2, table2) = expanded(size1, values), expanded(size2, values)
    rho = 0.5 * (plus - minus)
    found = polynomials(table1, table2, rho * rho, minus * plus)
    (even, odd), (apart_e, apart_o), (slope_e, slope_o), far = found
    far = 0.5 * (far[0] + far[1])
    less = far + apart_e + (minus * odd + rho * apart_o)
    more = far + even + (even - apart_e) + (plus * odd - rho * apart_o)
    slope = 2.0 * rho * slope_e + (odd - apart_o) + 2.0 * (rho * rho) * slope_o
    moved = (t1 > 0.0) & (t2 > 0.0)
    less, more = $xp.where(moved, less, minus), $xp.where(moved, more, plus)
    return less, more, ratio1 * ratio2 * slope * theta, t1, t2'''

LOOPS = {
    "horner": """\
    t = q = r = apart = 0.0
    for m in reversed(range(HALF)):
        a, b = first[m], second[m]
        r, q, t, apart = r * y + q, q * y + t, t + a * b, apart + (a - b) ** 2""",
    "squares": """\
    powers, rests, below = [x], [rest], [one]
    for p in range(LEVEL + BLOCKS - 2):
        powers.append(powers[p] * powers[p])  # x**(2**p), what it is below 1, x**(2**p - 1)
        rests.append(rests[p] * (1.0 + powers[p]))
        below.append(below[p] * powers[p])""",
    "sum": """\
    parts = [slice(HALF * k, HALF * (k + 1)) for k in range(BLOCKS)]
    found = [block(first[at], second[at], *of) for at, of in zip(parts, given)]
    return [sum(each) for each in zip(*found)]""",
}
SCANS = {
    "horner": """\
    def term(state, of):
        (t, q, r, apart), (a, b) = state, of
        return (t + a * b, q * y + t, r * y + q, apart + (a - b) ** 2), None

    start = (0.0 * (first[0] * second[0] * y),) * 4
    (t, q, r, apart), _ = jax.lax.scan(term, start, (first, second), reverse=True)""",
    "squares": """\
    def square(state, _):
        y, left, low = state  # x**(2**p), what it is below 1, x**(2**p - 1)
        return (y * y, left * (1.0 + y), low * y), state

    powers, rests, below = jax.lax.scan(square, (x, rest, one), None, LEVEL + BLOCKS)[1]""",
    "sum": """\
    @jax.checkpoint  # derivatives keep what enters a block
    def step(state, of):
        return [total + more for total, more in zip(state, block(*of))], None

    first, second = (each.reshape(BLOCKS, HALF, *each.shape[1:]) for each in (first, second))
    start = [0.0 * (first[0, 0] * second[0, 0] * x)] * 4
    return jax.lax.scan(step, start, (first, second, *map(jnp.stack, zip(*given))))[0]""",
}
RAISES = """\
    if not np.all(s <= LARGEST):
        got = f"got {np.max(s)} before an activation"
        raise ValueError(f"X, Y: expected standard deviations of at most {LARGEST}, {got}")"""
NAN = "    s = $xp.where(s <= LARGEST, s, $xp.nan)"


def _of(xp: str, np: str, like: str, loops: dict[str, str], beyond: str = NAN) -> Template:
    """``np``: of doubles, whatever the numbers of the points are."""
    text = Template(TEXT).safe_substitute(beyond=beyond, **loops)
    return Template(Template(text).safe_substitute(xp=xp, np=np, like=like))


TEXTS = {
    "numpy": _of("np", "np", "part.astype(s.dtype)", LOOPS, RAISES),
    "jax": _of("jnp", "np", "jnp.asarray(part, s.dtype)", SCANS),
    "torch": _of("torch", "torch", "part.to(s)", LOOPS),
}
