"""Rate the skills of clinical digital leadership, see what matters next, and learn it."""
