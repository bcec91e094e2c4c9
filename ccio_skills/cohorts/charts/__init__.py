"""Draw what was released of a cohort. Nothing else can be drawn: only the engine makes it."""

from ccio_skills.cohorts.charts.bars import domain_figure, skill_figure

__all__ = ["domain_figure", "skill_figure"]
