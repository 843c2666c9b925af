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
# # Wide networks, put to the test
#
# Theorems about infinite width say something about wide networks too: how fast. An experiment here
# is a decision with a stated rate of false alarms, and one that fails where the claim is false. The
# settings are small ones; `ntksym figures` draws the large ones.

# %%
# %matplotlib inline
import numpy as np
from IPython.display import HTML, Latex, display

import ntksym
from ntksym.numerics.experiments import (
    gaussian_outputs,
    kernel_convergence,
    kernel_movement,
    linearisation_error,
    trained_outputs,
)
from ntksym.plots import quantiles, rates
from ntksym.plots.album import ALBUM

X = np.random.default_rng(0).normal(size=(5, 3))
y = np.sin(2 * X[:, 0])
verdicts = {}

# %% [markdown]
# ## The kernel at random parameters
#
# Its distance from the limit falls as width$^{-1/2}$: the whole interval of the slope has to lie
# between -0.6 and -0.4. Against a limit with another w it does not fall.

# %%
widths = (64, 128, 256, 512)
wrong = ntksym.ntk("relu", depth=3, b_std=0.3, w_std=1.1)
found = {
    "relu": kernel_convergence("relu", X, widths, 24, depth=3, b_std=0.3),
    "erf": kernel_convergence("erf", X, widths, 24, depth=3, b_std=0.3),
    "relu, wrong limit": kernel_convergence("relu", X, widths, 24, limit=wrong, depth=3, b_std=0.3),
}
verdicts |= {f"kernel reaches its limit, {name}": rate for name, rate in found.items()}
display(Latex(r"$\|\hat K-K\otimes\mathrm{Id}\|_F\,/\,\|K\otimes\mathrm{Id}\|_F\sim n^{-1/2}$"))
for name, rate in found.items():
    print(f"{name:18} slope {rate.slope:.3f}, in {np.round(rate.interval, 3)}")
rates(found)

# %% [markdown]
# ## In training
#
# The kernel stays, and the network keeps to its linearisation, the better the wider.

# %%
options = {"steps": 20, "depth": 2, "b_std": 0.3}
training = {
    "movement of the kernel": kernel_movement("erf", X, y, (32, 128, 512), 12, **options),
    "distance from the linearised": linearisation_error("erf", X, y, (32, 128, 512), 12, **options),
}
verdicts |= training
rates(training)

# %% [markdown]
# In the mean-field scaling, 1/width before the sum over neurons, nothing of this is true: the
# kernel moves however wide the network is.


# %%
def mean_field(width):
    """Two layers whose sum is divided by the width, not by its root."""
    return ntksym.serial(ntksym.Dense(1, 0.3), ntksym.Elementwise("erf"), ntksym.Dense(width**-0.5))


moving = kernel_movement(mean_field, X, y, (32, 128, 512), 12, steps=20)
verdicts["movement in the mean-field scaling"] = moving
rates({"mean field": moving})

# %% [markdown]
# ## The law of the outputs
#
# Whitened by the covariance of the limit, the squared length of outputs at 5 points is χ²(5). A
# network of three neurons has heavier tails.

# %%
law = {
    f"width {width}": gaussian_outputs("relu", X, width, 600, depth=2, b_std=0.3)
    for width in (3, 256)
}
verdicts |= {f"Gaussian outputs, {name}": tests for name, tests in law.items()}
quantiles(law)

# %% [markdown]
# After training the law is that of `gradient_flow`, mean and covariance in closed form.

# %%
there = 0.1 * np.random.default_rng(1).normal(size=(2, 3))
options = {"steps": 30, "depth": 2, "b_std": 0.3}
other = ntksym.ntk("erf", depth=2, b_std=1.0)
after = {
    "its own flow": trained_outputs("erf", X, y, there, 256, 250, **options),
    "flow of β = 1": trained_outputs("erf", X, y, there, 256, 250, limit=other, **options),
}
verdicts |= {f"trained outputs, {name}": tests for name, tests in after.items()}
quantiles(after)

# %% [markdown]
# ## The figures of the paper
#
# Two of them, quickly. What they show at full size is in `docs/figures.md`.

# %%
kernels = ALBUM["kernels"]
numbers = kernels.compute({50: 4, 400: 2}, steps=50, angles=61)
print(numbers)
kernels.draw(numbers)

# %%
components = ALBUM["components"]
numbers = components.compute({50: 3, 300: 1}, points=100)
print(numbers)
components.draw(numbers)

# %% [markdown]
# ## All of it

# %%
expected = {name: "wrong" not in name and "mean-field" not in name for name in verdicts}
expected |= {"Gaussian outputs, width 3": False, "trained outputs, flow of β = 1": False}
words = {True: "passes", False: "fails"}
rows = "".join(f"<tr><td>{name}<td>{words[v.passes]}" for name, v in verdicts.items())
display(HTML(f"<table>{rows}</table>"))
assert {name: v.passes for name, v in verdicts.items()} == expected
