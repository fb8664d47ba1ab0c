"""Word: templates, filling, batches, lint. Knows text and files, never a case."""
