"""What is asked and answered, what it comes to, and what 2012 says beside it. Pure."""

from ccio_skills.survey.rules.answers import Answer, AnswerError
from ccio_skills.survey.rules.comparing import Beside, Line, beside
from ccio_skills.survey.rules.items import NOT_ANSWERED, ClosedItem, as_items, code
from ccio_skills.survey.rules.waves import Wave

__all__ = [
    "NOT_ANSWERED",
    "Answer",
    "AnswerError",
    "Beside",
    "ClosedItem",
    "Line",
    "Wave",
    "as_items",
    "beside",
    "code",
]
