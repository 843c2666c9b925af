"""Every symbol of the project, with its assumptions, once.

============  ==============================================================
z             the argument of an activation
u, v          the Gaussian pair that an expectation binds
q1, q2, c     variances of u and v, and their covariance
q             the variance of a single Gaussian variable
k             the degree of a Hermite polynomial
rho           the correlation c/sqrt(q1 q2)
============  ==============================================================
"""

from sympy import Expr, Symbol

z = Symbol("z", real=True)
u = Symbol("u", real=True)
v = Symbol("v", real=True)
q1 = Symbol("q_1", positive=True)
q2 = Symbol("q_2", positive=True)
q = Symbol("q", positive=True)
c = Symbol("c", real=True)
rho = Symbol("rho", real=True)
k = Symbol("k", integer=True, nonnegative=True)


def running(upper: Expr) -> Symbol:
    """A name for the variable of an integral up to ``upper`` that ``upper`` does not use.

    >>> running(c), running(running(c))
    (t, s)
    """
    taken = {symbol.name for symbol in upper.free_symbols}
    names = ["t", "s", *(f"t_{k}" for k in range(1, len(taken) + 2))]
    return Symbol(next(name for name in names if name not in taken), real=True)
