"""The main job without a screen: gaps and a plan from a file of ratings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ccio_skills.cli import common
from ccio_skills.cli.common import ContentFolder, Format

if TYPE_CHECKING:
    from rich.table import Table

    from ccio_skills.learn.rules.report import Report


def plan(
    ratings: Annotated[Path, typer.Option("--ratings", help="CSV file with skill,level.")],
    profile: Annotated[str, typer.Option("--profile", help="Role, by slug or code: NEW.")],
    minutes: Annotated[
        int, typer.Option("--minutes", min=1, max=100_000, help="Minutes this week.")
    ],
    format_: Annotated[Format, typer.Option("--format", help="table or json.")] = Format.TABLE,
    content: ContentFolder = None,
) -> None:
    """Show gaps and a plan for a file of ratings; nothing is stored."""
    from ccio_skills.learn.rules import report

    common.use_content(content)
    library = common.load_library()
    role = library.find_profile(profile)
    if role is None:
        known = ", ".join(f"{one.code} ({slug})" for slug, one in library.profile.items())
        common.stop(f"Unknown profile '{profile}'. Known: {known}", code=common.WRONG_USE)
    given = common.read_ratings(ratings, library)
    result = report.make(given, library=library, profile=role.slug, minutes=minutes)
    if format_ is Format.JSON:
        typer.echo(json.dumps(result.as_json(), indent=2, ensure_ascii=False))
    else:
        _print(result)


def _print(result: Report) -> None:
    from rich.console import Console

    console = Console()
    console.print(_gap_table(result), _plan_table(result), sep="\n")
    if result.note:
        console.print(result.note)
    for step in result.at_work:
        console.print(f"At work instead: {step}")


def _gap_table(result: Report) -> Table:
    from rich.table import Table

    open_gaps = [gap for gap in result.gaps if gap.levels]
    table = Table(title=f"Gaps for {result.role}", title_justify="left")
    for column in ("Code", "Skill", "Now", "Target", "Weight", "Gap"):
        table.add_column(column, justify="right" if column in ("Weight", "Gap") else "left")
    for gap in open_gaps:
        table.add_row(
            gap.code,
            result.titles[gap.skill],
            result.level(gap.now),
            result.level(gap.target),
            str(gap.weight),
            str(gap.levels),
        )
    return table


def _plan_table(result: Report) -> Table:
    from rich.table import Table

    table = Table(title=f"Plan for {result.minutes} minutes", title_justify="left")
    for column in ("Code", "Module", "Minutes", "Why"):
        table.add_column(column, justify="right" if column == "Minutes" else "left")
    for item in result.plan:
        table.add_row(item.code, item.title, str(item.minutes), item.why)
    return table
