"""Open SQLite or PostgreSQL."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from ccio_skills.store import _trouble
from ccio_skills.vocabulary import Pool

_PRAGMAS = (
    "foreign_keys=ON",
    "busy_timeout=10000",
    "journal_mode=WAL",
    # FULL, not NORMAL: an answer marked "Saved" must survive a power cut, not only a crash.
    "synchronous=FULL",
    # What is erased is overwritten; some builds of SQLite leave it readable in the file.
    "secure_delete=ON",
)
_PATIENCE = 3
"""Questions without an answer after which a server counts as lost."""


def open_engine(url: str, *, pool: Pool | None = None) -> Engine:
    """Open an engine for ``url``; ``pool`` says how it uses a server, when it is one.

    A new SQLite file, and the folder it needs, are readable by their owner only. The file is made
    here and nowhere else: one that vanishes later is an error, not an empty store.

    Raises:
        StoreError: The address is none, or the file cannot be made.
    """
    try:
        address = make_url(_with_driver(url))
        if address.get_backend_name() != "sqlite":
            return _open_server(address, pool or Pool())
    except ArgumentError as error:
        raise _trouble.unreachable("you named", "that is no address.") from error
    if address.database in (None, "", ":memory:"):
        threads = {"check_same_thread": False}
        engine = create_engine(address, poolclass=StaticPool, connect_args=threads)
    else:
        engine = _open_file(url, Path(str(address.database)))
    event.listen(engine, "connect", _set_pragmas)
    return engine


def _open_server(address: URL, pool: Pool) -> Engine:
    usual = {
        "connect_timeout": pool.connect_seconds,
        "keepalives_idle": pool.keepalive_seconds,
        "keepalives_interval": max(1, pool.keepalive_seconds // _PATIENCE),
        "keepalives_count": _PATIENCE,
        "application_name": "ccio-skills",
    }
    return create_engine(
        address,
        # A connection is asked whether it lives before a page relies on it.
        pool_pre_ping=True,
        pool_size=pool.size,
        max_overflow=pool.overflow,
        pool_timeout=pool.wait_seconds,
        pool_recycle=pool.recycle_minutes * 60,
        # What the address itself says goes first.
        connect_args={name: value for name, value in usual.items() if name not in address.query},
    )


def _open_file(url: str, file: Path) -> Engine:
    _make_private(file)
    # An address, so that SQLite may not make the file; it must exist by now.
    existing = f"{file.absolute().as_uri()}?mode=rw"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(existing, uri=True, check_same_thread=False)

    def remember(_dbapi: object, record: ConnectionPoolEntry) -> None:
        record.info["file"] = _identity(file)

    def still_there(_dbapi: object, record: ConnectionPoolEntry, _proxy: object) -> None:
        # On Linux a deleted file can still be written; what is "saved" there is lost.
        if record.info["file"] != _identity(file):
            raise DisconnectionError("the file was moved, deleted or replaced")

    engine = create_engine(url, creator=connect)
    event.listen(engine, "connect", remember)
    event.listen(engine, "checkout", still_there)
    return engine


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _with_driver(url: str) -> str:
    # The plain scheme means psycopg 3, the driver we ship, not psycopg2.
    for scheme in ("postgresql://", "postgres://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


def _make_private(file: Path) -> None:
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not file.exists():
            os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise _trouble.StoreError(
            f"The store {file} cannot be made: {error.strerror}.",
            "Choose another folder with --data.",
        ) from error


def _set_pragmas(dbapi: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own type
    for pragma in _PRAGMAS:
        dbapi.execute(f"PRAGMA {pragma}")
