"""Admission: files that arrive become cases of the casebook, each fact with its origin. Prints nothing."""
