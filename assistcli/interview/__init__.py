"""Questions one at a time: what is asked, drafts, going back. Knows no prompting library but the one room."""
