"""Sheets: verdicts, notices and claims told, in lines for a person and JSON for a script. Prints nothing."""
