"""Questions and drafts, tested without a terminal; ``scripted`` plays the person."""
