"""Files that appear whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import get_ident


@contextmanager
def replaced(path: str | Path) -> Iterator[Path]:
    """A temporary name beside ``path``; what is written there replaces ``path`` at the end.

    Nothing is left behind where the block fails. FileNotFoundError for a folder that does not
    exist, IsADirectoryError where ``path`` is one, both before the block begins.
    """
    target = place(path)
    temporary = target.with_name(f".{os.getpid()}-{get_ident()}-{target.name}")
    try:
        yield temporary
        os.replace(temporary, target)
    except OSError as error:
        if error.filename is None:  # a full disk does not say where
            error.filename = str(target)
        raise
    finally:
        temporary.unlink(missing_ok=True)


def place(path: str | Path) -> Path:
    """``path`` where a file can be; FileNotFoundError, IsADirectoryError otherwise."""
    target = Path(path)
    if not target.parent.is_dir():
        raise FileNotFoundError(f"{target.parent}: no such folder")
    if target.is_dir():
        raise IsADirectoryError(f"{target}: is a folder, expected a file")
    return target


def write(path: str | Path, content: str | bytes) -> Path:
    """``content`` at ``path``, whole or not at all."""
    data = content.encode() if isinstance(content, str) else content
    with replaced(path) as temporary:
        temporary.write_bytes(data)
    return Path(path)
