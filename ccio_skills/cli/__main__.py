"""``python -m ccio_skills.cli``: the same command where scripts are not on the path."""

from ccio_skills.cli import app

app()
