"""Commands for authors: check the library, begin a module, print the field tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ccio_skills.cli import common
from ccio_skills.cli.common import ContentFolder

if TYPE_CHECKING:
    from ccio_skills.library import Finding

Today = Annotated[
    datetime | None,
    typer.Option("--today", formats=["%Y-%m-%d"], help="Day to judge reviews by; else today."),
]
new = typer.Typer(no_args_is_help=True, help="Begin a new file of the library.")


def check(
    folder: Annotated[
        Path | None, typer.Argument(help="Content folder; the same as --content.")
    ] = None,
    content: ContentFolder = None,
    lock: Annotated[
        bool, typer.Option("--lock", help="Add new ids and minutes to the lists first.")
    ] = False,
    today: Today = None,
) -> None:
    """Check the content library: every finding, with file, line and how to mend it."""
    from ccio_skills import library

    root = _root(folder or content)
    if lock:
        typer.echo(f"{library.extend_lock(root)} new ids in ids.lock")
    findings = library.check(root, today=day(today))
    for finding in findings:
        typer.echo(str(finding))
    typer.echo(_summary(findings))
    has_errors = any(finding.severity == "error" for finding in findings)
    raise typer.Exit(common.FAULTS if has_errors else 0)


def guide() -> None:
    """Print the author's field tables, written from the types."""
    from ccio_skills import library

    typer.echo(library.field_tables())


@new.command()
def module(
    slug: Annotated[str, typer.Argument(help="Name of the file: who-owns-this-data.")],
    title: Annotated[str | None, typer.Option(help="Title; else the slug as words.")] = None,
    skill: Annotated[str | None, typer.Option(help="Main skill, by slug or code.")] = None,
    level: Annotated[int | None, typer.Option(help="Level it teaches.", min=1, max=4)] = None,
    minutes: Annotated[int | None, typer.Option(help="Minutes.", min=10, max=90)] = None,
    content: ContentFolder = None,
) -> None:
    """Write a draft of a module that passes the check; a file that is there is left alone."""
    from ccio_skills import library

    root = _root(content)
    draft = library.Draft(slug, title, skill, level, minutes)
    try:
        file = library.new_module(root, draft, today=day(None))
    except library.ScaffoldError as error:
        common.stop(str(error), code=common.WRONG_USE)
    except OSError as error:
        common.stop(f"{root}/modules cannot be written: {error.strerror}", code=common.WRONG_USE)
    option = f" --content {content}" if content else ""
    typer.echo(
        f"Written: {file} (a draft: learners do not see it)\n"
        "1. Write it; ccio-skills guide prints what each field means.\n"
        f"2. Set status: beta; ccio-skills check{option} lists what is still missing.\n"
        f"3. When nothing is: ccio-skills check --lock{option} keeps its ids and minutes."
    )


def _root(content: Path | None) -> Path:
    from ccio_skills import settings

    common.use_content(content)
    root = settings.read().content
    if not root.is_dir():
        common.stop(f"{root} is no folder.", code=common.WRONG_USE)
    return root


def day(given: datetime | None) -> date:
    """Return the day that was given, or today."""
    return (given or datetime.now(UTC)).date()


def _summary(findings: Sequence[Finding]) -> str:
    """Return "1 error, 3 warnings (2 number, 1 overdue)"."""
    from ccio_skills import wording

    warnings = Counter(one.rule for one in findings if one.severity == "warning")
    errors = len(findings) - warnings.total()
    kinds = ", ".join(f"{count} {rule}" for rule, count in warnings.most_common())
    counted = f"{wording.count(errors, 'error')}, {wording.count(warnings.total(), 'warning')}"
    return f"{counted} ({kinds})" if kinds else counted
