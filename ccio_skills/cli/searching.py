"""The library's search without a screen."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from ccio_skills.cli import common
from ccio_skills.cli.common import ContentFolder, Format

if TYPE_CHECKING:
    from ccio_skills.learn.rules.search import Hit
    from ccio_skills.library import Library


def search(
    question: Annotated[str, typer.Argument(help="What you are looking for, in your own words.")],
    format_: Annotated[Format, typer.Option("--format", help="table or json.")] = Format.TABLE,
    content: ContentFolder = None,
) -> None:
    """Find modules by words, best first, as the page "Library" does."""
    from ccio_skills.learn.rules import search

    common.use_content(content)
    library = common.load_library()
    hits = search.find(search.index(library), question)
    if format_ is Format.JSON:
        entries = [_entry(hit, library) for hit in hits]
        typer.echo(json.dumps(entries, indent=2, ensure_ascii=False))
    elif hits:
        _print(hits, library)
    else:
        typer.echo("Nothing fits. Try another word for it, or fewer words.")


def _entry(hit: Hit, library: Library) -> dict[str, str | float]:
    module = library.module[hit.slug]
    return {
        "module": module.slug,
        "code": module.code,
        "title": module.title,
        "score": round(hit.score, 2),
    }


def _print(hits: tuple[Hit, ...], library: Library) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table()
    for column in ("Code", "Module", "Minutes", "Score"):
        table.add_column(column, justify="right" if column in ("Minutes", "Score") else "left")
    for hit in hits:
        module = library.module[hit.slug]
        table.add_row(module.code, module.title, str(module.minutes), f"{hit.score:.2f}")
    Console().print(table)
