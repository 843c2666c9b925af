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
# # From a cost to a trained network
#
# A network computes a function, and its cost is a functional of that function. Follow the cost
# downhill in the space of functions, with the tangent kernel as the metric, and the network
# follows: exactly, in the limit of infinite width. Each step below is derived, then checked, then
# met by networks of finite width.

# %%
# %matplotlib inline
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import Latex, display
from sympy import Sum
from threadpoolctl import threadpool_limits

import ntksym
from ntksym.language.functions import N, f, i, inputs, targets
from ntksym.numerics.finite import ensemble
from ntksym.render import latex

# %% [markdown]
# ## The cost and its derivative
#
# Least squares on N points, as a formula in the unknown function f. Its derivative is found from
# the linear term of E[f + εφ]; in the space of a kernel K it is a combination of K(xᵢ, ·).

# %%
cost = Sum((f(inputs[i]) - targets[i]) ** 2, (i, 1, N)) / (2 * N)
found = ntksym.functional_derivative(cost)
display(found.derivation)

# %%
report = ntksym.check(found.derivation).require(ntksym.Verdict.PROVED)
print("verdict:", report.verdict.name)
Latex(rf"$\frac{{\delta C}}{{\delta f}} = {latex(found.gradient)}$")

# %% [markdown]
# ## On data
#
# Four points of the circle, and the tangent kernel of a network with three hidden layers. The cost
# falls at the rate ‖δC/δf‖², which is the derivative by time of the flow below.

# %%
angles = np.array([-0.75, -0.35, 0.3, 0.8]) * np.pi
around = np.linspace(-np.pi, np.pi, 121)
X, circle = (np.c_[np.cos(a), np.sin(a)] for a in (angles, around))
y = X[:, 0] * X[:, 1]
network = ntksym.mlp("erf", depth=4, w_std=1.5, b_std=0.3)
kernel = ntksym.ntk(network)
rate = ntksym.least_squares(X, y).rate(kernel, np.zeros(4))
step = 1e-5
flow = ntksym.gradient_flow(kernel, X, y, [0, step])
print("dC/dt:", rate, " from the flow:", (flow.loss[1] - flow.loss[0]) / step)
assert np.isclose(rate, (flow.loss[1] - flow.loss[0]) / step, rtol=1e-3)

# %% [markdown]
# ## The flow in closed form
#
# $f_t=f_0-\Theta(x,X)\,\Theta^{-1}(1-e^{-t\Theta/N})(f_0(X)-y)$: each eigendirection of Θ decays at
# a rate of its own. Over random initialisation $f_0$ is Gaussian, and so is $f_t$.

# %%
times = [0.0, 0.3, 3.0, np.inf]
flow = ntksym.gradient_flow(kernel, X, y, times, circle)
print("rates:", flow.rates.round(4), " largest stable learning rate:", flow.largest_stable_rate)

figure, panels = plt.subplots(1, 4, figsize=(13, 3), sharey=True, layout="constrained")
for axes, t, mean, std in zip(panels, times, flow.mean, flow.std, strict=True):
    axes.fill_between(around, mean - 2 * std, mean + 2 * std, alpha=0.25, linewidth=0)
    axes.plot(around, mean)
    axes.plot(angles, y, "o", color="black", markersize=4)
    axes.set_title(f"t = {t:g}")
    axes.set_xlabel("angle")
plt.show()

# %% [markdown]
# ## A finite network follows
#
# Gradient descent on the parameters of one network, and the flow from the function that it starts
# with. Nothing is fitted.

# %%
speed = 0.1 * flow.largest_stable_rate
net = ntksym.finite_width(network, 512, seed=3)
shown = (0, 5, 20, 100)
with threadpool_limits(1, "blas"):  # so small a product is faster alone
    done = net.train(X, y, 100, rate=speed, test=circle, record=shown)
same = ntksym.gradient_flow(
    kernel, X, y, done.times, circle, initial=net(X)[:, 0], initial_test=net(circle)[:, 0]
)
figure, panels = plt.subplots(1, 2, figsize=(11, 3.4), layout="constrained")
for k in range(len(shown)):
    (line,) = panels[0].plot(around, done.test_outputs[k, :, 0], label=f"t = {done.times[k]:.2g}")
    panels[0].plot(around, same.mean[k], "--", color=line.get_color(), linewidth=2.5, alpha=0.5)
panels[0].plot(angles, y, "o", color="black", markersize=4)
panels[0].set(title="width 512 (full) and the flow (dashed)", xlabel="angle")
panels[0].legend(frameon=False)
panels[1].semilogy(done.times, done.costs, "o", label="width 512")
panels[1].semilogy(done.times, same.loss, "--", label="flow")
panels[1].set(title="cost", xlabel="t")
panels[1].legend(frameon=False)
plt.show()
away = np.abs(done.test_outputs[:, :, 0] - same.mean).max()
print("largest difference:", away)
assert away < 0.2

# %% [markdown]
# ## Many networks have the law of the flow
#
# 60 networks of width 128, trained to the same time, and the standard deviation that the closed
# form predicts.

# %%
steps = 40


def after(net):
    """What it has learned, on the circle."""
    return net.train(X, y, steps, rate=speed, record=[steps]).final(circle)[:, 0]


trained = ensemble(after, network, 128, 60)
law = ntksym.gradient_flow(kernel, X, y, [steps * speed], circle)
plt.figure(figsize=(6, 3.2), layout="constrained")
plt.plot(around, trained.std(axis=0, ddof=1), label="60 networks")
plt.plot(around, law.std[0], "--", color="black", label="closed form")
plt.xlabel("angle")
plt.ylabel("standard deviation")
plt.legend(frameon=False)
plt.show()

# %% [markdown]
# ## At infinity: kernel regression
#
# At t = ∞ the mean is the interpolant of least norm. `KernelRegression` gives the same function,
# and says what is proved of the matrix it solved with.

# %%
model = ntksym.KernelRegression(kernel).fit(X, y)
print("difference from the flow:", np.abs(model.predict(circle) - flow.mean[-1]).max())
print("jitter:", model.jitter, "| positive definite:", model.certificate.verdict)
assert np.allclose(model.predict(circle), flow.mean[-1], atol=1e-8)
