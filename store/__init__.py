"""JSON documents on disk: an append-only journal and a disposable index. Knows records, never a case."""
