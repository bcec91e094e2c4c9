"""Pages of the cohorts room: for members, for those who run cohorts and for reviewers."""

from ccio_skills.cohorts.pages import (
    beside,
    charts,
    collection,
    contribute,
    join,
    mine,
    needs,
    run,
)
from ccio_skills.ui import Page
from ccio_skills.vocabulary import Role

_EVERYBODY = frozenset({Role.VISITOR, Role.LEARNER})
_HAS_A_ROLE = frozenset({Role.MEMBER, Role.REVIEWER, Role.ADMINISTRATOR})
_RUNS = frozenset({Role.ADMINISTRATOR})
_READS = frozenset({Role.REVIEWER})

PAGES = (
    Page("cohorts", "Cohorts", mine.show, roles=_HAS_A_ROLE),
    Page("join-cohort", "Join a cohort", join.show, is_in_menu=False, roles=_EVERYBODY),
    Page("contribute", "Contribute", contribute.show, is_in_menu=False, roles=_HAS_A_ROLE),
    Page("run-cohort", "Run a cohort", run.show, is_in_menu=False, roles=_RUNS),
    Page("collection", "Collection", collection.show, is_in_menu=False, roles=_RUNS),
    Page("charts", "Charts", charts.show, is_in_menu=False, roles=_READS),
    Page("beside", "Side by side", beside.show, is_in_menu=False, roles=_READS),
    Page("training-needs", "Training needs", needs.show, is_in_menu=False, roles=_READS),
)
