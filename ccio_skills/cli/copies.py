"""Commands that keep a copy of the store and bring one back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from ccio_skills.cli import common
from ccio_skills.cli.common import DataFolder


def backup(
    file: Annotated[Path, typer.Argument(help="Where to keep the copy.")], data: DataFolder = None
) -> None:
    """Copy the store, while the app may be running; the copy is checked."""
    from ccio_skills import store

    with _bar("Copying") as progress:
        try:
            store.back_up(_store_file(data), file, progress=progress)
        except store.CopyError as error:
            common.stop(str(error))
    typer.echo(f"Copied and checked: {file}")


def restore(
    file: Annotated[Path, typer.Argument(help="A copy made by backup.")], data: DataFolder = None
) -> None:
    """Put a copy in the place of the store; the store that was there is kept beside it."""
    from ccio_skills import store

    with _bar("Restoring") as progress:
        try:
            kept = store.restore(file, _store_file(data), progress=progress)
        except store.CopyError as error:
            common.stop(str(error))
    with common.open_store():
        pass
    typer.echo("Restored." + (f" What was there before is kept in {kept}" if kept else ""))


def _store_file(data: Path | None) -> Path:
    common.use_folder(data)
    file = common.read_settings().store_file
    if file is None:
        common.stop("Only a SQLite store can be copied here; use your database's own tools.")
    return file


@contextmanager
def _bar(title: str) -> Iterator[Callable[[int, int], None]]:
    from rich.progress import Progress

    with Progress(transient=True) as shown:
        task = shown.add_task(title)
        yield lambda done, total: shown.update(task, completed=done, total=total)
