"""Spreadsheets and filled-in forms to facts, with a report per row."""
