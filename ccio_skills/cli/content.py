"""Commands for authors: check the library, print the field tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ccio_skills.cli import common


def check(
    content: Annotated[Path | None, typer.Argument(help="Content folder; else the app's.")] = None,
    lock: Annotated[bool, typer.Option("--lock", help="Add new ids to ids.lock first.")] = False,
) -> None:
    """Check the content library: every finding, with file, line and how to mend it."""
    from datetime import UTC, datetime

    from ccio_skills import library

    root = content or common.read_settings().content
    if not root.is_dir():
        common.stop(f"{root} is no folder.", code=common.WRONG_USE)
    if lock:
        typer.echo(f"{library.extend_lock(root)} new ids in ids.lock")
    findings = library.check(root, today=datetime.now(UTC).date())
    for finding in findings:
        typer.echo(str(finding))
    errors = sum(finding.severity == "error" for finding in findings)
    typer.echo(f"{errors} errors, {len(findings) - errors} warnings")
    raise typer.Exit(common.FAULTS if errors else 0)


def guide() -> None:
    """Print the author's field tables, written from the types."""
    from ccio_skills import library

    typer.echo(library.field_tables())
