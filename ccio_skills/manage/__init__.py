"""Manage: what those who look after people and the library need to see."""
