"""Polynomials of least error. Written by functions.generate; do not edit."""

from ntksym.lowering.code.options import inlined, or_in_float32

ARCSINE_CORE_IN_FLOAT32 = (
    0.1666666567325592, 0.07500240951776505, 0.04454895481467247,
    0.031698666512966156, 0.014292264357209206, 0.03842262178659439,
)  # fmt: skip
ARCSINE_CORE_IN_FLOAT32_BOUND = 6.005e-8


@inlined
def arcsine_core_in_float32(x: float) -> float:
    """(asin(h)/h - 1)/z, z = h*h.

    On [0, 253/1000] the relative error is at most 6.005e-8: proved by ``bounds.bound``.
    """
    y = x * x
    p = ARCSINE_CORE_IN_FLOAT32[4]
    p = (p * y + ARCSINE_CORE_IN_FLOAT32[2]) * y + ARCSINE_CORE_IN_FLOAT32[0]
    q = ARCSINE_CORE_IN_FLOAT32[5]
    q = (q * y + ARCSINE_CORE_IN_FLOAT32[3]) * y + ARCSINE_CORE_IN_FLOAT32[1]
    return p + x * q


ARCSINE_CORE = (
    0.16666666666666669, 0.07499999999998035, 0.044642857147154165,
    0.030381944075850664, 0.022372175475681714, 0.01735233247188024,
    0.013972118919399484, 0.011470230727839356, 0.01038163111119551,
    0.005202592948338541, 0.01810030133770768, -0.015952574594147357,
    0.02951458813220214,
)  # fmt: skip
ARCSINE_CORE_BOUND = 1.112e-16


@or_in_float32(arcsine_core_in_float32)
def arcsine_core(x: float) -> float:
    """(asin(h)/h - 1)/z, z = h*h.

    On [0, 253/1000] the relative error is at most 1.112e-16: proved by ``bounds.bound``.
    """
    y = x * x
    p = ARCSINE_CORE[12]
    p = (p * y + ARCSINE_CORE[10]) * y + ARCSINE_CORE[8]
    p = (p * y + ARCSINE_CORE[6]) * y + ARCSINE_CORE[4]
    p = (p * y + ARCSINE_CORE[2]) * y + ARCSINE_CORE[0]
    q = ARCSINE_CORE[11] * y + ARCSINE_CORE[9]
    q = (q * y + ARCSINE_CORE[7]) * y + ARCSINE_CORE[5]
    q = (q * y + ARCSINE_CORE[3]) * y + ARCSINE_CORE[1]
    return p + x * q


EXCESS_CORE_IN_FLOAT32 = (
    0.6666666865348816, 0.19999776780605316, 0.10716887563467026,
    0.06977206468582153, 0.043663039803504944, 0.0651794970035553,
)  # fmt: skip
EXCESS_CORE_IN_FLOAT32_BOUND = 3.014e-8


@inlined
def excess_core_in_float32(x: float) -> float:
    """(asin(h)/h - sqrt(1 - z))/z, z = h*h.

    On [0, 253/1000] the relative error is at most 3.014e-8: proved by ``bounds.bound``.
    """
    y = x * x
    p = EXCESS_CORE_IN_FLOAT32[4]
    p = (p * y + EXCESS_CORE_IN_FLOAT32[2]) * y + EXCESS_CORE_IN_FLOAT32[0]
    q = EXCESS_CORE_IN_FLOAT32[5]
    q = (q * y + EXCESS_CORE_IN_FLOAT32[3]) * y + EXCESS_CORE_IN_FLOAT32[1]
    return p + x * q


EXCESS_CORE = (
    0.6666666666666667, 0.19999999999990783, 0.10714285716187,
    0.06944444290589044, 0.04971597361440139, 0.03785897230337522,
    0.030103611133059906, 0.024374511450638816, 0.02259964132864312,
    0.008339668858162447, 0.04494816749312853, -0.04411464333087715,
    0.06867273601930061,
)  # fmt: skip
EXCESS_CORE_BOUND = 1.120e-16


@or_in_float32(excess_core_in_float32)
def excess_core(x: float) -> float:
    """(asin(h)/h - sqrt(1 - z))/z, z = h*h.

    On [0, 253/1000] the relative error is at most 1.120e-16: proved by ``bounds.bound``.
    """
    y = x * x
    p = EXCESS_CORE[12]
    p = (p * y + EXCESS_CORE[10]) * y + EXCESS_CORE[8]
    p = (p * y + EXCESS_CORE[6]) * y + EXCESS_CORE[4]
    p = (p * y + EXCESS_CORE[2]) * y + EXCESS_CORE[0]
    q = EXCESS_CORE[11] * y + EXCESS_CORE[9]
    q = (q * y + EXCESS_CORE[7]) * y + EXCESS_CORE[5]
    q = (q * y + EXCESS_CORE[3]) * y + EXCESS_CORE[1]
    return p + x * q


ARCTANGENT_CORE_IN_FLOAT32 = (
    -0.3333333432674408, 0.20000076293945312, -0.14285197854042053,
    0.11060532927513123, -0.08459515124559402, 0.04558586701750755,
)  # fmt: skip
ARCTANGENT_CORE_IN_FLOAT32_BOUND = 3.013e-8


@inlined
def arctangent_core_in_float32(x: float) -> float:
    """(atan(h)/h - 1)/z, z = h*h.

    On [0, 253/1000] the relative error is at most 3.013e-8: proved by ``bounds.bound``.
    """
    y = x * x
    p = ARCTANGENT_CORE_IN_FLOAT32[4]
    p = (p * y + ARCTANGENT_CORE_IN_FLOAT32[2]) * y + ARCTANGENT_CORE_IN_FLOAT32[0]
    q = ARCTANGENT_CORE_IN_FLOAT32[5]
    q = (q * y + ARCTANGENT_CORE_IN_FLOAT32[3]) * y + ARCTANGENT_CORE_IN_FLOAT32[1]
    return p + x * q


ARCTANGENT_CORE = (
    -0.3333333333333333, 0.19999999999997775, -0.14285714285269757,
    0.11111111076152712, -0.09090907660292404, 0.07692272789330583,
    -0.06666118744939706, 0.05876565943958175, -0.052210173780932206,
    0.04548257732309962, -0.03595355691133467, 0.02179324556608135,
    -0.007079146883917714,
)  # fmt: skip
ARCTANGENT_CORE_BOUND = 5.593e-17


@or_in_float32(arctangent_core_in_float32)
def arctangent_core(x: float) -> float:
    """(atan(h)/h - 1)/z, z = h*h.

    On [0, 253/1000] the relative error is at most 5.593e-17: proved by ``bounds.bound``.
    """
    y = x * x
    p = ARCTANGENT_CORE[12]
    p = (p * y + ARCTANGENT_CORE[10]) * y + ARCTANGENT_CORE[8]
    p = (p * y + ARCTANGENT_CORE[6]) * y + ARCTANGENT_CORE[4]
    p = (p * y + ARCTANGENT_CORE[2]) * y + ARCTANGENT_CORE[0]
    q = ARCTANGENT_CORE[11] * y + ARCTANGENT_CORE[9]
    q = (q * y + ARCTANGENT_CORE[7]) * y + ARCTANGENT_CORE[5]
    q = (q * y + ARCTANGENT_CORE[3]) * y + ARCTANGENT_CORE[1]
    return p + x * q


SHARP_ARC_CORE_IN_FLOAT32 = (
    0.6666666865348816, 0.5333297252655029, 0.4572344124317169,
    0.40610334277153015, 0.35825538635253906, 0.46377918124198914,
    -0.1905641257762909, 1.1610796451568604,
)  # fmt: skip
SHARP_ARC_CORE_IN_FLOAT32_BOUND = 3.010e-8


@inlined
def sharp_arc_core_in_float32(x: float) -> float:
    """(asin(s)/s - 1)/x, x = (1 - sqrt(1 - s*s))/2.

    On [0, 7/20] the relative error is at most 3.010e-8: proved by ``bounds.bound``.
    """
    y = x * x
    p = SHARP_ARC_CORE_IN_FLOAT32[6] * y + SHARP_ARC_CORE_IN_FLOAT32[4]
    p = (p * y + SHARP_ARC_CORE_IN_FLOAT32[2]) * y + SHARP_ARC_CORE_IN_FLOAT32[0]
    q = SHARP_ARC_CORE_IN_FLOAT32[7] * y + SHARP_ARC_CORE_IN_FLOAT32[5]
    q = (q * y + SHARP_ARC_CORE_IN_FLOAT32[3]) * y + SHARP_ARC_CORE_IN_FLOAT32[1]
    return p + x * q


SHARP_ARC_CORE = (
    0.6666666666666666, 0.5333333333333827, 0.45714285713195557,
    0.40634920729180385, 0.36940832724051104, 0.340993455407147,
    0.3182408907499823, 0.2997402984884838, 0.28239359771762407,
    0.27515070424968613, 0.26351034931737455, 0.08689233838067344,
    1.17889883588821, -2.8527385370833094, 6.4633923417932815,
    -7.221929164324023, 4.435887832207557,
)  # fmt: skip
SHARP_ARC_CORE_BOUND = 5.613e-17


@or_in_float32(sharp_arc_core_in_float32)
def sharp_arc_core(x: float) -> float:
    """(asin(s)/s - 1)/x, x = (1 - sqrt(1 - s*s))/2.

    On [0, 7/20] the relative error is at most 5.613e-17: proved by ``bounds.bound``.
    """
    y = x * x
    p = SHARP_ARC_CORE[16]
    p = (p * y + SHARP_ARC_CORE[14]) * y + SHARP_ARC_CORE[12]
    p = (p * y + SHARP_ARC_CORE[10]) * y + SHARP_ARC_CORE[8]
    p = (p * y + SHARP_ARC_CORE[6]) * y + SHARP_ARC_CORE[4]
    p = (p * y + SHARP_ARC_CORE[2]) * y + SHARP_ARC_CORE[0]
    q = SHARP_ARC_CORE[15] * y + SHARP_ARC_CORE[13]
    q = (q * y + SHARP_ARC_CORE[11]) * y + SHARP_ARC_CORE[9]
    q = (q * y + SHARP_ARC_CORE[7]) * y + SHARP_ARC_CORE[5]
    q = (q * y + SHARP_ARC_CORE[3]) * y + SHARP_ARC_CORE[1]
    return p + x * q


BLUNT_ARC_CORE_IN_FLOAT32 = (
    0.6666666269302368, 0.5333459973335266, 0.4564954936504364,
    0.4182690978050232, 0.27292487025260925, 0.6770779490470886,
)  # fmt: skip
BLUNT_ARC_CORE_IN_FLOAT32_BOUND = 6.012e-8


@inlined
def blunt_arc_core_in_float32(x: float) -> float:
    """(asin(s)/s - 1)/x, x = (1 - sqrt(1 - s*s))/2.

    On [0, 43/200] the relative error is at most 6.012e-8: proved by ``bounds.bound``.
    """
    y = x * x
    p = BLUNT_ARC_CORE_IN_FLOAT32[4]
    p = (p * y + BLUNT_ARC_CORE_IN_FLOAT32[2]) * y + BLUNT_ARC_CORE_IN_FLOAT32[0]
    q = BLUNT_ARC_CORE_IN_FLOAT32[5]
    q = (q * y + BLUNT_ARC_CORE_IN_FLOAT32[3]) * y + BLUNT_ARC_CORE_IN_FLOAT32[1]
    return p + x * q


BLUNT_ARC_CORE = (
    0.6666666666666666, 0.5333333333333937, 0.45714285712654334,
    0.40634920807998604, 0.36940827397557474, 0.3409954762913387,
    0.3181932499611312, 0.3004804251731961, 0.2745540700657867,
    0.3327503111354649, -0.03149901239641217, 1.137187708223343,
    -1.4211856663333882, 1.769174856815405,
)  # fmt: skip
BLUNT_ARC_CORE_BOUND = 5.604e-17


@or_in_float32(blunt_arc_core_in_float32)
def blunt_arc_core(x: float) -> float:
    """(asin(s)/s - 1)/x, x = (1 - sqrt(1 - s*s))/2.

    On [0, 43/200] the relative error is at most 5.604e-17: proved by ``bounds.bound``.
    """
    y = x * x
    p = BLUNT_ARC_CORE[12]
    p = (p * y + BLUNT_ARC_CORE[10]) * y + BLUNT_ARC_CORE[8]
    p = (p * y + BLUNT_ARC_CORE[6]) * y + BLUNT_ARC_CORE[4]
    p = (p * y + BLUNT_ARC_CORE[2]) * y + BLUNT_ARC_CORE[0]
    q = BLUNT_ARC_CORE[13]
    q = (q * y + BLUNT_ARC_CORE[11]) * y + BLUNT_ARC_CORE[9]
    q = (q * y + BLUNT_ARC_CORE[7]) * y + BLUNT_ARC_CORE[5]
    q = (q * y + BLUNT_ARC_CORE[3]) * y + BLUNT_ARC_CORE[1]
    return p + x * q


RECIPROCAL_CORE = (
    7.947189939375056, -26.10651800599549, 45.37715816145107,
    -44.01937076975847, 22.599780775428737, -4.798254941704611,
)  # fmt: skip
RECIPROCAL_CORE_BOUND = 1.498e-5


@inlined
def reciprocal_core(x: float) -> float:
    """1/x.

    On [57/100, 1] the relative error is at most 1.498e-5: proved by ``bounds.bound``.
    """
    y = x * x
    p = RECIPROCAL_CORE[4]
    p = (p * y + RECIPROCAL_CORE[2]) * y + RECIPROCAL_CORE[0]
    q = RECIPROCAL_CORE[5]
    q = (q * y + RECIPROCAL_CORE[3]) * y + RECIPROCAL_CORE[1]
    return p + x * q


SHARP_RECIPROCAL_CORE = (
    16.164339371892385, -113.56648619204647, 455.2789522322201,
    -1148.2395079651494, 1890.523458635883, -2033.570680489233,
    1379.254567617046, -535.7219665897247, 90.87734802200596,
)  # fmt: skip
SHARP_RECIPROCAL_CORE_BOUND = 2.484e-5


@inlined
def sharp_reciprocal_core(x: float) -> float:
    """1/x.

    On [31/100, 1] the relative error is at most 2.484e-5: proved by ``bounds.bound``.
    """
    y = x * x
    p = SHARP_RECIPROCAL_CORE[8]
    p = (p * y + SHARP_RECIPROCAL_CORE[6]) * y + SHARP_RECIPROCAL_CORE[4]
    p = (p * y + SHARP_RECIPROCAL_CORE[2]) * y + SHARP_RECIPROCAL_CORE[0]
    q = SHARP_RECIPROCAL_CORE[7] * y + SHARP_RECIPROCAL_CORE[5]
    q = (q * y + SHARP_RECIPROCAL_CORE[3]) * y + SHARP_RECIPROCAL_CORE[1]
    return p + x * q


EXPONENTIAL_CORE = (
    0.5, 0.16666666666666674, 0.041666666666666595,
    0.008333333333323624, 0.0013888888888928103, 0.00019841269883281998,
    2.4801587231790936e-05, 2.755724505745378e-06, 2.7557354341214417e-07,
    2.5109365143736522e-08, 2.089044333609499e-09,
)  # fmt: skip
EXPONENTIAL_CORE_BOUND = 1.372e-17


@inlined
def exponential_core(x: float) -> float:
    """(exp(x) - 1 - x)/(x*x).

    On [-9/25, 9/25] the relative error is at most 1.372e-17: proved by ``bounds.bound``.
    """
    p = EXPONENTIAL_CORE[10]
    p = (p * x + EXPONENTIAL_CORE[9]) * x + EXPONENTIAL_CORE[8]
    p = (p * x + EXPONENTIAL_CORE[7]) * x + EXPONENTIAL_CORE[6]
    p = (p * x + EXPONENTIAL_CORE[5]) * x + EXPONENTIAL_CORE[4]
    p = (p * x + EXPONENTIAL_CORE[3]) * x + EXPONENTIAL_CORE[2]
    p = (p * x + EXPONENTIAL_CORE[1]) * x + EXPONENTIAL_CORE[0]
    return p


ERROR_CORE = (
    0.12837916709551256, -0.3761263890318288, 0.11283791670873805,
    -0.0268661706158897, 0.005223977099329103, -0.0008548273932618302,
    0.00012052190819986901, -1.4817313004994853e-05, 1.4437495548479702e-06,
)  # fmt: skip
ERROR_CORE_BOUND = 1.547e-17


@inlined
def error_core(x: float) -> float:
    """erf(h)/h - 1, z = h*h.

    On [0, 253/1000] the absolute error is at most 1.547e-17: proved by ``bounds.bound``.
    """
    p = ERROR_CORE[8]
    p = (p * x + ERROR_CORE[7]) * x + ERROR_CORE[6]
    p = (p * x + ERROR_CORE[5]) * x + ERROR_CORE[4]
    p = (p * x + ERROR_CORE[3]) * x + ERROR_CORE[2]
    p = (p * x + ERROR_CORE[1]) * x + ERROR_CORE[0]
    return p


TAIL_CORE = (
    1.0740069070883398, -0.8833944531698836, 0.5902283571041023,
    -0.3104672619005661, 0.11952776128726439, -0.026827234624523102,
    -0.0012124166266033797, 0.003034062001701562, -0.000548309699263134,
    -0.00027677784738958707, 0.00010756154378745617, 3.0398140370051865e-05,
    -1.7470851036311498e-05, -4.749004557501119e-06, 2.7663335917805896e-06,
    9.979600317013625e-07, -4.1000921438558407e-07, -2.312981201393074e-07,
    4.88582198730009e-08, 4.7502225166754436e-08, -3.2552416893202543e-09,
    -5.989504674360015e-09,
)  # fmt: skip
TAIL_CORE_BOUND = 1.375e-16


@inlined
def tail_core(x: float) -> float:
    """(y + 3)*exp(y*y)*erfc(y), u = (y - 3)/(y + 3).

    On [-3/4, 81/100] the relative error is at most 1.375e-16: proved by ``bounds.bound``.
    """
    p = TAIL_CORE[21] * x + TAIL_CORE[20]
    p = (p * x + TAIL_CORE[19]) * x + TAIL_CORE[18]
    p = (p * x + TAIL_CORE[17]) * x + TAIL_CORE[16]
    p = (p * x + TAIL_CORE[15]) * x + TAIL_CORE[14]
    p = (p * x + TAIL_CORE[13]) * x + TAIL_CORE[12]
    p = (p * x + TAIL_CORE[11]) * x + TAIL_CORE[10]
    p = (p * x + TAIL_CORE[9]) * x + TAIL_CORE[8]
    p = (p * x + TAIL_CORE[7]) * x + TAIL_CORE[6]
    p = (p * x + TAIL_CORE[5]) * x + TAIL_CORE[4]
    p = (p * x + TAIL_CORE[3]) * x + TAIL_CORE[2]
    p = (p * x + TAIL_CORE[1]) * x + TAIL_CORE[0]
    return p
