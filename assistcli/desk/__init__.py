"""The desk: what commands do over the casebook, stored entries joined with the pure rooms. Prints nothing."""
