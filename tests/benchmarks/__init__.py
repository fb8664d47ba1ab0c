"""Measurements; run by hand, as ratios in one run."""
