"""A module for each activation of the catalogue, written by ``..generate``: do not edit."""
