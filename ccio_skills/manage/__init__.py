"""Manage: what those who look after the library need to see."""
