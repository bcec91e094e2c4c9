"""People: who you are, the role you compare yourself with, and everything kept about you."""
