"""Notices as packs of cited rules: pure functions from facts to verdicts and amounts."""
