"""Pages of the survey room; both are reached by links."""

from ccio_skills.survey.pages import answering, first
from ccio_skills.ui import Page
from ccio_skills.vocabulary import Role

_EVERYBODY = frozenset({Role.VISITOR, Role.LEARNER})

PAGES = (
    Page(
        "survey-2012",
        "The first survey, 2012",
        first.show,
        is_in_menu=False,
        roles=_EVERYBODY,
    ),
    Page("survey", "The role survey", answering.show, is_in_menu=False),
)
