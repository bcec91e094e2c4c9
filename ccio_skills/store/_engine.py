"""Open SQLite or PostgreSQL."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.pool import StaticPool

_PRAGMAS = (
    "foreign_keys=ON",
    "busy_timeout=10000",
    "journal_mode=WAL",
    # FULL, not NORMAL: an answer marked "Saved" must survive a power cut, not only a crash.
    "synchronous=FULL",
    # What is erased is overwritten; some builds of SQLite leave it readable in the file.
    "secure_delete=ON",
)


def open_engine(url: str) -> Engine:
    """Open an engine for ``url``.

    A new SQLite file, and the folder it needs, are readable by their owner only.
    """
    if not url.startswith("sqlite"):
        # The plain scheme means psycopg 3, the driver we ship, not psycopg2.
        return create_engine(_with_driver(url), pool_pre_ping=True)

    name = make_url(url).database
    if name in (None, "", ":memory:"):
        options: dict[str, Any] = {"poolclass": StaticPool}
    else:
        options = {}
        _make_private(Path(str(name)))
    engine = create_engine(url, connect_args={"check_same_thread": False}, **options)
    event.listen(engine, "connect", _set_pragmas)
    return engine


def _with_driver(url: str) -> str:
    for scheme in ("postgresql://", "postgres://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


def _make_private(file: Path) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not file.exists():
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))


def _set_pragmas(dbapi: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own type
    for pragma in _PRAGMAS:
        dbapi.execute(f"PRAGMA {pragma}")
