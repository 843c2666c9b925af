"""Kernels as other libraries want them: a package for each, with an extra of its name."""
