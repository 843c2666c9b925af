"""Programs measured in turn: environments, workers, rounds, cases, the report."""
