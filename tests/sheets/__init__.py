"""Sheets, below their commands."""
