"""Tests of what goes to files."""
