"""Verdicts on claims: witnesses that share nothing with the rules that made them.

``ntksym.check`` is this room and the function: ``ntksym.check(derivation)``.
"""

import sys
from types import ModuleType
from typing import Any

from ntksym.check.checker import check
from ntksym.check.symbolic.lemmas import BASE, Lemma
from ntksym.check.verdict import Line, Report, Section, Verdict, Witness


class _Room(ModuleType):
    """The room shares its name with the function it is for, so it can be called."""

    def __call__(self, *args: Any, **kwargs: Any) -> Report:
        return check(*args, **kwargs)


sys.modules[__name__].__class__ = _Room

__all__ = ["BASE", "Lemma", "Line", "Report", "Section", "Verdict", "Witness", "check"]
