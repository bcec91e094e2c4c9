"""Bring a store to the shape this version needs, by Alembic."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from ccio_skills.store import _trouble

if TYPE_CHECKING:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

NEWEST = "5e2b7a90c4d1"
"""The version of the store that this version of the app needs: the head of the migrations.

Written here so that a start with a store in shape, nearly every one, need not load Alembic.
"""

_MOST_CHECKED = 2**14
"""Pages (64 MiB as SQLite makes them) up to which a store is read whole at the start."""

_TURN = 20_121_105
"""Number of the lock that processes on one PostgreSQL take to migrate one after the other."""


def upgrade(engine: Engine) -> None:
    """Migrate the store behind ``engine`` to the newest version; does nothing when it is there.

    Processes that start together do it one after the other: the first migrates, the rest find it
    done.

    Raises:
        StoreError: The store is damaged, read-only, in use, or of a newer version; it is as it was.
    """
    where = _trouble.name_of(engine.url)
    try:
        with engine.connect() as connection:
            _check_sound(connection, where)
            if _is_newest(connection, where):
                return
        with _in_turn(engine):
            _migrate(engine, where)
    except SQLAlchemyError as error:
        if trouble := _trouble.explain(error, where=where):
            raise trouble from error
        raise


def is_current(engine: Engine) -> bool:
    """Say whether the store has exactly the shape this version needs."""
    with engine.connect() as connection:
        return _version(connection) == NEWEST


def known_versions() -> set[str]:
    """Return every version of the store that this version of the app can read."""
    return {one.revision for one in _scripts().walk_revisions()}


@contextmanager
def _in_turn(engine: Engine) -> Iterator[None]:
    """Wait until no other process migrates this store, then keep the others waiting."""
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            # Of the transaction, not of the session: a pooled connection would keep it for ever.
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_TURN})")
            yield
        return
    file = engine.url.database
    if file in (None, "", ":memory:"):
        yield
        return
    lock = FileLock(f"{file}.migrating", mode=0o600)
    try:
        lock.acquire()
    except OSError as error:
        raise _trouble.read_only(str(file)) from error
    try:
        yield
    finally:
        lock.release()


def _migrate(engine: Engine, where: str) -> None:
    with engine.connect() as connection:
        if _is_newest(connection, where):
            return
    from alembic import command

    command.upgrade(_config(engine), "head")


def _is_newest(connection: Connection, where: str) -> bool:
    version = _version(connection)
    if version == NEWEST:
        return True
    if version is not None and version not in known_versions():
        raise _trouble.newer(where, version)
    return False


def _check_sound(connection: Connection, where: str) -> None:
    if connection.dialect.name != "sqlite":
        return
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar() or 0
    if pages > _MOST_CHECKED:
        return
    # A copy that was cut short can be opened; it fails when somebody's answers are read.
    found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    if found != "ok":
        raise _trouble.damaged(where)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def _scripts() -> ScriptDirectory:
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(_config(None))


def _config(engine: Engine | None) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "ccio_skills:migrations")
    config.attributes["engine"] = engine
    return config
