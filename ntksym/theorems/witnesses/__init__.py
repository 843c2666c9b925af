"""Points and weights at which a quadratic form is 0: made, checked exactly, enclosed in balls."""
