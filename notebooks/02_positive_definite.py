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
# # Is my kernel positive definite?
#
# A Cholesky factorisation of a Gram matrix fails. Is that rounding, or is the matrix singular? For
# the kernel of an infinitely wide network ntksym decides it from the activation, with a proof or
# with points at which the quadratic form is exactly 0.

# %%
# %matplotlib inline
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import Latex, display
from matplotlib.colors import ListedColormap

import ntksym
from ntksym import positive_definite
from ntksym.theorems import theorems

# %% [markdown]
# ## A matrix that should have been positive definite
#
# "The neural tangent kernel is positive definite on the sphere for two layers and more": six points
# on a circle, two layers of ReLU, no bias.

# %%
kernel = ntksym.ntk("relu", depth=2)
angles = np.arange(6) * np.pi / 3
X = np.c_[np.cos(angles), np.sin(angles)]
print(np.linalg.eigvalsh(kernel(X)))

# %% [markdown]
# The smallest eigenvalue is 0 up to rounding, and here is why.

# %%
certificate = positive_definite(kernel, dimension=2)
display(certificate)

# %% [markdown]
# The certificate can be checked by anyone who has it: from its own data, in exact arithmetic and in
# rigorous balls.

# %%
print("verified:", certificate.verify())

# %% [markdown]
# ## Which hypothesis is missing?

# %%
for theorem in theorems():
    if "Proposition 2" in theorem.name:
        print(theorem.apply(kernel, dimension=2))

# %% [markdown]
# A bias, or a third layer, mixes even and odd degrees, and the kernel is positive definite.

# %%
for network in ({"depth": 2, "b_std": 0.3}, {"depth": 3}):
    repaired = ntksym.ntk("relu", **network)
    answer = positive_definite(repaired, dimension=2)
    smallest = np.linalg.eigvalsh(repaired(X))[0]
    print(network, answer.verdict.name, "smallest eigenvalue:", round(smallest, 4))

# %% [markdown]
# ## Every activation, three depths
#
# Green: positive definite on every sphere. Red: not. Grey: there is no tangent kernel.

# %%
names = [name for name in ntksym.catalogue() if name not in ("mish", "hermite", "rbf", "sinusoid")]
depths = 2, 3, 5
rows = []
for name in names:
    sigma = ntksym.activation(name)
    found = [positive_definite(ntksym.ntk(sigma, depth=depth)) for depth in depths]
    rows.append([{True: 1.0, False: -1.0, None: 0.0}[f.positive_definite] for f in found])
figure, axes = plt.subplots(figsize=(9, 2.6))
colours = ListedColormap(["#d73027", "#c8c8c8", "#1a9850"])
axes.imshow(np.array(rows).T, cmap=colours, vmin=-1, vmax=1, aspect="auto")
axes.set_xticks(range(len(names)), names, rotation=90, fontsize=8)
axes.set_yticks(range(len(depths)), [f"L = {depth}" for depth in depths])
figure.tight_layout()
plt.show()

# %% [markdown]
# ## Off the sphere
#
# Without bias the kernel of ReLU has rank 1 on a ray at every depth, and a bias that is trained
# from 0 makes it rank 2. With a Gaussian bias all of $\mathbb R^d$ is fine.

# %%
for network in ({}, {"b_std": 0.5, "bias_init": "zero"}, {"b_std": 0.5}):
    answer = positive_definite(ntksym.ntk("relu", depth=3, **network), 3, "R^d")
    print(network, "->", answer.verdict.name, "|", answer.reason)

# %% [markdown]
# ## Polynomials
#
# Their kernels have finite rank, however deep the network: here of 16 harmonics on the sphere.

# %%
cubic = positive_definite(ntksym.ntk("power", depth=2, b_std=0.5), dimension=3)
points = np.random.default_rng(0).normal(size=(40, 3))
points /= np.linalg.norm(points, axis=1, keepdims=True)
gram = cubic.kernel(points)
print("rank said:", cubic.rank, " numerical rank:", np.linalg.matrix_rank(gram, tol=1e-10))

# %% [markdown]
# ## For a paper

# %%
article = ntksym.to_latex(certificate)
print(article[article.index(r"\section*{Proof}") :][:400])
Latex(r"$\sum_j(-1)^j\,\Theta(\cos(\pi j/3))=0$")
