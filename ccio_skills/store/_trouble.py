"""What can be wrong with a store, in words that say what to do."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

_ROOM = 2**20
"""Bytes that must be free for SQLite's own files."""


class StoreError(RuntimeError):
    """The store cannot be used.

    Attributes:
        what: What is wrong, in a sentence.
        remedy: What to do about it.
    """

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what}\n{remedy}")
        self.what, self.remedy = what, remedy


def gone(where: str) -> StoreError:
    """Say that the file is not where it was, or that this account may not open it."""
    if Path(where).exists():
        return StoreError(
            f"This account may not open the store {where}.",
            "Make the file and its folder readable and writable, "
            "or choose another folder with --data.",
        )
    return StoreError(
        f"The store {where} is not there.",
        "Put the file back, restore a copy (ccio-skills restore FILE), "
        "or choose another folder with --data.",
    )


def read_only(where: str) -> StoreError:
    """Say that the store can be read but not written."""
    return StoreError(
        f"The store {where} is read-only for this account.",
        "Make the file and its folder writable, or choose another folder with --data.",
    )


def locked(where: str) -> StoreError:
    """Say that another program did not let go of the store."""
    return StoreError(
        f"Another program holds the store {where} and did not let go.",
        "Close it (a database browser, a backup or a sync program), then try again.",
    )


def full(where: str) -> StoreError:
    """Say that there is no room left."""
    return StoreError(
        f"The disk that holds the store {where} is full.",
        "Free some space, then try again. What was marked Saved before is safe.",
    )


def damaged(where: str) -> StoreError:
    """Say that the file is no sound database."""
    return StoreError(
        f"The store {where} is damaged, or only a part of it was copied here.",
        "Put a copy in its place: ccio-skills restore FILE. The damaged file is kept.",
    )


def unreadable(where: str) -> StoreError:
    """Say that the disk failed, for want of room or otherwise."""
    # SQLite reports a disk without any room at all as one that cannot be read.
    folder = Path(where).parent
    if folder.exists() and shutil.disk_usage(folder).free < _ROOM:
        return full(where)
    return StoreError(
        f"The disk that holds the store {where} reports an error.",
        "Check the disk or the network drive, then start again.",
    )


def newer(where: str, version: str) -> StoreError:
    """Say that a newer version of the app has written the store."""
    return StoreError(
        f"The store {where} was written by a newer version of CCIO Skills ({version}).",
        "Install that version or a later one. Nothing was changed.",
    )


def unreachable(where: str, cause: str) -> StoreError:
    """Say that the database server does not answer, or does not let us in."""
    return StoreError(
        f"The database {where} cannot be used: {cause}",
        "Check that it runs and that CCIO_DATABASE_URL is right. "
        "What was marked Saved before is safe.",
    )


def crowded(where: str) -> StoreError:
    """Say that every connection to the database was in use for longer than a page waits."""
    return StoreError(
        f"Too many people use the database {where} at once.",
        "Try again in a minute. Whoever runs this installation can raise CCIO_DATABASE_POOL.",
    )


_OF_SQLITE: dict[int, Callable[[str], StoreError]] = {
    sqlite3.SQLITE_PERM: gone,
    sqlite3.SQLITE_BUSY: locked,
    sqlite3.SQLITE_LOCKED: locked,
    sqlite3.SQLITE_READONLY: read_only,
    sqlite3.SQLITE_IOERR: unreadable,
    sqlite3.SQLITE_CORRUPT: damaged,
    sqlite3.SQLITE_FULL: full,
    sqlite3.SQLITE_CANTOPEN: gone,
    sqlite3.SQLITE_NOTADB: damaged,
}
_DISK_FULL, _READ_ONLY = "53100", "25006"


def explain(error: BaseException, *, where: str) -> StoreError | None:
    """Return what an error means for the store, or ``None`` when it is about something else.

    Args:
        error: Whatever was raised.
        where: The store in words: its file, or the name of the database.
    """
    if isinstance(error, StoreError):
        return error
    if isinstance(error, PoolTimeoutError):
        return crowded(where)
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        # The lowest byte is the kind; the rest says more about it.
        said = _OF_SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
        return said(where) if said else None
    # By name: a store in a file need not load the driver of a server.
    if cause and type(cause).__module__.partition(".")[0] == "psycopg":
        return _of_postgresql(cause, where)
    return None


def name_of(address: str | URL) -> str:
    """Return how to call the store at an address: its file, or its server without the password."""
    try:
        url = make_url(address)
    except ArgumentError:
        return "you named"
    if url.get_backend_name() == "sqlite":
        return url.database or "in memory"
    return url.render_as_string(hide_password=True)


def _of_postgresql(error: BaseException, where: str) -> StoreError | None:
    import psycopg

    if not isinstance(error, psycopg.Error):
        return None
    if error.sqlstate == _DISK_FULL:
        return full(where)
    if error.sqlstate == _READ_ONLY:
        return read_only(where)
    if isinstance(error, psycopg.OperationalError):
        return unreachable(where, str(error).partition("\n")[0])
    return None
