"""The history of the store. Versions never import today's code."""
