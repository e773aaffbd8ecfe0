"""Figures that mislead or disagree."""
