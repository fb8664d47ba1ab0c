"""School lists and what they propose."""
