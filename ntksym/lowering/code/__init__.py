"""From derived expressions to compiled functions: forms without cancellation, printed, loaded."""
