"""What can be proved: zero by algebra, equality by calculus, instances of named lemmas."""
