"""Open the database and keep its shape; every table in the app is a ``Table``."""

from ccio_skills.store._copies import CopyError, back_up, restore
from ccio_skills.store._engine import open_engine
from ccio_skills.store._shape import is_current, upgrade
from ccio_skills.store._table import Table, UtcDateTime

__all__ = [
    "CopyError",
    "Table",
    "UtcDateTime",
    "back_up",
    "is_current",
    "open_engine",
    "restore",
    "upgrade",
]
