"""The body of ``pair``: one set of formulas, or two and a choice that needs no jump."""

from collections.abc import Mapping
from types import MappingProxyType

from sympy import Expr, Integer, S, Symbol

from ntksym.lowering.code.forms import Form, Forms
from ntksym.lowering.code.gaps import (
    angle,
    excess,
    minus,
    plus,
    rho,
    root,
    s1,
    s2,
    t1,
    t2,
)
from ntksym.lowering.code.hoist import Features, low1, low2, spread
from ntksym.lowering.code.printer import assignments, multiplied_once
from ntksym.lowering.code.rules.direct import Direct

BOTH = "max(0.0, less), max(0.0, more), dot"
"""Of NaN, where a variance is 0, this order makes 0."""
gap = Symbol("gap", nonnegative=True)
"""The smaller of 1 - rho and 1 + rho."""
wide = Symbol("wide", nonnegative=True)
"""The larger."""
step = Symbol("step", real=True)
"""s1 - s2, with what doubles leave of both."""
STEP = {s1 - s2: step, s2 - s1: -step}


def pair_of(lowered: Forms, features: Features) -> str:
    """The lines of ``pair``, indented; what depends on one point goes to ``features``."""
    rising, falling = lowered.rising, lowered.falling
    alike, whole = rising == falling, rising.whole and falling.whole
    up = expressions(rising, features, {} if alike else {minus: gap, plus: wide}, whole)
    down = expressions(falling, features, {} if alike else {plus: gap, minus: wide}, whole)
    up, down = ({name: spread(e.xreplace(STEP)) for name, e in form.items()} for form in (up, down))
    if alike:
        body = assigned(up)
    elif lowered.singular:
        indented = [["    " + line for line in assigned(form)] for form in (up, down)]
        body = ["if minus <= plus:", *indented[0], "else:", *indented[1]]
    else:
        body = assigned(up, down)
    result = "less, 2.0 - less, dot" if whole else BOTH
    stepped = any(step in e.free_symbols for e in (*up.values(), *down.values()))
    if stepped:
        features.names[low1] = low1, low2
    head = preamble([*up.values(), *down.values()], lowered.singular)
    return block(1, *head, *body, *coincident(lowered, stepped), f"return {result}")


def direct_of(
    found: Direct, features: Features, partials: Mapping[str, Expr] = MappingProxyType({})
) -> tuple[str, str]:
    """The lines of ``direct``, indented, and those of ``entry``: Σ, Σ̇, and the ``partials``."""
    (p, r), (e, f), (s, _) = map(features.of_both, (found.scale, found.rest, s1))
    exprs = {
        name: multiplied_once(features.hoisted(expr))
        for name, expr in {"sigma": found.sigma, "dot": found.dot, **partials}.items()
    }
    tail = [*assigned(exprs), f"return {', '.join(exprs)}"]
    direct = [
        f"sine = c*{p}*{r}",
        "cosine = math.sqrt(1.0 - sine*sine)",
        "secant = vector.blunt_reciprocal(cosine)",
        "arc = vector.blunt_arcsine(sine, cosine)",
    ]
    entry = [
        f"c = 0.5*(plus - minus)*{s}*{s2}",
        f"sine = c*{p}*{r}",
        f"rest = {e} + {f} - {e}*{f}",
        "cosine = math.sqrt(rest + (1.0 - rest)*minus*plus)",
        "secant = vector.sharp_reciprocal(cosine)",
        "arc = vector.sharp_arcsine(sine, cosine)",
    ]
    return block(1, *direct, *tail), block(1, *entry, *tail)


def expressions(
    form: Form, features: Features, near: dict[Symbol, Symbol], whole: bool
) -> dict[str, Expr]:
    exprs = {"less": form.minus, "dot": form.dot}
    if not whole:
        exprs["more"] = form.plus
    return {name: features.hoisted(e.xreplace(near)) for name, e in exprs.items()}


def preamble(exprs: list[Expr], singular: bool) -> list[str]:
    """What the formulas are in; where they divide by the root, its limit at 0."""
    used = set().union(*(e.free_symbols for e in exprs))
    used |= {gap} if angle in used or excess in used else set()
    floored = "max(math.sqrt(minus * plus), 1e-150)"
    lines = {
        rho: "rho = 0.5 * (plus - minus)",
        gap: "gap = min(minus, plus)",
        wide: "wide = max(minus, plus)",
        step: "step = (s1 - s2) + (low1 - low2)",
        root: f"root = {floored if singular else 'math.sqrt(minus * plus)'}",
        angle: "angle = vector.acute_angle(gap)",
        excess: "excess = vector.acute_excess(gap)",
    }
    return [line for symbol, line in lines.items() if symbol in used]


def assigned(*forms: dict[str, Expr]) -> list[str]:
    names = list(forms[0])
    shared, codes = assignments([e for form in forms for e in form.values()])
    lines = [f"{name} = {code}" for name, code in shared]
    if len(forms) == 1:
        return [*lines, f"{', '.join(names)} = {', '.join(codes)}"]
    choices = list(zip(names, codes, codes[len(names) :], strict=False))
    if any(a != b for _, a, b in choices):
        lines.append("up = minus <= plus")
    return [*lines, *(f"{n} = {a}" + f" if up else {b}" * (a != b) for n, a, b in choices)]


def coincident(lowered: Forms, stepped: bool = False) -> list[str]:
    """One point with itself, where rounding would leave a gap."""
    end = dict.fromkeys((minus, root, angle, excess), S.Zero)
    end |= {plus: Integer(2), rho: S.One, s2: s1, t2: t1}
    less, dot = (e.xreplace(end) for e in (lowered.rising.minus, lowered.rising.dot))
    at_end = {"less = 0.0 if same else less": less == 0,
              "dot = slope1 if same else dot": dot == lowered.slope}  # fmt: skip
    lines = [line for line, known in at_end.items() if not known]
    alike = "step == 0.0" if stepped else "s1 == s2"
    return [f"same = (minus == 0.0) & ({alike})", *lines] if lines else []


def block(depth: int, *lines: str) -> str:
    """Lines, indented."""
    return "\n".join("    " * depth + line for line in lines)
