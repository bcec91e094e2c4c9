"""Commands that keep a copy of the store and bring one back."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ccio_skills.cli import common
from ccio_skills.cli.common import DataFolder

if TYPE_CHECKING:
    from sqlalchemy import Engine


def backup(
    file: Annotated[Path, typer.Argument(help="Where to keep the copy.")], data: DataFolder = None
) -> None:
    """Copy the store, while the app may be running; the copy is checked."""
    from ccio_skills import store

    line = f"pg_dump --format=custom --file={_quoted(file)} {{url}}"
    here = _store_file(data, otherwise=f"The app may go on running. Run:\n  {line}")
    with _bar("Copying") as progress:
        try:
            store.back_up(here, file, progress=progress)
        except store.CopyError as error:
            common.stop(str(error))
    typer.echo(f"Copied and checked: {file}")


def restore(
    file: Annotated[Path, typer.Argument(help="A copy made by backup.")], data: DataFolder = None
) -> None:
    """Put a copy in the place of the store; the store that was there is kept beside it."""
    from ccio_skills import store

    line = f"pg_restore --clean --if-exists --no-owner --dbname={{url}} {_quoted(file)}"
    here = _store_file(data, otherwise=f"Stop every process of the app, then run:\n  {line}")
    with _bar("Restoring") as progress:
        try:
            kept = store.restore(file, here, progress=progress)
        except store.CopyError as error:
            common.stop(str(error))
    with common.open_store():
        pass
    typer.echo("Restored." + (f" What was there before is kept in {kept}" if kept else ""))


def move(
    to: Annotated[str, typer.Option("--to", help="postgresql://USER:PASSWORD@HOST/DATABASE")],
    data: DataFolder = None,
) -> None:
    """Copy the store on this computer into a PostgreSQL database; the store here stays as it is."""
    from ccio_skills import instance, schema, store

    file = _store_file(data)
    if not file.is_file():
        common.stop(f"There is no store at {file}.")
    try:
        # What is answered while rows are copied would be left behind.
        instance.check_free(file)
    except instance.RunningError as error:
        common.stop(f"Stop the app first; it runs at {error.address}.")
    with common.open_store() as here, _open_target(to) as target, _bar("Moving") as progress:
        source = here.get_bind().engine
        try:
            counts = store.move(source, target, schema.metadata, progress=_by_table(progress))
        except store.MoveError as error:
            common.stop(str(error))
    for table, count in counts.items():
        typer.echo(f"  {table}: {count:,}")
    typer.echo(f"Moved and compared: {sum(counts.values()):,} rows.")
    typer.echo(f"From now on start with CCIO_DATABASE_URL. {file} was not changed.")


@contextmanager
def _open_target(to: str) -> Iterator[Engine]:
    from sqlalchemy.exc import SQLAlchemyError

    from ccio_skills import store

    try:
        engine = store.open_engine(to)
        if engine.dialect.name != "postgresql":
            common.stop("Move goes to PostgreSQL; to keep a copy in a file use backup.")
        store.upgrade(engine)
        yield engine
        engine.dispose()
    except (store.StoreError, SQLAlchemyError) as error:
        trouble = store.explain(error, where=store.name_of(to))
        if trouble is None:
            raise
        common.stop(f"{trouble}\nRun the same command again to go on where it stopped.")


def _by_table(show: Callable[[int, int], None]) -> Callable[[str, int, int], None]:
    return lambda _table, done, total: show(done, total)


def _store_file(data: Path | None, *, otherwise: str = "") -> Path:
    """Return the file of the store, or stop and say what to run ``otherwise``, with its {url}."""
    common.use_folder(data)
    here = common.read_settings()
    if here.store_file:
        return here.store_file
    if not otherwise:
        common.stop("The store is in a database server already.")
    common.stop(
        "The store is in PostgreSQL, which has a tool of its own. "
        f"{otherwise.format(url=_without_password(here.database_url))}\n"
        "It asks for the password, or reads it from ~/.pgpass. HOSTING.md says more."
    )


def _without_password(address: str) -> str:
    from sqlalchemy import URL, make_url

    url = make_url(address)
    bare = URL.create("postgresql", url.username, None, url.host, url.port, url.database, url.query)
    return shlex.quote(bare.render_as_string())


def _quoted(file: Path) -> str:
    return shlex.quote(str(file))


@contextmanager
def _bar(title: str) -> Iterator[Callable[[int, int], None]]:
    from rich.progress import Progress

    with Progress(transient=True) as shown:
        task = shown.add_task(title)
        yield lambda done, total: shown.update(task, completed=done, total=total)
