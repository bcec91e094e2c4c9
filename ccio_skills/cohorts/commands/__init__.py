"""Change cohorts. One call, one commit."""

from ccio_skills.cohorts.commands.closing import Closed, Progress, close
from ccio_skills.cohorts.commands.contributing import contribute, withdraw, withdraw_by_code
from ccio_skills.cohorts.commands.members import PromiseError, join, leave, remove
from ccio_skills.cohorts.commands.office import CohortError, add_cohort, tighten
from ccio_skills.cohorts.commands.running import discard, move_end, open_collection, plan

__all__ = [
    "Closed",
    "CohortError",
    "Progress",
    "PromiseError",
    "add_cohort",
    "close",
    "contribute",
    "discard",
    "join",
    "leave",
    "move_end",
    "open_collection",
    "plan",
    "remove",
    "tighten",
    "withdraw",
    "withdraw_by_code",
]
