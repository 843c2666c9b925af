"""1 - Σ/(t1 t2) by rules: how far two points are apart behind sums, products, roots and angles."""
