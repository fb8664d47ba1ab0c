"""Schools: what the packaged lists know of them, and what they propose for a child. A person confirms."""
