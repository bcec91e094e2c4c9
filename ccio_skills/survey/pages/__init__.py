"""Pages of the survey room; each is reached by links."""

from ccio_skills.survey.pages import first
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
)
