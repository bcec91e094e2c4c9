"""How healthy a library is, without a screen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ccio_skills.cli import common, content
from ccio_skills.cli.common import ContentFolder, Format

if TYPE_CHECKING:
    from rich.table import Table

    from ccio_skills.library import Library
    from ccio_skills.manage.rules import Health


def health(
    format_: Annotated[Format, typer.Option("--format", help="table or json.")] = Format.TABLE,
    today: content.Today = None,
    folder: ContentFolder = None,
) -> None:
    """Show what the library covers, what is overdue or a draft, and what it leans on."""
    from ccio_skills.manage import rules

    common.use_content(folder)
    library = common.load_library()
    found = rules.examine(library, today=content.day(today))
    if format_ is Format.JSON:
        typer.echo(json.dumps(_as_json(found, library), indent=2, ensure_ascii=False))
    else:
        _print(found, library)


def _as_json(found: Health, library: Library) -> dict[str, Any]:
    return {
        "coverage": list(_rows(found, library)),
        "overdue": [
            {"code": one.code, "module": one.slug, "review_by": one.review_by.isoformat()}
            for one in found.overdue
        ],
        "drafts": [{"kind": one.kind, "title": one.title} for one in found.drafts],
        "unreviewed": found.unreviewed,
        "weak_facts": [
            {
                "fact": one.fact.id,
                "grade": one.fact.grade,
                "modules": [module.slug for module in one.modules],
            }
            for one in found.weak
        ],
    }


def _rows(found: Health, library: Library) -> Iterator[dict[str, Any]]:
    from ccio_skills.manage import rules

    for slug, skill in library.skill.items():
        for level, one in zip(rules.LEVELS, found.coverage[slug], strict=True):
            yield {
                "code": skill.code,
                "skill": slug,
                "level": int(level),
                "modules": one.main,
                "others_that_help": one.others,
                "at_work": one.is_at_work,
            }


def _print(found: Health, library: Library) -> None:
    from rich.console import Console

    from ccio_skills import wording

    console = Console()
    console.print(_coverage_table(found, library))
    late = [f"{one.code} {one.title}, {wording.day(one.review_by)}" for one in found.overdue]
    drafts = [f"{one.kind}: {one.title}" for one in found.drafts]
    weak = [f"{one.fact.id} ({one.fact.grade})" for one in found.weak]
    for title, entries in (
        ("Overdue reviews", late),
        ("Drafts", drafts),
        ("Facts that are less than verified", weak),
    ):
        console.print(f"{title}: {'; '.join(entries) or 'none'}")
    console.print(f"Modules that no named clinician has reviewed: {found.unreviewed}")


def _coverage_table(found: Health, library: Library) -> Table:
    from rich.table import Table

    from ccio_skills import wording
    from ccio_skills.manage import rules

    table = Table(title="Modules for each skill, by the level they teach", title_justify="left")
    for column in ("Code", "Skill", *(wording.level_name(one) for one in rules.LEVELS)):
        table.add_column(column)
    for slug, skill in library.skill.items():
        table.add_row(skill.code, skill.title, *(one.words for one in found.coverage[slug]))
    return table
