"""Theorems: statement, hypotheses checked on a network, and certificates that verify themselves."""

from ntksym.theorems.certificate import Certificate, positive_definite

__all__ = ["Certificate", "positive_definite"]
