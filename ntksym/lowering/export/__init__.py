"""Kernels as one stand-alone file of source code: NumPy, JAX, PyTorch, C99, Julia."""
