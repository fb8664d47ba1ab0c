"""The statistics tables of the notices, each number with its people."""
