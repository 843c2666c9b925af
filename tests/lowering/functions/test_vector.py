"""The functions against Arb, at their ends, and in the instructions that loops over them become."""

import inspect
import math
import re
from collections.abc import Callable
from typing import Any

import llvmlite.binding
import numpy as np
import pytest
from flint import arb

from ntksym.evaluate.balls import precision
from ntksym.lowering.code.options import compiled
from ntksym.lowering.functions import vector
from ntksym.lowering.functions.proofs.claims import CLAIMS

INF, NAN = math.inf, math.nan


def excess(angle: arb) -> arb:
    """Angle less sine by the series, of which 40 terms are enough up to pi/2."""
    terms = ((-1) ** k * angle ** (2 * k + 3) / arb.fac_ui(2 * k + 3) for k in range(40))
    return sum(terms, arb(0))


TRUTHS: dict[str, Callable[..., arb]] = {
    "arccosine_of_gap": lambda g: 2 * (g / 2).sqrt().asin(),
    "acute_angle": lambda g: 2 * (g / 2).sqrt().asin(),
    "acute_excess": lambda g: excess(2 * (g / 2).sqrt().asin()),
    "arcsine": lambda x, gap: x.asin(),
    "arctangent2": arb.atan2,
    "blunt_arcsine": lambda x, cosine: x.asin(),
    "blunt_reciprocal": lambda x: 1 / x,
    "sharp_reciprocal": lambda x: 1 / x,
    "sharp_arcsine": lambda x, cosine: x.asin(),
    "exponential": arb.exp,
    "exponential_less_one": arb.expm1,
    "hyperbolic_sine": arb.sinh,
    "hyperbolic_cosine": arb.cosh,
    "error_function": arb.erf,
    "complementary_error_function": arb.erfc,
    "normal_cdf": lambda x: (-x / arb(2).sqrt()).erfc() / 2,
}
RANGES = {
    "arccosine_of_gap": (0.0, 2.0),
    "acute_angle": (0.0, 1.0),
    "acute_excess": (0.0, 1.0),
    "blunt_reciprocal": (0.57, 1.0),
    "sharp_reciprocal": (0.31, 1.0),
    "exponential": (-708.39, 709.78),
    "exponential_less_one": (-745.0, 709.78),
    "hyperbolic_sine": (-710.47, 710.47),
    "hyperbolic_cosine": (-710.47, 710.47),
    "error_function": (-30.0, 30.0),
    "complementary_error_function": (-30.0, 26.54),
    "normal_cdf": (-37.51, 40.0),
}
BLUNT = {"blunt_arcsine": 0.82, "sharp_arcsine": 0.95}
ONE = list(RANGES)
NARROW = "arccosine_of_gap", "acute_angle", "acute_excess", "blunt_reciprocal", "sharp_reciprocal"


def loop(function: Any) -> Any:
    if len(inspect.signature(function.py_func).parameters) == 1:

        def over(x, out):  # type: ignore[no-untyped-def]
            for i in range(x.size):
                out[i] = function(x[i])
    else:

        def over(x, y, out):  # type: ignore[no-untyped-def]
            for i in range(x.size):
                out[i] = function(x[i], y[i])

    return compiled(over)


LOOPS = {name: loop(getattr(vector, name)) for name in TRUTHS}


def points(name: str) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(11)
    tiny = 10.0 ** rng.uniform(-300, 0, 1500)
    if name == "arctangent2":
        spread = 10.0 ** rng.uniform(-40, 40, (2, 1500)) * rng.choice([-1, 1], (2, 1500))
        return tuple(np.hstack([rng.normal(size=(2, 4000)), spread, [tiny, tiny[::-1]]]))
    if name == "arcsine":
        x = np.concatenate([rng.uniform(-1, 1, 4000), tiny, -tiny, [0.5, -0.5, 1, -1, 0]])
        return x, 1.0 - np.abs(x)
    if name in BLUNT:
        end = BLUNT[name]
        x = np.concatenate([rng.uniform(-end, end, 4000), end * tiny, -tiny * end, [end, -end, 0]])
        return x, np.sqrt(1 - x * x)
    low, high = RANGES[name]
    middle = np.clip(rng.uniform(-2, 2, 3000), low, high)
    ends = [0.5, low, high, 0.0, math.log(2) / 2, *(-tiny if low < 0 else high - tiny)]
    x = np.concatenate([rng.uniform(low, high, 3000), middle, np.clip([*tiny, *ends], low, high)])
    return (x[(x == 0) | (x > 1e-180)] if name == "acute_excess" else x,)


@pytest.mark.parametrize("name", TRUTHS)
def test_values_within_what_is_claimed(name: str) -> None:
    arguments = points(name)
    values = np.empty_like(arguments[0])
    LOOPS[name](*arguments, values)
    units = max(claim.units for claim in CLAIMS.values() if claim.function == name)
    worst = 0.0
    with precision(160):
        for value, *x in zip(values, *arguments, strict=True):
            exact = TRUTHS[name](*map(arb, map(float, x)))
            error = abs(arb(float(value)) - exact)
            assert error <= units * 2.0**-52 * abs(exact), (x, value)
            if exact != 0:
                worst = max(worst, float((error / abs(exact)).upper()) * 2.0**52)
    assert 0.25 < worst <= max(2.5, units / 2)


SPECIAL = [
    ("arccosine_of_gap", (0.0,), 0.0),
    ("arccosine_of_gap", (2.0,), math.pi),
    ("arccosine_of_gap", (1.0,), math.pi / 2),
    ("acute_angle", (0.0,), 0.0),
    ("acute_angle", (1.0,), math.pi / 2),
    ("acute_excess", (0.0,), 0.0),
    ("arcsine", (1.0, 0.0), math.pi / 2),
    ("arcsine", (-1.0, 0.0), -math.pi / 2),
    ("arcsine", (0.0, 1.0), 0.0),
    ("arctangent2", (0.0, 0.0), 0.0),
    ("arctangent2", (0.0, 3.0), 0.0),
    ("arctangent2", (0.0, -3.0), math.pi),
    ("arctangent2", (2.0, 0.0), math.pi / 2),
    ("arctangent2", (-2.0, 0.0), -math.pi / 2),
    ("arctangent2", (INF, INF), math.pi / 4),
    ("arctangent2", (INF, 1.0), math.pi / 2),
    ("arctangent2", (1.0, INF), 0.0),
    ("arctangent2", (1.7e308, 1.7e308), math.pi / 4),
    ("exponential", (0.0,), 1.0),
    ("exponential", (-INF,), 0.0),
    ("exponential", (INF,), INF),
    ("exponential", (-746.0,), 0.0),
    ("exponential", (709.79,), INF),
    ("exponential", (-708.4,), 0.0),
    ("exponential_less_one", (-INF,), -1.0),
    ("exponential_less_one", (INF,), INF),
    ("exponential_less_one", (0.0,), 0.0),
    ("hyperbolic_sine", (0.0,), 0.0),
    ("hyperbolic_sine", (INF,), INF),
    ("hyperbolic_sine", (-INF,), -INF),
    ("hyperbolic_sine", (-711.0,), -INF),
    ("hyperbolic_cosine", (0.0,), 1.0),
    ("hyperbolic_cosine", (-INF,), INF),
    ("error_function", (0.0,), 0.0),
    ("error_function", (INF,), 1.0),
    ("error_function", (-INF,), -1.0),
    ("complementary_error_function", (0.0,), 1.0),
    ("complementary_error_function", (INF,), 0.0),
    ("complementary_error_function", (-INF,), 2.0),
    ("complementary_error_function", (26.6,), 0.0),
    ("normal_cdf", (0.0,), 0.5),
    ("normal_cdf", (INF,), 1.0),
    ("normal_cdf", (-INF,), 0.0),
    ("normal_cdf", (-38.0,), 0.0),
]


@pytest.mark.parametrize(("name", "x", "expected"), SPECIAL)
def test_special_points_are_exact(name: str, x: tuple[float, ...], expected: float) -> None:
    assert getattr(vector, name)(*x) == expected


@pytest.mark.parametrize("name", TRUTHS)
def test_not_a_number_stays(name: str) -> None:
    function = getattr(vector, name)
    if name in ONE:
        assert math.isnan(function(NAN))
        return
    for x in ((NAN, NAN), (NAN, 0.5), (NAN, 0.0), (0.0, NAN), (1.0, NAN)):
        if name == "arctangent2" or math.isnan(x[0]):
            assert math.isnan(function(*x)), x


def test_outside_their_domain() -> None:
    for gap in (-1e-9, 2.1, INF, -INF):
        assert math.isnan(vector.arccosine_of_gap(gap))


def test_plain_python_runs_the_same_source() -> None:
    for name in ("arccosine_of_gap", "arctangent2", "exponential", "normal_cdf"):
        x = (0.3, 0.7)[: 2 if name == "arctangent2" else 1]
        function = getattr(vector, name)
        assert function.py_func(*x) == pytest.approx(function(*x), rel=1e-15)


def test_float32_arrays_are_widened() -> None:
    """But for angles and what they need, which stay in float32."""
    out = np.empty(9, np.float32)
    for name in ONE:
        x = np.linspace(*np.clip(RANGES[name], 0, 2), 9, dtype=np.float32)
        LOOPS[name](x, out)
        wide = np.empty(9)
        LOOPS[name](x.astype(float), wide)
        allowed = 2.0**-22 if name in NARROW else 0
        np.testing.assert_allclose(out, wide.astype(np.float32), rtol=allowed, atol=0)


AVX2 = llvmlite.binding.get_host_cpu_features().get("avx2", False)
LIBM = r"\$\.?(?:sin|cos|exp|expm1|sinh|cosh|erf|erfc|atan2|atan|asin|acos|pow|log)f?\b"
PACKED = r"\bv?f?n?m(?:ul|add\d+|sub\d+)pd\s[^\n]*%[yz]mm"


def packed(function: Any, arguments: int) -> tuple[int, list[str]]:
    over = loop(function)
    over.dispatcher(*np.full((arguments + 1, 64), 0.5))
    text = "\n".join(over.dispatcher.inspect_asm().values())
    return len(re.findall(PACKED, text)), re.findall(LIBM, text)


@pytest.mark.skipif(not AVX2, reason="needs a machine with AVX2")
@pytest.mark.parametrize("name", TRUTHS)
def test_a_loop_becomes_vector_instructions(name: str) -> None:
    count, called = packed(getattr(vector, name), 1 if name in ONE else 2)
    assert count >= 10
    assert called == []


@pytest.mark.skipif(not AVX2, reason="needs a machine with AVX2")
def test_a_call_of_the_library_is_noticed() -> None:
    count, called = packed(compiled(lambda y, x: math.atan2(y, x) * y + x), 2)
    assert count < 10
    assert called != []
