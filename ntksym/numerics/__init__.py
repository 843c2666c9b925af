"""What is computed with kernels: spectra on the sphere."""
