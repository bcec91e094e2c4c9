"""Bring a store to the shape this version needs, by Alembic."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine


def upgrade(engine: Engine) -> None:
    """Migrate the store behind ``engine`` to the newest version; does nothing when it is there."""
    command.upgrade(_config(engine), "head")


def is_current(engine: Engine) -> bool:
    """Say whether the store has exactly the shape this version needs."""
    head = ScriptDirectory.from_config(_config(engine)).get_current_head()
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head


def _config(engine: Engine) -> Config:
    config = Config()
    config.set_main_option("script_location", "ccio_skills:migrations")
    config.attributes["engine"] = engine
    return config
