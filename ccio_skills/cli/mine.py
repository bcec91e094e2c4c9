"""Commands for what is kept about me: import, export, erase, migrate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from ccio_skills.cli import common
from ccio_skills.cli.common import ContentFolder, DataFolder

if TYPE_CHECKING:
    from ccio_skills.people.queries import Arrival
    from ccio_skills.vocabulary import PersonId

ratings = typer.Typer(no_args_is_help=True, help="Import and export ratings as a CSV file.")
_ME = cast("PersonId", common.ME)
_NEWS = {"new": "new", "newer": "newer than here", "known": "here already"}


@ratings.command("import")
def import_ratings(
    file: Annotated[Path, typer.Argument(help="CSV file with the columns skill,level.")],
    data: DataFolder = None,
    content: ContentFolder = None,
) -> None:
    """Add the ratings of a file to the store: all of them, or none."""
    from ccio_skills.assess import commands

    common.use_folder(data)
    common.use_content(content)
    library = common.load_library()
    given = common.read_ratings(file, library)
    with common.open_store() as db:
        now = datetime.now(UTC)
        count = commands.import_ratings(db, _ME, given, library=library, at=now)
    typer.echo(f"{count} ratings imported.")


@ratings.command("export")
def export_ratings(
    file: Annotated[Path | None, typer.Argument(help="Where to; else the screen.")] = None,
    data: DataFolder = None,
    content: ContentFolder = None,
) -> None:
    """Write every rating in the store as CSV."""
    from ccio_skills.assess import queries
    from ccio_skills.assess.rules import sheet

    common.use_folder(data)
    common.use_content(content)
    with common.open_store() as db:
        text = sheet.write(queries.history(db, _ME), library=common.load_library())
    if file is None:
        typer.echo(text, nl=False)
        return
    common.write_private(file, text.encode("utf-8-sig"))
    typer.echo(f"Written to {file}")


def export(
    file: Annotated[Path, typer.Argument(help="Zip file to write.")], data: DataFolder = None
) -> None:
    """Write everything that is kept about you: JSON and CSV in one zip."""
    from ccio_skills.people import queries, rules

    common.use_folder(data)
    with common.open_store() as db:
        packed = rules.archive(queries.everything(db, _ME), at=datetime.now(UTC))
    common.write_private(file, packed)
    typer.echo(f"Written to {file}")


def bring_in(
    file: Annotated[Path, typer.Argument(help="Zip file written by export.")],
    data: DataFolder = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Bring an export into this store: shown first, then all of it or nothing. Asks once."""
    from ccio_skills import wording
    from ccio_skills.people import commands, queries, rules

    common.use_folder(data)
    try:
        unpacked = rules.unpack(file.read_bytes())
        with common.open_store() as db:
            arrivals = queries.compare(db, _ME, unpacked)
            typer.echo(f"An export of {wording.day(unpacked.exported_at)}:")
            for line in _summary(arrivals):
                typer.echo(f"  {line}")
            if all(one.news is queries.News.KNOWN for one in arrivals):
                typer.echo("Everything in it is here already; nothing was changed.")
                return
            if not yes and not typer.confirm("Bring it in?"):
                typer.echo("Nothing was changed.")
                return
            commands.bring_in(db, _ME, unpacked)
    except OSError as error:
        common.stop(f"{file} cannot be read: {error.strerror}", code=common.WRONG_USE)
    except rules.ArchiveError as error:
        common.stop(f"{file} cannot be brought in; nothing was changed.\n{error}")
    typer.echo("Done. What was here already was kept.")


def _summary(arrivals: Iterable[Arrival]) -> Iterator[str]:
    """Yield "45 ratings: 40 new, 5 here already" for each table that the export has rows of."""
    counts: dict[str, Counter[str]] = {}
    for one in arrivals:
        counts.setdefault(one.table.info["title"], Counter())[_NEWS[one.news]] += 1
    for title, news in counts.items():
        told = ", ".join(f"{news[words]} {words}" for words in _NEWS.values() if news[words])
        yield f"{title}: {told}"


def erase(
    data: DataFolder = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase everything that is kept about you. Asks once."""
    from ccio_skills.people import commands

    common.use_folder(data)
    question = "Erase every rating, note, answer and plan? Nothing can be brought back."
    if not yes and not typer.confirm(question):
        typer.echo("Nothing was erased.")
        return
    with common.open_store() as db:
        count = commands.erase(db, _ME, at=datetime.now(UTC))
    typer.echo(f"Erased: {count} entries.")


def migrate(data: DataFolder = None) -> None:
    """Bring the store to the shape this version needs."""
    common.use_folder(data)
    with common.open_store():
        typer.echo("The store has the shape this version needs.")
