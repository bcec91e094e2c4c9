"""What a level rests on: a rating alone, a rating with evidence, or questions answered."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.library import Library, Module
from ccio_skills.vocabulary import Slug

ENOUGH = 0.8
"""Share of a module's questions, right at the first answer, from which a level rests on them."""

Answers = Mapping[Slug, tuple[int, int]]
"""Module slug to (right first time, answered)."""


class Basis(StrEnum):
    """What a level rests on, the firmest first."""

    QUESTIONS = "questions"
    EVIDENCE = "evidence"
    RATING = "rating"


def is_answered(module: Module, answers: Answers) -> bool:
    """Say whether every question of a module was answered, four in five right first time."""
    right, asked = answers.get(module.slug, (0, 0))
    return asked >= len(module.checks) and right >= ENOUGH * asked


def levels_answered(answers: Answers, *, library: Library) -> dict[Slug, int]:
    """Return, by main skill, the highest level whose module's questions were answered well."""
    levels: dict[Slug, int] = {}
    for slug in answers:
        module = library.module.get(slug)
        if module and is_answered(module, answers):
            skill = module.skills[0]
            levels[skill] = max(module.level, levels.get(skill, 0))
    return levels


def basis_of(rating: Rating, *, step: int, answered: int) -> Basis:
    """Return the firmest thing that one step of a rated skill rests on.

    Args:
        rating: Its level is at least ``step``.
        step: 1 to 5; step n leads from level n-1 to n.
        answered: Highest level whose questions were answered well, 0 for none.
    """
    if step <= answered:
        return Basis.QUESTIONS
    return Basis.EVIDENCE if rating.has_evidence else Basis.RATING
