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
    """Compiled into what calls it. Called from Python, on numbers, it is compiled by itself.

    ``in_float32``: what float32 calls in its place, if anything.
    """

    def __init__(
        self, function: Function, in_float32: "Inner | None" = None, **options: Any
    ) -> None:
        update_wrapper(self, function)
        self.py_func, self.in_float32, self.options = function, in_float32, options

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
        self._loaded: tuple[Loaded, ...] = ()

    def __call__(self, *args: Any, **named: Any) -> Any:
        for loaded in self._loaded:
            if loaded.run(*args):
                return None
        args = tuple(map(plain, args))
        if not any(len(kind(each)) > 1 for each in args):
            return self.dispatcher(*args)
        if not self._for(args).run(*args):
            raise self._refused(args)
        return None

    def note(self, place: int, *args: Any) -> tuple["Loaded", int]:
        """Leaves the call at an address, for ``walk``; answers where the next one may be."""
        for loaded in self._loaded:
            if end := loaded.note(place, *args):
                return loaded, end
        args = tuple(map(plain, args))
        loaded = self._for(args)
        if end := loaded.note(place, *args):
            return loaded, end
        raise self._refused(args)

    def _refused(self, args: tuple[Any, ...]) -> RuntimeError:
        kinds = tuple(map(kind, args))
        return RuntimeError(f"{self.py_func.__name__}: refused arguments of kinds {kinds}")

    def _for(self, args: tuple[Any, ...]) -> "Loaded":
        """The code for arguments of such kinds."""
        from ntksym.lowering.machine.kept import machine

        kinds = tuple(map(kind, args))
        with self._lock:
            if kinds not in self._of:
                self._of[kinds] = machine(self, kinds)
                self._loaded = tuple(self._of.values())
        return self._of[kinds]
