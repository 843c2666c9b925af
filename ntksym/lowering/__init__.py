"""Kernels on numbers: tiles of Gram matrices, exact pairs, and the code they run."""
