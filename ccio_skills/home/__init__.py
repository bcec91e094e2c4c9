"""Home: the one next step, where I stand, and progress, from all rooms below."""
