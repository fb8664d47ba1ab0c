"""Who is due, overdue or missing: pure functions over cases and logs."""
