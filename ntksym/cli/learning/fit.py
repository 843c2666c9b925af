"""``ntksym fit``: what a kernel, or the network it belongs to, learns from the data in a file."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ntksym.cli.arguments import (
    AsJson,
    Bias,
    BiasInit,
    BStd,
    Depth,
    Kind,
    Name,
    Parameters,
    Which,
    WStd,
    chosen,
    kernel,
)
from ntksym.cli.learning.data import learned_from
from ntksym.cli.tables import checked, put
from ntksym.cli.terminal import give_json, say, waiting

if TYPE_CHECKING:
    import numpy as np

    from ntksym.kernel import Kernel

Data = Annotated[
    Path,
    typer.Argument(
        metavar="DATA", help="A .npz with X and y, or a .npy or .csv whose last columns are y."
    ),
]
Targets = Annotated[int, typer.Option(help="Columns of y, in .npy and .csv.", min=1)]
New = Annotated[
    Path | None,
    typer.Option(
        "--predict", metavar="FILE", help="Points to predict at.", show_default="X_test, or X"
    ),
]
Ridge = Annotated[float, typer.Option(help="λ in (K + λ I)^-1 y: the variance of noise.", min=0)]
Time = Annotated[
    float | None,
    typer.Option(
        help="Gradient flow until this time, inf allowed, instead of regression; the cost is "
        "the mean of |f - y|²/2.",
        show_default=False,
    ),
]
Std = Annotated[
    bool,
    typer.Option(
        "--std", help="A last column: the standard deviation of the process, or with --time "
        "of the trained network over its initialisation.",
    ),
]  # fmt: skip
Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", help="A .npy, .npz or .csv file.", show_default="CSV on standard output"
    ),
]


def fit(
    activation: Name,
    data: Data,
    depth: Depth,
    targets: Targets = 1,
    predict: New = None,
    ridge: Ridge = 0.0,
    time: Time = None,
    std: Std = False,
    output: Output = None,
    param: Parameters = None,
    w_std: WStd = "1",
    b_std: BStd = "0",
    bias_init: Bias = BiasInit.gaussian,
    kind: Which = Kind.ntk,
    as_json: AsJson = False,
) -> None:
    """Learn from the points and targets in a file, and predict at others.

    Kernel regression, with --std a Gaussian process, with --time the network in training.
    """
    checked(output)
    if time is not None and ridge:
        raise ValueError("ridge: expected 0 with --time, which trains without one")
    X, y, others = learned_from(data, targets)
    if predict is not None:
        from ntksym.cli.tables import read

        others = read(predict)
    of = kernel(chosen(activation, param), kind, depth, w_std, b_std, bias_init)
    with waiting("Learning") as working:
        learn = _trained if time is not None else _regressed
        mean, spread, facts = learn(
            of, X, y, X if others is None else others, ridge if time is None else time, std,
            working,
        )  # fmt: skip
    columns = mean.reshape(len(mean), -1)
    if as_json:
        values = {"values": mean.tolist(), **({"std": spread.tolist()} if std else {})}
        facts |= values if output is None else {"output": str(output)}
    if output is not None or not as_json:
        import numpy as np

        put(np.column_stack([columns, spread]) if std else columns, output, "predictions")
    if as_json:
        give_json(facts)
    else:
        say(", ".join(f"{name} {_short(value)}" for name, value in facts.items()))


def _regressed(
    of: "Kernel", X: Any, y: Any, others: Any, ridge: float, std: bool, progress: Any
) -> "tuple[np.ndarray, Any, dict[str, Any]]":
    from ntksym.numerics.regression import GaussianProcess

    model = GaussianProcess(of, ridge).fit(X, y, progress=progress)
    mean, spread = model.predict(others, return_std=True) if std else (model.predict(others), None)
    facts: dict[str, Any] = {
        "points": len(X), "predictions": len(mean), "ridge": ridge, "jitter": model.jitter,
        "proved": model.proved, "log_marginal_likelihood": model.log_marginal_likelihood,
    }  # fmt: skip
    return mean, spread, facts


def _trained(
    of: "Kernel", X: Any, y: Any, others: Any, time: float, std: bool, progress: Any
) -> "tuple[np.ndarray, Any, dict[str, Any]]":
    from ntksym.numerics.dynamics import gradient_flow

    flow = gradient_flow(of, X, y, time, others, progress=progress)
    facts: dict[str, Any] = {
        "points": len(X), "predictions": len(flow.mean[0]), "time": str(time),
        "loss": float(flow.loss[0]), "expected_loss": float(flow.expected_loss[0]),
        "largest_stable_rate": flow.largest_stable_rate,
    }  # fmt: skip
    return flow.mean[0], flow.std[0] if std else None, facts


def _short(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)
