"""The strategy: rules in order, all matching nodes at once, integrands by chains of their own."""

from collections.abc import Iterator

from sympy import Expr, Integral, StrictLessThan, latex, preorder_traversal

from ntksym.calculus.collect import collected
from ntksym.calculus.derivation import Derivation, Node, Rewrite, Rule, Step
from ntksym.calculus.rules import rules
from ntksym.language import Claim, Condition, GaussianExpectation, expectations, inert

LONGEST = 60
"""No derivation needs as many lines; one that reaches them is going in circles."""

LARGEST = 20_000
"""Operations of a line; one that reaches them will not be read, nor end."""

COLLECTABLE = 4_000
"""Operations of a closed form that is still worth collecting."""

WITHIN = Rule(
    name="lemma",
    statement=r"f(t)=g(t)\ \text{for all } t\quad\Longrightarrow\quad "
    r"\int_0^cf(t)\,dt=\int_0^cg(t)\,dt",
    where="the integrand by a derivation of its own",
    reference="billingsley1995",
    rewrite=lambda node: None,
)
COLLECT = Rule(
    name="algebra",
    statement=r"\text{collect terms}",
    where="always",
    reference="meurer2017",
    rewrite=lambda node: None,
)


def derive(expr: Expr, title: str) -> Derivation:
    """The derivation of a closed form of ``expr``, an expectation or an expression in them.

    Where no rule applies, the derivation ends there and ``stuck_on`` names the subexpression.

    >>> from sympy import erf
    >>> from ntksym.language import q, u
    >>> derive(GaussianExpectation(erf(u), q), "the mean of erf").rhs
    0
    """
    steps: list[Step] = []
    refused: set[tuple[str, Node]] = set()
    current = expr
    while inert(current) and len(steps) < LONGEST and current.count_ops() < LARGEST:
        step = _by_rule(current, refused) or _within(current)
        if step is None:
            return Derivation(tuple(steps), title, stuck_on=next(_nodes(current)))
        steps.append(step)
        current = step.claim.rhs
        stuck = next((inner.stuck_on for inner in step.inner if not inner.complete), None)
        if stuck is not None:
            return Derivation(tuple(steps), title, stuck_on=stuck)
    short = not inert(current) and current.count_ops() < COLLECTABLE
    result = collected(current) if short else current
    if result != current:
        steps.append(Step(Claim(current, result), COLLECT))
    return Derivation(tuple(steps), title, stuck_on=current if inert(current) else None)


def _nodes(expr: Expr) -> Iterator[Node]:
    """What the rules may rewrite: expectations and integrals, but nothing under an integral."""
    walk = preorder_traversal(expr)
    for part in walk:
        if isinstance(part, GaussianExpectation | Integral):
            yield part
            walk.skip()


def _by_rule(expr: Expr, refused: set[tuple[str, Node]]) -> Step | None:
    """``refused`` remembers which rule said nothing to which node: asked once is enough."""
    nodes = list(dict.fromkeys(_nodes(expr)))
    for rule in rules():
        found = {}
        for node in nodes:
            if (rule.name, node) not in refused:
                rewrite = rule.rewrite(node)
                if rewrite is None:
                    refused.add((rule.name, node))
                else:
                    found[node] = rewrite
        if found:
            return Step(_claim(expr, found), rule)
    return None


def _claim(expr: Expr, found: dict[Node, Rewrite]) -> Claim:
    where = dict.fromkeys(condition for rewrite in found.values() for condition in rewrite.where)
    return Claim(expr, expr.xreplace({n: r.result for n, r in found.items()}), tuple(where))


def _within(expr: Expr) -> Step | None:
    """The first integral whose integrand holds an expectation: that expectation by itself."""
    for node in _nodes(expr):
        if isinstance(node, Integral):
            inner = tuple(
                derive(e, f"The integrand ${latex(e)}$") for e in expectations(node.function)
            )
            if not inner:
                return None
            closed = {derivation.lhs: derivation.rhs for derivation in inner if derivation.complete}
            result = Integral(node.function.xreplace(closed), *node.limits)
            inside = (condition for chain in inner for condition in chain.claim.where)
            where = dict.fromkeys(_outside(condition, node) for condition in inside)
            claim = Claim(expr, expr.xreplace({node: result}), tuple(where))
            if len(inner) == 1 and len(inner[0].steps) == 1 and inner[0].complete:
                return Step(claim, inner[0].steps[0].rule)
            return Step(claim, WITHIN, inner)
    return None


def _outside(condition: Condition, integral: Integral) -> Condition:
    """A condition on the running variable t as one on the limits that is enough for it.

    t^2 < d holds for every t from 0 to the upper limit as soon as it holds there.
    """
    ((t, _, upper),) = integral.limits
    if isinstance(condition, str) or not condition.has(t):
        return condition
    if isinstance(condition, StrictLessThan) and condition.lhs == t**2 and not condition.rhs.has(t):
        return condition.subs(t, upper)
    return f"for all ${t}$ between $0$ and ${latex(upper)}$: ${latex(condition)}$"
