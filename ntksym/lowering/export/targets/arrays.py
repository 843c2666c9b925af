"""NumPy, JAX and PyTorch: the same text, in which functions take whole matrices."""

from string import Template

from sympy import Abs, Max, Min, Pow, asin, erf, erfc

from ntksym.evaluate import Hypot
from ntksym.lowering.code.printer import Direction
from ntksym.lowering.export.network import Body
from ntksym.lowering.export.printer import Language
from ntksym.lowering.export.series.arrays import TEXTS
from ntksym.lowering.export.targets.functions import MATH, functions
from ntksym.lowering.export.targets.target import Target

JAX_NOTE = """\
Needs JAX. It computes in the numbers of X and Y: float32 unless
jax.config.update("jax_enable_x64", True) stands before they are made. Compile it: jax.jit(kernel).
Differentiable by X, Y, w_std and b_std, finite everywhere: at a kink (points on one line through
0) the derivative is the mean over opposite directions, by a point 0 it is 0."""
TORCH_NOTE = """\
Needs PyTorch. It computes in the numbers, and on the device, of X and Y. torch.compile(kernel)
holds n*m numbers at a time, the plain function n*m*d: call it on blocks of rows of X.
Differentiable by X, Y, w_std and b_std, finite everywhere: at a kink (points on one line through
0) the derivative is the mean over opposite directions, by a point 0 it is 0."""


ROOT = '''def root(x):
    """The square root of x; 0, with the derivative 0, where x is not positive."""
    return {xp}.where(x > 0.0, {xp}.sqrt({xp}.where(x > 0.0, x, 1.0)), 0.0)'''


def _language(title: str, module: str, renamed: dict[object, str | None]) -> Language:
    return Language(
        title=title,
        codes=functions(f"{module}.", {Abs: "abs", **renamed}),
        constants=MATH,
        names={
            "EPSILON": f"{module}.finfo(near.dtype).eps",
            "TINY": f"{module}.finfo(s.dtype).tiny ** 0.25",
        },
        pi="math.pi",
        choice=f"{module}.where({{test}} > 0.0, {{near}}, {{far}})",
        assign="{name} = {code}", again="{name} = {code}", declare="",
        call="{results} = {routine}({arguments})",
        head="def {name}({arguments}):", says='    """{text}"""', give="return {values}", tail="",
        loop=("for _ in range({count}):", ""),
        root=ROOT.format(xp=module),
    )  # fmt: skip


ARC = {asin: "arcsin", Direction: "arctan2", Max: "maximum", Min: "minimum"}
NUMPY = _language(
    "NumPy", "np", {**{k: f"np.{v}" for k, v in ARC.items()}, erf: None, erfc: None}
)  # fmt: skip
JAX = _language(
    "JAX", "jnp",
    {**{k: f"jnp.{v}" for k, v in ARC.items()}, erf: "jax.scipy.special.erf",
     erfc: "jax.scipy.special.erfc", Pow: "root"},
)  # fmt: skip
TORCH = _language(
    "PyTorch", "torch",
    {Max: "torch.maximum", Min: "torch.minimum", Pow: "root", Hypot: "torch.hypot"},
)  # fmt: skip

FILE = '''r"""$header
"""

$imports


$routines


def unit(x):
    """Rows of length 1, and their standard deviations: lengths over the root of their number."""
    largest = $largest
    scale = $xp.where(largest > 0.0, largest, 1.0)
    x = x / scale
    square = $xp.sum(x * x, $last, $keep=True)
    length = $xp.sqrt($xp.where(square > 0.0, square, 1.0))
    s = $xp.where(square > 0.0, length * scale, 0.0) / math.sqrt(x.shape[-1])
    return x / length, s[..., 0]


def entries(unit1, s1, unit2, s2, w_std, b_std):
    """The kernel of each point of the first with each of the second."""
    s1, s2 = s1[..., :, None], s2[..., None, :]
    way = $xp.where(unit1 @ $xp.swapaxes(unit2, -1, -2) >= 0.0, 1.0, -1.0)
    step = unit1[..., :, None, :] - way[..., None] * unit2[..., None, :, :]
    near = 0.5 * $xp.sum(step * step, $last)
$body
    return $result


def kernel(X, Y=None, w_std=$w_std, b_std=$b_std):
    """K(X, Y) of shape $shape; K(X, X) without Y."""
    unit1, s1 = unit($xp.$given(X))
    unit2, s2 = (unit1, s1) if Y is None else unit($xp.$given(Y))
$end
'''
GAP = "\n\n\n"
BATCHES = "(..., n, m) for X (..., n, d) and Y (..., m, d)"
RETURNED = "    return entries(unit1, s1, unit2, s2, w_std, b_std)"
BLOCKS = """\
    found = np.empty((len(s1), len(s2)), np.result_type(s1, s2))
    rows = max(1, 2**20 // max(1, unit2.size))  # at a time
    for i in range(0, len(s1), rows):
        part = slice(i, i + rows)
        found[part] = entries(unit1[part], s1[part], unit2, s2, w_std, b_std)
    return found"""
AS_TENSORS = """\
    w_std, b_std = (torch.as_tensor(v, dtype=s1.dtype, device=s1.device) for v in (w_std, b_std))
"""


def _file(module: str, imports: str, largest: str, end: str, **names: str) -> Template:
    names = {"last": "axis=-1", "keep": "keepdims", "shape": BATCHES, "given": "asarray"} | names
    return Template(
        Template(FILE).safe_substitute(
            xp=module, imports=imports, largest=largest, end=end, **names
        )
    )


def _numpy(body: Body) -> dict[str, str]:
    """JAX itself has doubles only where it was told to."""
    return {"numpy": "\nimport numpy as np" * any(of.text for of in body.routines)}


TARGETS = {
    "numpy": Target(
        NUMPY, "Needs NumPy. In float64, or in float32 where X and Y are.",
        _file(
            "np", "import math\n\nimport numpy as np",
            "np.max(np.abs(x), axis=-1, keepdims=True)", BLOCKS,
            shape="(n, m) for X (n, d) and Y (m, d)",
        ), TEXTS["numpy"], between=GAP, beyond="Beyond, it is an error.",
    ),
    "jax": Target(
        JAX, JAX_NOTE,
        _file(
            "jnp", "import math\n\nimport jax\nimport jax.numpy as jnp$numpy",
            "jax.lax.stop_gradient(jnp.max(jnp.abs(x), axis=-1, keepdims=True))", RETURNED,
        ), TEXTS["jax"], more=_numpy, between=GAP,
    ),
    "torch": Target(
        TORCH, TORCH_NOTE,
        _file(
            "torch", "import math\n\nimport torch",
            "torch.amax(torch.abs(x), dim=-1, keepdim=True).detach()", AS_TENSORS + RETURNED,
            last="dim=-1", keep="keepdim", given="as_tensor",
        ), TEXTS["torch"], between=GAP,
    ),
}  # fmt: skip
