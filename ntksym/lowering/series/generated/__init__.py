"""Activations of the catalogue without a closed form: functions of doubles, bounds on strips."""
