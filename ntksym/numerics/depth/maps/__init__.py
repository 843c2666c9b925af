"""One layer as maps of variances and correlations: moments, fixed points, roots as balls."""
