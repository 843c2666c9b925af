# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# # ruff: noqa: D100
# ---

# %% [markdown]
# # From an activation to its neural tangent kernel
#
# ntksym takes one expression, the activation, and derives everything else from it: the Gaussian
# expectations of the infinitely wide network, a proof of them line by line, a compiled kernel, and
# its values to any number of digits. No formula of a kernel is typed by hand, in the package or
# below.
#
# Conventions are those of Jacot, Gabriel and Hongler (2018): depth counts affine layers, and the
# input kernel is $x\cdot x'/n_0$.

# %%
# %matplotlib inline
import numpy as np
from IPython.display import Latex, display
from mpmath import nstr

import ntksym
from ntksym.data import digits
from ntksym.plots import circle
from ntksym.render import latex

# %% [markdown]
# ## The activation
#
# A name from the catalogue, or a text in `z`, read by a whitelist and never evaluated as code.

# %%
print(ntksym.catalogue())
relu = ntksym.activation("relu")
display(relu.expr, relu.derivative)

# %% [markdown]
# ## The derivation
#
# For $(u,v)\sim\mathcal N\left(0,\begin{pmatrix}q_1&c\\c&q_2\end{pmatrix}\right)$ the kernel needs
# $\Sigma=\mathbb E[\sigma(u)\sigma(v)]$ and $\dot\Sigma=\mathbb E[\sigma'(u)\sigma'(v)]$. Each line
# names the rule that gave it; the integrand of line (11) is derived in a lemma of its own.

# %%
dual = ntksym.dual(relu)
display(dual.derivation)

# %% [markdown]
# The results are SymPy expressions in `ntksym.q1`, `ntksym.q2` and `ntksym.c`.

# %%
display(dual.sigma)

# %%
display(dual.sigma_dot)

# %% [markdown]
# ## The check
#
# Every line goes before witnesses that share no code with the rules: algebra and a short list of
# lemmas, quadrature of the Gaussian integral that the chain started from, and rigorous balls.

# %%
report = dual.report
report.require(ntksym.Verdict.ENCLOSED)
for section in report.sections:
    print(", ".join(line.verdict.name for line in section.lines))

# %%
last = report.sections[1].lines[-1]
for witness in last.witnesses:
    print(f"{witness.name:10}  {witness.verdict.name:8}  {witness.detail}")

# %% [markdown]
# ## The kernel
#
# A network of three affine layers. The kernel is kept as a recursion of named steps, which never
# grows with the depth; closed forms are written when they are asked for.

# %%
kernel = ntksym.ntk("relu", depth=3, w_std=2**0.5, b_std=0.1)
print(len(kernel.recursion.steps), "steps;", kernel.recursion.size(), "nodes if written out")
ntksym.ntk("relu", depth=2).on_sphere(ntksym.rho)

# %% [markdown]
# ## A Gram matrix
#
# Compiled from the derived expression, in parallel; here of 500 handwritten digits.

# %%
images, labels = digits()
X = images[:500] / 16
gram = kernel(X)
print(gram.shape, "symmetric:", bool((gram == gram.T).all()))
print("smallest eigenvalue:", np.linalg.eigvalsh(gram)[0])

# %% [markdown]
# ## More digits, and bounds
#
# The same entry from mpmath, and between rigorous bounds from Arb.

# %%
exact = kernel.evaluate(X[0], X[1], digits=50)
ball = kernel.enclose(X[0], X[1], bits=128)
print("double ", gram[0, 1])
print("mpmath ", nstr(exact, 50))
print("Arb    ", ball.str(38))
assert abs(gram[0, 1] - float(exact)) <= 64 * np.spacing(float(exact))

# %% [markdown]
# ## A picture
#
# The kernel between $x_0=(1,0)$ and $x(\gamma)=(\cos\gamma,\sin\gamma)$ for several depths.

# %%
circle({f"$L={depth}$": ntksym.ntk("relu", depth=depth, w_std=2**0.5) for depth in (2, 3, 5, 8)})

# %% [markdown]
# ## A paper
#
# The derivation as an article in LaTeX, with its references; `to_pdf` compiles it where TeX Live is
# installed, and `to_html` makes one page that needs no network.

# %%
article = ntksym.to_latex(dual, report=report)
print(article[article.index(r"\begin{document}") :][:600])

# %%
Latex(rf"$\dot\Sigma = {latex(dual.sigma_dot)}$")
