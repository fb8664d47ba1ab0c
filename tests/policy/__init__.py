"""Tests of the policy engine and the packs."""
