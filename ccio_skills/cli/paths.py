"""Learning paths without a screen; nothing is stored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ccio_skills.cli import common
from ccio_skills.cli.common import Format

if TYPE_CHECKING:
    from ccio_skills.learn.rules.journey import Journey
    from ccio_skills.library import Library
    from ccio_skills.library import Path as LearningPath

path = typer.Typer(no_args_is_help=True, help="Learning paths: which there are, and one of them.")
_Format = Annotated[Format, typer.Option("--format", help="table or json.")]


@path.command("list")
def list_paths(format_: _Format = Format.TABLE) -> None:
    """List the learning paths: code, title, role, modules and minutes."""
    library = common.load_library()
    rows = [
        {
            "code": one.code,
            "path": one.slug,
            "title": one.title,
            "profile": one.profile,
            "modules": len(one.modules),
            "minutes": sum(library.module[m].minutes for m in one.modules if m in library.module),
        }
        for one in _by_code(library)
    ]
    _print(rows, format_, title="Learning paths")


@path.command("show")
def show_path(
    name: Annotated[str, typer.Argument(metavar="PATH", help="By slug or code: P3.")],
    ratings: Annotated[
        Path | None, typer.Option("--ratings", help="CSV file with skill,level.")
    ] = None,
    format_: _Format = Format.TABLE,
) -> None:
    """Show the modules of a path in the order for you: what is next, what you may skip, and why."""
    from ccio_skills.learn.rules import journey

    library = common.load_library()
    wanted = name.strip().casefold()
    found = [one for one in _by_code(library) if wanted in (one.slug, one.code.casefold())]
    if not found:
        known = ", ".join(f"{one.code} ({one.slug})" for one in _by_code(library))
        common.stop(f"Unknown path '{name}'. Known: {known}", code=common.WRONG_USE)
    given = common.read_ratings(ratings, library) if ratings else ()
    newest = {one.skill: one for one in sorted(given, key=lambda one: one.rated_at)}
    walked = journey.walk(found[0], journey.Record(newest), library=library)
    rows = _stages(walked, library)
    if format_ is Format.JSON:
        whole = {"path": found[0].slug, "minutes_left": walked.minutes_left, "modules": rows}
        typer.echo(json.dumps(whole, indent=2, ensure_ascii=False))
        return
    shown = [{key: value for key, value in row.items() if key != "module"} for row in rows]
    _print(shown, format_, title=found[0].title)
    typer.echo(f"{walked.minutes_left} minutes left; what you may skip takes none.")


def _by_code(library: Library) -> list[LearningPath]:
    return sorted(library.path.values(), key=lambda one: one.code)


def _stages(walked: Journey, library: Library) -> list[dict[str, Any]]:
    return [
        {
            "code": library.module[stage.slug].code if stage.slug in library.module else "",
            "module": stage.slug,
            "title": stage.title,
            "minutes": stage.minutes,
            "state": str(stage.state),
            "why": stage.why,
        }
        for stage in walked.stages
    ]


def _print(rows: list[dict[str, Any]], format_: Format, *, title: str) -> None:
    if format_ is Format.JSON:
        typer.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    for column in rows[0] if rows else ():
        table.add_column(column, justify="right" if column in ("minutes", "modules") else "left")
    for row in rows:
        table.add_row(*(str(value) for value in row.values()))
    Console().print(table)
