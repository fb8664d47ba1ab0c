"""Tests of intake: files made in code, all people invented."""
