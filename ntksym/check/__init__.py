"""Verdicts on claims: witnesses that share nothing with the rules that made them."""

from ntksym.check.checker import check
from ntksym.check.symbolic.lemmas import BASE, Lemma
from ntksym.check.verdict import Line, Report, Section, Verdict, Witness

__all__ = ["BASE", "Lemma", "Line", "Report", "Section", "Verdict", "Witness", "check"]
