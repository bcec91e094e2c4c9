"""What the commands share: the store, the library, and how to stop."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from sqlmodel import Session

    from ccio_skills.assess.rules.ratings import Rating
    from ccio_skills.library import Library
    from ccio_skills.settings import Settings

FAULTS, WRONG_USE = 1, 2
ME = 1
"""The one person of a personal installation."""

DataFolder = Annotated[
    Path | None, typer.Option("--data", help="Folder of the store; else your user data folder.")
]

ContentFolder = Annotated[
    Path | None, typer.Option("--content", help="Folder of another library; else the app's own.")
]


class Format(StrEnum):
    """How a result is printed."""

    TABLE = "table"
    JSON = "json"


def stop(message: str, *, code: int = FAULTS) -> NoReturn:
    """Say what is wrong and leave with an exit code."""
    typer.echo(message, err=True)
    raise typer.Exit(code)


def use_folder(data: Path | None) -> None:
    """Make this process, and those it starts, keep the store in ``data``."""
    if data:
        os.environ["CCIO_DATA"] = str(data.resolve())
        os.environ.pop("CCIO_DATABASE_URL", None)


def use_content(content: Path | None) -> None:
    """Make this process, and those it starts, read the library in ``content``, or stop.

    Without one, the folder that ``CCIO_CONTENT`` names is meant as seen from here: the server
    starts in another folder.
    """
    named = content or os.environ.get("CCIO_CONTENT")
    if not named:
        return
    folder = Path(named).resolve()
    if not folder.is_dir():
        stop(f"{folder} is no folder.", code=WRONG_USE)
    os.environ["CCIO_CONTENT"] = str(folder)


def read_settings() -> Settings:
    """Read what the environment asks for, or stop and say what does not fit."""
    from ccio_skills import settings

    try:
        return settings.read()
    except settings.SettingsError as error:
        stop(str(error), code=WRONG_USE)


def load_library() -> Library:
    """Load the content, or stop with every finding."""
    from ccio_skills import library

    try:
        return library.load(read_settings().content)
    except library.BrokenContentError as error:
        stop(str(error))


@contextmanager
def open_store() -> Iterator[Session]:
    """Open the store in the shape this version needs, or stop and say what is wrong with it."""
    from sqlalchemy.exc import SQLAlchemyError
    from sqlmodel import Session

    # The schema brings every room's tables: export and erase must reach all of them.
    import ccio_skills.schema  # noqa: F401
    from ccio_skills import store

    here = read_settings()
    try:
        engine = store.open_engine(here.database_url)
        store.upgrade(engine)
        with Session(engine) as session:
            yield session
        engine.dispose()
    except (store.StoreError, SQLAlchemyError) as error:
        trouble = store.explain(error, where=store.name_of(here.database_url))
        if trouble is None:
            raise
        stop(str(trouble))


def read_ratings(file: Path, library: Library) -> tuple[Rating, ...]:
    """Read a ratings file, or stop with its faults."""
    from datetime import UTC, datetime

    from ccio_skills.assess.rules import sheet

    try:
        return sheet.read(file.read_bytes(), library=library, now=datetime.now(UTC))
    except OSError as error:
        stop(f"{file} cannot be read: {error.strerror}", code=WRONG_USE)
    except sheet.SheetError as error:
        total = len(error.faults)
        stop(f"{file}: {total} fault{'s' if total > 1 else ''}; nothing was used.\n{error}")


def write_private(file: Path, content: bytes) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    part = file.with_name(f"{file.name}.part")
    try:
        handle = os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        part.replace(file)
    except OSError as error:
        part.unlink(missing_ok=True)
        stop(f"{file} cannot be written: {error.strerror}", code=WRONG_USE)
