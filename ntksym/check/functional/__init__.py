"""Claims on functions before their witnesses: a normal form, and numbers in a model."""

from ntksym.check.functional.model import Model, models
from ntksym.check.functional.witnesses import speaks_of_functions, witnesses

__all__ = ["Model", "models", "speaks_of_functions", "witnesses"]
