"""Overstated wording."""
