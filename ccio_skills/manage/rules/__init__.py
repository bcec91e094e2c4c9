"""What the manage room decides: how healthy a library is, and what is on record in words. Pure."""

from ccio_skills.manage.rules.health import (
    LEVELS,
    Coverage,
    Draft,
    Health,
    Leaning,
    Unserved,
    examine,
    find_unserved,
)
from ccio_skills.manage.rules.record import OPERATOR, say_event, say_row, say_when, say_who

__all__ = [
    "LEVELS",
    "OPERATOR",
    "Coverage",
    "Draft",
    "Health",
    "Leaning",
    "Unserved",
    "examine",
    "find_unserved",
    "say_event",
    "say_row",
    "say_when",
    "say_who",
]
