"""Julia, with its standard library."""

from string import Template

from sympy import Abs, Pow, erf, erfc

from ntksym.lowering.code.printer import Direction
from ntksym.lowering.export.network import Body
from ntksym.lowering.export.printer import Language
from ntksym.lowering.export.series import julia as series
from ntksym.lowering.export.targets.functions import functions
from ntksym.lowering.export.targets.target import Target

CODES = functions("", {Abs: "abs", Direction: "atan", erf: None, erfc: None})
JULIA = Language(
    title="Julia",
    codes=CODES | {Pow: "root({})"}, constants=CODES,
    names={"EPSILON": "eps(Float64)", "TINY": "1e-77"},
    pi="pi",
    choice="({test} > 0.0 ? {near} : {far})",
    assign="{name} = {code}", again="{name} = {code}", declare="",
    call="{results} = {routine}({arguments})",
    head="function {name}({arguments})", says='"{text}"', give="return {values}", tail="end",
    loop=("for _ in 1:{count}", "end"),
    power="({}) ^ ({})",
    first=1,
    root='''\
"The square root of x; 0, with the derivative 0, where x is not positive."
root(x) = x > 0.0 ? sqrt(x) : zero(x)''',
)  # fmt: skip

FILE = """\
#=
$header
=#

using LinearAlgebra: dot, norm

$routines

"x of length 1, and its standard deviation: its length over the root of its size."
function unit(x)
    s = norm(x)
    return x / (s > 0.0 ? s : one(s)), s / sqrt(length(x))
end

"The kernel of two points, each with its standard deviation."
function entry(unit1, s1, unit2, s2, w_std, b_std$known)
    way = dot(unit1, unit2) >= 0.0 ? 1.0 : -1.0
    near = 0.5 * sum(abs2, unit1 - way * unit2)
$body
    return $result
end

"K(X, Y) of size (n, m); the points are the rows of X (n, d) and Y (m, d)."
function kernel(X, Y = X; w_std = $w_std, b_std = $b_std)
    first, second = unit.(eachrow(X)), unit.(eachrow(Y))
$remember    return [entry(x..., y..., w_std, b_std$known) for x in first, y in second]
end
"""


def _more(body: Body) -> dict[str, str]:
    if not any(of.text for of in body.routines):
        return {"known": "", "remember": ""}
    return {"known": ", known", "remember": "    known = IdDict()\n"}


TARGETS = {
    "julia": Target(
        JULIA,
        'Julia 1.9 or later: include("kernel.jl"). ForwardDiff differentiates it.',
        Template(FILE), series.TEXT, ("known",), _more,
        beyond="Beyond, it is an error.",
    )
}  # fmt: skip
