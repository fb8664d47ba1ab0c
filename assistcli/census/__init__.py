"""The census: what is counted, ranked and compared over all cases of the store. Prints nothing."""
