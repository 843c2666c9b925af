"""Machine code as a function of Python."""

import ctypes
from functools import cache
from typing import Any

import llvmlite.binding as llvm
import numpy as np

RUN, NOTE, WALK = names = "ntksym_run", "ntksym_note", "ntksym_walk"
FASTCALL = 0x80


class Missing(Exception):
    """LLVM would end the process: it asks for the address of a function that is not there."""


class Method(ctypes.Structure):
    """Python's ``PyMethodDef``."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("address", ctypes.c_void_p),
        ("flags", ctypes.c_int),
        ("doc", ctypes.c_char_p),
    )


_new = ctypes.PYFUNCTYPE(
    ctypes.py_object, ctypes.POINTER(Method), ctypes.py_object, ctypes.c_void_p
)(("PyCFunction_NewEx", ctypes.pythonapi))


class Loaded:
    """The functions of an object file, ``run``, ``note`` and ``walk``: they live as long as this.

    The first two answer ``False``, with nothing done, where arguments are of other kinds.
    """

    def __init__(self, code: bytes) -> None:
        needed, _, content = code.partition(b"\n")
        target = _target().create_target_machine(jit=True)
        self._engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), target)
        if missing := [f for f in needed.decode().split() if not llvm.address_of_symbol(f)]:
            raise Missing(f"expected the functions {missing}, which this process does not have")
        self._engine.add_object_file(llvm.ObjectFileRef.from_data(content))
        self._engine.finalize_object()
        self._methods = [
            Method(name.encode(), self._engine.get_function_address(name), FASTCALL, None)
            for name in names
        ]
        self.run, self.note, self.walk = (
            _new(ctypes.byref(method), np.ndarray, None) for method in self._methods
        )


@cache
def _target() -> Any:
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    return llvm.Target.from_default_triple()
