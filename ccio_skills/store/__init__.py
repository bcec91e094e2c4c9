"""Open the database and keep its shape; every table in the app is a ``Table``."""

from ccio_skills.store._copies import CopyError, back_up, restore
from ccio_skills.store._engine import open_engine
from ccio_skills.store._move import MoveError, move
from ccio_skills.store._shape import is_current, upgrade
from ccio_skills.store._table import Table, UtcDateTime, arrives, kept
from ccio_skills.store._transaction import is_away, transact
from ccio_skills.store._trouble import StoreError, explain, name_of

__all__ = [
    "CopyError",
    "MoveError",
    "StoreError",
    "Table",
    "UtcDateTime",
    "arrives",
    "back_up",
    "explain",
    "is_away",
    "is_current",
    "kept",
    "move",
    "name_of",
    "open_engine",
    "restore",
    "transact",
    "upgrade",
]
