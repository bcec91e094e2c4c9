"""Bring a store to the shape this version needs, by Alembic."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from ccio_skills.store import _trouble

_MOST_CHECKED = 2**14
"""Pages (64 MiB as SQLite makes them) up to which a store is read whole at the start."""


def upgrade(engine: Engine) -> None:
    """Migrate the store behind ``engine`` to the newest version; does nothing when it is there.

    Raises:
        StoreError: The store is damaged, read-only, in use, or of a newer version; it is as it was.
    """
    where = _trouble.name_of(engine.url)
    try:
        with engine.connect() as connection:
            _check_sound(connection, where)
            version = _version(connection)
        if version is not None and version not in known_versions():
            raise _trouble.newer(where, version)
        if version != _scripts().get_current_head():
            command.upgrade(_config(engine), "head")
    except SQLAlchemyError as error:
        if trouble := _trouble.explain(error, where=where):
            raise trouble from error
        raise


def is_current(engine: Engine) -> bool:
    """Say whether the store has exactly the shape this version needs."""
    with engine.connect() as connection:
        return _version(connection) == _scripts().get_current_head()


def known_versions() -> set[str]:
    """Return every version of the store that this version of the app can read."""
    return {one.revision for one in _scripts().walk_revisions()}


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
    return MigrationContext.configure(connection).get_current_revision()


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config(None))


def _config(engine: Engine | None) -> Config:
    config = Config()
    config.set_main_option("script_location", "ccio_skills:migrations")
    config.attributes["engine"] = engine
    return config
