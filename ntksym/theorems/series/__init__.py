"""Power series without negative coefficients, known by the degrees that occur."""
