"""Long runs with a count option; a short run of each is in the normal suite."""
