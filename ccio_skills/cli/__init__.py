"""The ``ccio-skills`` command. Imports lazily, so that help and faults come at once."""

from __future__ import annotations

import typer

from ccio_skills.cli import (
    content,
    copies,
    health,
    hosting,
    mine,
    organisations,
    paths,
    planning,
    searching,
    serving,
)

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Rate your skills, see the gaps that matter, plan your time, learn.",
)
app.command()(serving.run)
app.command()(serving.demo)
app.command()(planning.plan)
app.add_typer(paths.path, name="path")
app.command()(searching.search)
app.add_typer(mine.ratings, name="ratings")
app.command()(mine.export)
app.command("import")(mine.bring_in)
app.command()(mine.erase)
app.command()(copies.backup)
app.command()(copies.restore)
app.command()(copies.move)
app.command()(mine.migrate)
app.add_typer(hosting.hosting, name="hosting")
app.command()(content.check)
app.command()(content.guide)
app.add_typer(organisations.organisation, name="organisation")
app.add_typer(organisations.audit, name="audit")
app.add_typer(content.new, name="new")
app.command()(health.health)
