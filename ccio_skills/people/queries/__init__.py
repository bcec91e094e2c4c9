"""Read who somebody is, everything that is kept about them, and what an export would add."""

from ccio_skills.people.queries.arrivals import Arrival, News, compare
from ccio_skills.people.queries.kept import Settings, everything, personal_tables, settings

__all__ = [
    "Arrival",
    "News",
    "Settings",
    "compare",
    "everything",
    "personal_tables",
    "settings",
]
