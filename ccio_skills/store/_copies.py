"""Back up and restore a SQLite store while the app may be running."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from ccio_skills.store._shape import known_versions

_PAGES = 200
"""Pages copied at a time; between two steps the app may write."""

Progress = Callable[[int, int], None]
"""Called with (pages copied, pages in all)."""


class CopyError(RuntimeError):
    """A store cannot be copied, or a copy cannot be used; the message says why and what to do."""


def back_up(store: Path, copy: Path, *, progress: Progress | None = None) -> None:
    """Copy a store as it is at one moment, while others may write to it.

    The copy is checked, readable by its owner only, and appears whole or not at all.

    Raises:
        CopyError: There is no store, the copy exists already, or the copy is not sound.
    """
    if not store.is_file():
        raise CopyError(f"There is no store at {store}.")
    if copy.exists():
        raise CopyError(f"{copy} exists already: choose another name.")
    part = copy.with_name(f"{copy.name}.part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        _copy_pages(store, part, progress)
        check_copy(part)
        os.replace(part, copy)
    except (OSError, sqlite3.Error) as error:
        raise CopyError(f"{copy} cannot be written: {error}.") from error
    finally:
        part.unlink(missing_ok=True)


def check_copy(copy: Path) -> None:
    """Say no to a file that is broken, is no store of this app, or is newer than this version.

    Raises:
        CopyError: Any of these; the message says which.
    """
    if not copy.is_file():
        raise CopyError(f"There is no file at {copy}.")
    try:
        with closing(sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro", uri=True)) as opened:
            state = opened.execute("PRAGMA integrity_check").fetchone()[0]
            tables = opened.execute(
                "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
            ).fetchone()[0]
            rows = opened.execute("SELECT version_num FROM alembic_version") if tables else ()
            versions = [row[0] for row in rows]
    except sqlite3.Error as error:
        raise CopyError(f"{copy} is broken or no store: {error}.") from error
    if state != "ok":
        raise CopyError(f"{copy} is broken: {state}.")
    if not versions:
        raise CopyError(f"{copy} is no store of CCIO Skills.")
    if versions[0] not in known_versions():
        raise CopyError(f"{copy} was written by a newer version: install that version first.")


def restore(copy: Path, store: Path, *, progress: Progress | None = None) -> Path | None:
    """Put a copy in the place of a store, and return where the store that was there is kept.

    Pages are written into the store through SQLite, so an app that has it open sees the new state
    and is not left with a file that no longer exists.

    Raises:
        CopyError: The copy is refused, or the store is in use; the store is then as it was.
    """
    check_copy(copy)
    try:
        kept = _set_aside(store)
        store.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not store.exists():
            os.close(os.open(store, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        _copy_pages(copy, store, progress)
    except (OSError, sqlite3.Error) as error:
        raise CopyError(f"{store} is in use or cannot be written: {error}.") from error
    return kept


def _set_aside(store: Path) -> Path | None:
    """Keep what lies at ``store`` under another name; return that name, or ``None``."""
    if not store.is_file() or not store.stat().st_size:
        store.unlink(missing_ok=True)
        return None
    kept = _free_name(store)
    try:
        check_copy(store)
    except CopyError:
        # What is damaged or newer cannot be copied page by page. SQLite's own files go with it.
        for ending in ("", "-wal", "-shm"):
            part = store.with_name(f"{store.name}{ending}")
            if part.exists():
                part.rename(kept.with_name(f"{kept.name}{ending}"))
    else:
        back_up(store, kept)
    return kept


def _free_name(store: Path) -> Path:
    number = 1
    while (name := store.with_name(f"{store.stem}-before-restore-{number}{store.suffix}")).exists():
        number += 1
    return name


def _copy_pages(source: Path, target: Path, progress: Progress | None) -> None:
    def report(_status: int, left: int, total: int) -> None:
        if progress:
            progress(total - left, total)

    with (
        closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as reader,
        closing(sqlite3.connect(target, timeout=10)) as writer,
    ):
        reader.backup(writer, pages=_PAGES, progress=report, sleep=0.01)
