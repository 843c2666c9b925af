"""Commands on what is computed with kernels."""
