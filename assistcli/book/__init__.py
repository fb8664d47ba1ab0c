"""The book: cases, events and the store's own packs as records. Only its casebook opens the store."""
