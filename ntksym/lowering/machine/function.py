"""Functions that are compiled when they are needed, and what Python calls of them."""

from collections.abc import Callable
from functools import cached_property, update_wrapper
from threading import RLock
from typing import TYPE_CHECKING, Any

from ntksym.lowering.machine.kinds import kind, plain

if TYPE_CHECKING:
    from ntksym.lowering.machine.loaded import Loaded

Function = Callable[..., Any]


class Inner:
    """Compiled into what calls it. Called from Python, on numbers, it is compiled by itself."""

    def __init__(self, function: Function, **options: Any) -> None:
        update_wrapper(self, function)
        self.py_func, self.options = function, options

    @cached_property
    def dispatcher(self) -> Any:
        """Numba's form of it."""
        from ntksym.lowering.machine.translate import dispatcher

        return dispatcher(self.py_func, self.options)

    def __call__(self, *args: Any, **named: Any) -> Any:
        return self.dispatcher(*args, **named)


class Called(Inner):
    """Called from Python with arrays, into which it writes; it allocates, raises, returns nothing.

    Its machine code is kept on disk for each kind of arguments.
    """

    _lock = RLock()

    def __init__(self, function: Function, **options: Any) -> None:
        super().__init__(function, **options)
        self._of: dict[tuple[str, ...], Loaded] = {}
        self._runs: tuple[Callable[..., bool], ...] = ()

    def __call__(self, *args: Any, **named: Any) -> Any:
        for run in self._runs:
            if run(*args):
                return None
        return self._anew(*map(plain, args))

    def _anew(self, *args: Any) -> Any:
        from ntksym.lowering.machine.kept import machine

        kinds = tuple(map(kind, args))
        if not any(len(each) > 1 for each in kinds):
            return self.dispatcher(*args)
        with self._lock:
            if kinds not in self._of:
                self._of[kinds] = machine(self, kinds)
                self._runs = tuple(loaded.run for loaded in self._of.values())
        if not self._of[kinds].run(*args):
            raise RuntimeError(f"{self.py_func.__name__}: refused arguments of kinds {kinds}")
        return None
