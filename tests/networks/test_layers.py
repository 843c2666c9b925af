"""Layers and activations: what they refuse, and that they are values."""

import pickle

import pytest
from sympy import Max, Symbol, sin, symbols

import ntksym
from ntksym import (
    Activation,
    Dense,
    Elementwise,
    Network,
    Residual,
    activation,
    catalogue,
    mlp,
    ntk,
    serial,
    z,
)


@pytest.mark.parametrize("depth", [0, -1])
def test_depth_below_one(depth: int) -> None:
    with pytest.raises(ValueError, match=f"depth: expected at least 1.*got {depth}"):
        mlp("relu", depth)


@pytest.mark.parametrize("depth", [2.0, True, "2", None])
def test_depth_that_is_no_integer(depth: object) -> None:
    with pytest.raises(TypeError, match="depth: expected an integer"):
        mlp("relu", depth)


@pytest.mark.parametrize("name", ["w_std", "b_std"])
@pytest.mark.parametrize(
    "value", [-1, -0.5, float("nan"), float("inf"), -Symbol("a", positive=True)]
)
def test_standard_deviations_out_of_range(name: str, value: object) -> None:
    with pytest.raises(ValueError, match=f"{name}: expected"):
        Dense(**{name: value})


@pytest.mark.parametrize("name", ["w_std", "b_std"])
@pytest.mark.parametrize("value", ["1", None, True, 1j, [1]])
def test_standard_deviations_of_the_wrong_kind(name: str, value: object) -> None:
    with pytest.raises(TypeError, match=f"{name}: expected a number"):
        Dense(**{name: value})


def test_bias_init_is_one_of_two() -> None:
    with pytest.raises(ValueError, match=r"bias_init: expected 'gaussian' or 'zero', got 'ones'"):
        mlp("relu", 2, bias_init="ones")


@pytest.mark.parametrize(("wrong", "right"), [("rleu", "relu"), ("ReLU", "relu"), ("erff", "erf")])
def test_unknown_names_get_the_nearest_match(wrong: str, right: str) -> None:
    with pytest.raises(ValueError, match=f"unknown name '{wrong}'; did you mean '{right}'"):
        activation(wrong)


def test_unknown_names_without_a_match_list_what_there_is() -> None:
    names = ", ".join(catalogue())
    assert "relu" in names
    with pytest.raises(ValueError, match=f"unknown name 'qqqq'.*Known names: {names}$"):
        activation("qqqq")


@pytest.mark.parametrize("value", [3, None, ["relu"]])
def test_activations_of_the_wrong_kind(value: object) -> None:
    with pytest.raises(TypeError, match="activation: expected a name, a text or an Activation"):
        activation(value)


def test_unknown_parameters_are_named() -> None:
    with pytest.raises(ValueError, match="leaky_relu: unknown parameter 'slope'; known: alpha"):
        activation("leaky_relu", slope=1)
    with pytest.raises(ValueError, match="relu: unknown parameter 'alpha'; known: none"):
        activation("relu", alpha=1)


def test_expressions_must_be_in_z() -> None:
    with pytest.raises(ValueError, match=r"expected an expression in ntksym\.z"):
        Activation("mine", Symbol("z"))
    with pytest.raises(ValueError, match="parameter a must be declared real"):
        Activation("mine", Symbol("a") * z)
    with pytest.raises(ValueError, match="expected a function of z, got the constant 2"):
        ntksym.dual(Activation("two", z - z + 2))


def test_the_order_of_layers() -> None:
    with pytest.raises(ValueError, match="a network starts with a Dense"):
        serial(Elementwise("relu"), Dense())
    with pytest.raises(ValueError, match="a network starts with a Dense"):
        Network(())
    with pytest.raises(ValueError, match="put a Dense layer between two activations"):
        serial(Dense(), Elementwise("relu"), Elementwise("erf"))
    with pytest.raises(ValueError, match="put a Dense layer between two activations"):
        serial(Dense(), Elementwise("relu"), Residual(Elementwise("relu"), Dense()))
    with pytest.raises(ValueError, match="its last layer must be a Dense"):
        Residual(Dense(), Elementwise("relu"))
    with pytest.raises(
        TypeError, match="expected Dense, Elementwise, Residual or a Network, got str"
    ):
        serial(Dense(), "relu")


def test_a_network_has_its_parameters_already() -> None:
    with pytest.raises(TypeError, match="a Network has its parameters already, got depth"):
        ntk(mlp("relu", 2), depth=3)
    with pytest.raises(TypeError, match="depth: expected the number of affine layers"):
        ntk("relu")


def test_networks_and_kernels_are_values() -> None:
    w = Symbol("w", positive=True)
    network = serial(mlp("relu", 2, w_std=w), Residual(Elementwise("erf"), Dense(1, 0.5)), Dense())
    same = serial(mlp("relu", 2, w_std=w), Residual(Elementwise("erf"), Dense(1, 0.5)), Dense())
    assert network == same
    assert hash(network) == hash(same)
    assert pickle.loads(pickle.dumps(network)) == network
    assert pickle.loads(pickle.dumps(ntk(network))) == ntk(same)
    assert ntk(network) != ntksym.nngp(network)
    assert network.depth == 4
    assert [a.name for a in network.activations] == ["relu", "erf"]


def test_activations_compare_by_name_and_expression() -> None:
    assert Activation("relu", Max(0, z)) != Activation("relu", Max(0, 2 * z))
    assert activation("leaky_relu", alpha=0.1) == activation("leaky_relu", alpha=0.1)
    assert activation("leaky_relu", alpha=0.1) != activation("leaky_relu", alpha=0.2)
    assert activation(activation("relu")) == activation("relu")
    assert activation("max(z, a*z)", a=symbols("a", real=True)).expr.has(symbols("a", real=True))


def test_a_step_has_a_covariance_and_no_tangent_kernel() -> None:
    step = ntksym.dual("Heaviside(z)")
    assert step.kind == "elementary"
    with pytest.raises(ValueError, match="no tangent kernel: the derivative DiracDelta"):
        _ = step.sigma_dot


def test_where_no_rule_applies_the_subexpression_is_named() -> None:
    unknown = ntksym.dual("tan(z)")
    assert unknown.kind == "unknown"
    assert unknown._repr_latex_() is None
    with pytest.raises(ValueError, match=r"tan.*no rule applies to E\[tan\(u\)\*tan\(v\)"):
        _ = unknown.sigma


def test_dual_evaluate_refuses_what_is_no_covariance() -> None:
    dual = ntksym.dual("relu")
    with pytest.raises(ValueError, match="q1: expected a variance of at least 0, got -1"):
        dual.evaluate(-1, 1, 0)
    with pytest.raises(ValueError, match=r"c: expected c\*\*2 <= q1\*q2"):
        dual.evaluate(1, 1, 2)


def test_duals_show_themselves() -> None:
    assert r"\dot\Sigma" in ntksym.dual("relu")._repr_latex_()
    assert r"\dot\Sigma" not in ntksym.dual("sign(z)")._repr_latex_()
    assert ntk("relu", depth=2)._repr_latex_().startswith("$")
    assert ntksym.dual(Activation("shifted", z + sin(z) * 0)).sigma == ntksym.c
