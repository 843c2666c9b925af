"""The command line: ``ntksym``, or ``python -m ntksym``."""

from importlib.metadata import PackageNotFoundError, version
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from ntksym.cli.cache import cache
from ntksym.cli.check import check
from ntksym.cli.derive import derive
from ntksym.cli.gram import gram
from ntksym.cli.learning.figures import figures
from ntksym.cli.learning.fit import fit
from ntksym.cli.source.export import export
from ntksym.cli.terminal import interrupts, say, unicode
from ntksym.cli.theory.certify import certify
from ntksym.cli.theory.phase import phase
from ntksym.cli.theory.spectrum import spectrum
from ntksym.cli.theory.verify import verify
from ntksym.cli.tour import tour
from ntksym.cli.values import evaluate

__all__ = ["app", "main"]


TOLD = (
    ValueError, TypeError, ArithmeticError, OSError, ImportError, RuntimeError, MemoryError
)  # fmt: skip
"""Errors that say what is wrong in words for users."""


class Commands(TyperGroup):
    """Commands whose errors of input are one line on standard error, and exit status 2."""

    def invoke(self, ctx: Any) -> Any:
        with interrupts() as seen:
            try:
                return super().invoke(ctx)
            except (BrokenPipeError, typer.Exit, typer.Abort):
                raise
            except (KeyboardInterrupt, Exception) as error:
                if seen or isinstance(error, KeyboardInterrupt):
                    say("interrupted: no file was left half-written")
                    raise typer.Exit(130) from None
                if not isinstance(error, TOLD):
                    raise
                say(f"error: {_text(error)}")
                raise typer.Exit(2) from None


def _text(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror and error.filename is not None:
        return f"{error.filename}: {error.strerror}"
    return str(error) or type(error).__name__


def _version(wanted: bool) -> None:
    if not wanted:
        return
    try:
        print(f"ntksym {version('ntksym')}")
    except PackageNotFoundError:
        print("ntksym, not installed: run from its source")
    raise typer.Exit


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Neural tangent kernels: derived, checked, printed, and evaluated to any number of digits."""


app.command(epilog="Example: ntksym derive relu --output relu.tex")(derive)
app.command(epilog="Example: ntksym check erf")(check)
app.command("eval", epilog="Example: ntksym eval relu --depth 3 --x 1,2 --y 0.5,1 --digits 30")(
    evaluate
)
app.command(epilog="Example: ntksym gram relu digits.npy --depth 3 --output gram.npy")(gram)
app.command(epilog="Example: ntksym verify relu --depth 3 --dimension 3")(verify)
app.command(epilog="Example: ntksym certify relu digits.npy --depth 3 --b-std 0.1")(certify)
app.command(epilog="Example: ntksym spectrum relu --depth 2 --dimension 3 --degrees 12")(spectrum)
app.command(epilog="Example: ntksym fit relu data.csv --depth 3 --ridge 0.1")(fit)
app.command(epilog="Example: ntksym export relu --depth 3 --target jax --output kernel.py")(export)
app.command(epilog="Example: ntksym figures kernels --quick --output figures")(figures)
app.command(epilog="Example: ntksym cache --clear")(cache)
app.command(epilog="Example: ntksym phase tanh --w-std 1.5 --b-std 0.3 --plot phases.png")(phase)
app.command(epilog="Example: ntksym tour --output ntksym-tour")(tour)


def main() -> None:
    """The entry point of the command ``ntksym``."""
    unicode()
    app(prog_name="ntksym")
