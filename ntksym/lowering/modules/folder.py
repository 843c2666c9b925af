"""A folder that is its owner's alone, for code that outlives a process.

Modules and machine code are run as they are found: who may write here may run code as the user.
So nothing is taken from a folder or a file that belongs to someone else, that others may write to,
or that is a link.
"""

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from platformdirs import user_cache_path

VARIABLE = "NTKSYM_CACHE_DIR"
SUFFIXES = (".py", ".o", ".tmp")
"""Of a module, of its machine code, of a file that is being written."""
OTHERS = stat.S_IWGRP | stat.S_IWOTH
LINKS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""No link is followed; a pipe is not waited for."""


class Exposed(OSError):
    """Someone else could change what is in the folder."""


def location() -> Path:
    """Where the folder is or would be: in ``NTKSYM_CACHE_DIR``, or the platform's cache folder."""
    named = os.environ.get(VARIABLE)
    base = Path(named).expanduser() if named else user_cache_path("ntksym", appauthor=False)
    return base.absolute() / "generated"


def opened() -> Path:
    """The folder, made where there is none yet.

    ``Exposed`` where someone else could change what is in it, another ``OSError`` where it cannot
    be made or written to.
    """
    folder = location()
    for each in (folder.parent, folder):
        with suppress(FileExistsError):
            each.mkdir(mode=0o700, parents=True)
    above, status = folder.parent.stat(), folder.lstat()
    held = closed(above, (0,)) or above.st_mode & stat.S_ISVTX
    if not (stat.S_ISDIR(status.st_mode) and closed(status) and held):
        raise Exposed(f"{folder}: expected a folder of yours that nobody else can write to")
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise OSError(f"{folder}: expected a folder that can be written to")
    return folder


def closed(status: os.stat_result, owners: tuple[int, ...] = ()) -> bool:
    """Whether only its owner can write to a file: the user, or one of ``owners``."""
    if not hasattr(os, "geteuid"):
        return True
    return status.st_uid in (os.geteuid(), *owners) and not status.st_mode & OTHERS


def read(path: Path) -> bytes:
    """What a file holds; nothing where there is none, or someone else could have written it."""
    try:
        with open(os.open(path, os.O_RDONLY | LINKS), "rb") as file:
            return file.read() if closed(os.fstat(file.fileno())) else b""
    except OSError:
        return b""


def write(path: Path, content: bytes) -> None:
    """All of a file at once, for its owner only; who reads meanwhile has the file before it."""
    handle, name = tempfile.mkstemp(".tmp", dir=path.parent)
    try:
        with open(handle, "wb") as file:
            file.write(content)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink()
        raise


def files() -> list[Path]:
    """What lies in the folder: modules, and their machine code."""
    folder = location()
    found = [*folder.glob("*"), *folder.glob("__pycache__/*")]
    return sorted(path for path in found if path.suffix in SUFFIXES and not path.is_dir())


def clear() -> int:
    """Remove these files, and the folder where nothing else is in it; returns how many."""
    removed = files()
    for path in removed:
        path.unlink(missing_ok=True)
    for folder in (location() / "__pycache__", location()):
        with suppress(OSError):
            folder.rmdir()
    return len(removed)
