"""How every compiled function is compiled."""

OPTIONS = {"cache": True, "nogil": True, "error_model": "numpy"}
"""No fastmath: the gaps rely on the order of operations. Division by zero gives inf, as in NumPy."""
