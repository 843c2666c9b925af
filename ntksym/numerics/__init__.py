"""What kernels say of learning, in numbers: spectra, depth."""
