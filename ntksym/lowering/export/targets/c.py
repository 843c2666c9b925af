"""C99, without a library but its own."""

from string import Template

from sympy import Abs, Max, Min, Pow

from ntksym.lowering.export.network import Body
from ntksym.lowering.export.printer import Language
from ntksym.lowering.export.routine import Assign, Call, Line, Repeat, used_in
from ntksym.lowering.export.series import c as series
from ntksym.lowering.export.targets.functions import functions
from ntksym.lowering.export.targets.target import Target

CODES = functions("", {Abs: "fabs", Max: "fmax", Min: "fmin"})
C = Language(
    title="C99",
    codes=CODES | {Pow: "root({})"}, constants=CODES,
    names={"EPSILON": "DBL_EPSILON", "TINY": "1e-77"},
    pi="PI",
    choice="({test} > 0.0 ? {near} : {far})",
    assign="const double {name} = {code};", again="{name} = {code};",
    declare="double {names};",
    call="{routine}({arguments});",
    head="static void {name}({arguments})\n{{", says="/* {text} */", give="*{name}_ = {name};",
    tail="}",
    loop=("for (int k = 0; k < {count}; k++) {{", "}"),
    power="pow({}, {})",
    by_address=True,
    root="""\
static double root(double x)
{
    return x > 0.0 ? sqrt(x) : 0.0;
}""",
)  # fmt: skip

FILE = """\
/* $header
 */

#include <float.h>
#include <math.h>
#include <stddef.h>
$headers
#define PI 3.14159265358979323846

$constants

void $name(size_t n, size_t m, size_t d, const double *X, const double *Y, double *K);
double ${name}_pair(size_t d, const double *x, const double *y, $parameters);

$routines

/* The length of scale*x, and scale: a power of two that leaves no square too large or too small. */
static double length(size_t d, const double *x, double *scale)
{
    double largest = 0.0, square = 0.0;
    for (size_t k = 0; k < d; k++)
        largest = fmax(largest, fabs(x[k]));
    int exponent;
    frexp(largest, &exponent);
    *scale = ldexp(1.0, exponent < -1000 ? 1000 : -exponent);
    for (size_t k = 0; k < d; k++)
        square += (x[k] * *scale) * (x[k] * *scale);
    return sqrt(square);
}

/* K(x, y) of two points of d coordinates. */
$signature
{
    double scale1, scale2, product = 0.0, near = 0.0;
    const double length1 = length(d, x, &scale1), length2 = length(d, y, &scale2);
    const double unit1 = length1 > 0.0 ? 1.0 / length1 : 0.0;
    const double unit2 = length2 > 0.0 ? 1.0 / length2 : 0.0;
    for (size_t k = 0; k < d; k++)
        product += ((x[k] * scale1) * unit1) * ((y[k] * scale2) * unit2);
    const double way = product >= 0.0 ? 1.0 : -1.0;
    for (size_t k = 0; k < d; k++) {
        const double step = (x[k] * scale1) * unit1 - way * ((y[k] * scale2) * unit2);
        near += 0.5 * step * step;
    }
    double s1 = length1 / scale1 / sqrt((double)d), s2 = length2 / scale2 / sqrt((double)d);
    double $state;
$idle$body
    return $result;
}

$calls"""
CALLS = """\
/* K[i*m + j] = K(X[i], Y[j]) of n rows of X and m of Y, d numbers each, row after row. */
void $name(size_t n, size_t m, size_t d, const double *X, const double *Y, double *K)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < m; j++)
            K[i * m + j] = ${name}_pair(d, X + i * d, Y + j * d, W_STD, B_STD);
}
"""
SIGNATURE = "double ${name}_pair(size_t d, const double *x, const double *y, $parameters)"


def _names(lines: tuple[Line, ...]) -> list[str]:
    """What the lines assign to, in order."""
    found: list[str] = []
    for line in lines:
        match line:
            case Assign(name):
                found.append(name)
            case Call(results):
                found += results
            case Repeat(_, inner):
                found += _names(inner)
    return list(dict.fromkeys(found))


def _more(body: Body) -> dict[str, str]:
    """One number of each is a macro, of several there are arrays."""
    pairs = ("W_STD", body.w_std), ("B_STD", body.b_std)
    if len(body.w_std) == 1:
        defined = "\n".join(f"#define {name} {values[0]!r}" for name, values in pairs)
        parameters = "double w_std, double b_std"
    else:
        defined = "\n".join(
            f"static const double {name}[] = {{{', '.join(map(repr, values))}}};"
            for name, values in pairs
        )
        parameters = "const double *w_std, const double *b_std"
    used = {name.partition("[")[0] for name in used_in(body.lines)}
    idle = "".join(f"    (void){name};\n" for name in ("w_std", "b_std") if name not in used)
    state = [name for name in _names(body.lines) if name not in ("s1", "s2")]
    kept = any(of.text for of in body.routines)
    texts = (series.SIGNATURE, series.CALLS) if kept else (SIGNATURE, CALLS)
    signature, calls = (Template(text).safe_substitute(parameters=parameters) for text in texts)
    return {
        "constants": defined, "parameters": parameters, "state": ", ".join(state), "idle": idle,
        "signature": signature, "calls": calls, "headers": "#include <stdlib.h>\n" * kept,
    }  # fmt: skip


TARGETS = {
    "c": Target(
        C,
        "C99: cc -std=c99 -O2 -c kernel.c, and link with -lm. Not with -ffast-math: the order of\n"
        "operations matters.",
        Template(FILE), series.TEXT, ("at1++", "at2++", "by"), _more, " * ",
    )
}  # fmt: skip
