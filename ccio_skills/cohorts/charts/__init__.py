"""Draw what was released of a cohort. Nothing else can be drawn: only the engine makes it."""

from ccio_skills.cohorts.charts.bars import domain_figure, skill_figure
from ccio_skills.cohorts.charts.printed import needs_document, picture_document, report_document

__all__ = [
    "domain_figure",
    "needs_document",
    "picture_document",
    "report_document",
    "skill_figure",
]
