"""Records of the book, and a store's own packs."""
