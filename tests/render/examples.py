"""Small derivations written by hand, and a report on them."""

from sympy import Integral, asin, erf, exp, pi, sqrt

from ntksym.calculus.derivation import Derivation, Rule, Step
from ntksym.check.verdict import Line, Report, Section, Verdict, Witness
from ntksym.language import Claim, GaussianExpectation, c, q1, q2, running, u, v

t = running(c)
ROOT = sqrt((1 + 2 * q1) * (1 + 2 * q2) - 4 * t**2)

PRICE = Rule(
    "Price",
    r"\mathbb E_c[f(u)\,g(v)]=\mathbb E_0[f(u)\,g(v)]+\int_0^c\mathbb E_t[f'(u)\,g'(v)]\,dt",
    "$f$ and $g$ of at most exponential growth",
    "price1958",
    lambda node: None,
)
GAUSSIAN = Rule(
    "Gaussian integral", r"\int e^{-x^2}dx=\sqrt\pi", "always", "gradshteyn", lambda n: None
)
ARCSINE = Rule("arcsine", r"\int_0^c\frac{dt}{\sqrt{1-t^2}}=\arcsin c", "$|c|<1$", "sheppard1899",
               lambda node: None)  # fmt: skip

INNER_LHS = GaussianExpectation(4 / pi * exp(-(u**2) - v**2), q1, q2, t)
INNER = Derivation((Step(Claim(INNER_LHS, 4 / (pi * ROOT)), GAUSSIAN),), "The integrand")
LHS = GaussianExpectation(erf(u) * erf(v), q1, q2, c)
CLOSED = 2 / pi * asin(2 * c / sqrt((1 + 2 * q1) * (1 + 2 * q2)))
ERF = Derivation(
    (
        Step(Claim(LHS, Integral(INNER_LHS, (t, 0, c))), PRICE),
        Step(
            Claim(Integral(INNER_LHS, (t, 0, c)), Integral(4 / (pi * ROOT), (t, 0, c))),
            GAUSSIAN,
            (INNER,),
        ),
        Step(
            Claim(Integral(4 / (pi * ROOT), (t, 0, c)), CLOSED, (c**2 <= q1 * q2, "$c$ fixed")),
            ARCSINE,
        ),
    ),
    "The dual of erf",
    companions=(Derivation((Step(Claim(CLOSED.subs(c, 0), 0), ARCSINE),), "At zero"),),
)

LONG_SUM = sum(k * u**k * v ** (k + 1) / (q1 + k * q2) for k in range(1, 25))
LONG_LHS = GaussianExpectation(LONG_SUM, q1, q2, c)
LONG = Derivation(
    (Step(Claim(LONG_LHS, c * LONG_SUM.subs({u: q1, v: q2}) / (2 * pi)), PRICE),
     Step(Claim(c * LONG_SUM.subs({u: q1, v: q2}) / (2 * pi), exp(-LONG_SUM.subs(v, 1))), PRICE)),
    "Long lines",
    stuck_on=LONG_LHS,
)  # fmt: skip

WITNESSES = (
    Witness("quadrature", Verdict.AGREES, "difference < 1e-12"),
    Witness("balls", Verdict.ENCLOSED, "radius < 1e-20"),
)


def report_on(derivation: Derivation, *verdicts: Verdict) -> Report:
    """Every line enclosed; or every line with one pair of witnesses of each of ``verdicts``."""
    witnesses = tuple(Witness(f"by {x.name}, {k}", x, "so it is") for x in verdicts for k in "ab")
    return Report(
        tuple(
            Section(part.title, tuple(Line(s.claim, witnesses or WITNESSES) for s in part.steps))
            for part in derivation.parts()
        )
    )


HOSTILE = (
    r'50% of #1 <script>alert("x")</script> & \input{/etc/passwd} $\input{/etc/passwd}$ a_b ~^{}'
)
"""What must come out as text, letter by letter."""

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080200000090"
    "7753de0000000c4944415408d763f8ffff3f0005fe02fea135818400000000"
    "49454e44ae426082"
)
