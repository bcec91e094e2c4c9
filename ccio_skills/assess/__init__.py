"""Assess: people rate their own skills and see the gaps that matter for their role."""
