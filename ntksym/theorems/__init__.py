"""Theorems: statement, hypotheses checked on a network, and certificates that verify themselves."""

from ntksym.theorems.certificate import Certificate, positive_definite
from ntksym.theorems.statements import theorems
from ntksym.theorems.theorem import Answer, Application, Finding, Hypothesis, Theorem

__all__ = [
    "Answer", "Application", "Certificate", "Finding", "Hypothesis", "Theorem",
    "positive_definite", "theorems",
]  # fmt: skip
