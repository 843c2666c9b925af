"""Elementary functions without branches, which vectorise, and the proofs of their errors."""
