"""The planner: which modules to take in the minutes there are, why, and what would change that.

Callers import this module only; the work is done in those beside it.
"""

from __future__ import annotations

from ccio_skills.learn.rules.planner.catalogue import WHOLE, Catalogue, Offer
from ccio_skills.learn.rules.planner.changes import Change, what_changes
from ccio_skills.learn.rules.planner.planning import Plan, make_plan
from ccio_skills.learn.rules.planner.reach import unlocks, unreached
from ccio_skills.learn.rules.planner.reasons import Item, Reason
from ccio_skills.learn.rules.planner.standing import Standing, open_steps

__all__ = [
    "WHOLE",
    "Catalogue",
    "Change",
    "Item",
    "Offer",
    "Plan",
    "Reason",
    "Standing",
    "make_plan",
    "open_steps",
    "unlocks",
    "unreached",
    "what_changes",
]
