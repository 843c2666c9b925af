"""``ntksym cache``: what is kept of users' activations, and where."""

from typing import Annotated

import typer

from ntksym.cli.arguments import AsJson
from ntksym.cli.terminal import give_json, output


def cache(
    clear: Annotated[bool, typer.Option("--clear", help="Remove it all.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show the folder of generated and compiled activations that are not in the catalogue.

    It is written by the first kernel of an activation and read by later processes; a new version of
    ntksym writes anew. NTKSYM_CACHE_DIR moves it. Only its owner may write to it: otherwise it is
    not used.
    """
    from ntksym.lowering.modules import folder

    files = folder.files()
    data = {
        "folder": str(folder.location()),
        "activations": sum(path.suffix == ".py" for path in files),
        "bytes": sum(path.lstat().st_size for path in files),
        "removed": folder.clear() if clear else 0,
    }
    if as_json:
        give_json(data)
        return
    count, size = data["activations"], f"{data['bytes']:,} bytes"
    text = f"{data['folder']}\n{count} activations, {size}" + (", removed" if clear else "")
    output().print(text, markup=False, soft_wrap=True)
