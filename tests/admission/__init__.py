"""Files taken into the casebook, below their command."""
