"""Tables over the whole store, below their commands."""
