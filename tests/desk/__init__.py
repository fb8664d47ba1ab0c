"""The desks, below their commands."""
