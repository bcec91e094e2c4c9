"""Where a person stands on a learning path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ccio_skills import wording
from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.library import Library, Module, Path
from ccio_skills.vocabulary import Slug


class State(StrEnum):
    """What a module of a path is to a person."""

    DONE = "done"
    NEXT = "next"
    SKIPPABLE = "skippable"
    OPEN = "open"
    UNWRITTEN = "unwritten"


@dataclass(frozen=True, slots=True)
class Stage:
    """One module of a path."""

    slug: Slug
    title: str
    minutes: int
    state: State
    why: str
    """Why it may be skipped, or why it cannot be read yet; empty otherwise."""


def walk(
    path: Path,
    *,
    library: Library,
    ratings: Mapping[Slug, Rating],
    done: frozenset[Slug],
) -> tuple[Stage, ...]:
    """Return the stages of a path, in order; the first open one is next.

    A module may be skipped when its main skill is rated at the module's level or above. That is an
    offer: nothing is locked and nothing is hidden.
    """
    stages: list[Stage] = []
    has_next = False
    for slug in path.modules:
        module = library.module.get(slug)
        if module is None:
            planned = library.unwritten.get(slug)
            title, minutes = (planned.title, planned.minutes) if planned else (slug, 0)
            why = "Not written yet: there is nothing to open."
            stages.append(Stage(slug, title, minutes, State.UNWRITTEN, why))
            continue
        reason = _reason_to_skip(module, library, ratings.get(module.skills[0]))
        if slug in done:
            state, reason = State.DONE, ""
        elif reason:
            state = State.SKIPPABLE
        else:
            state = State.OPEN if has_next else State.NEXT
            has_next = True
        stages.append(Stage(slug, module.title, module.minutes, state, reason))
    return tuple(stages)


def _reason_to_skip(module: Module, library: Library, rating: Rating | None) -> str:
    if rating is None or rating.level is None or rating.level < module.level:
        return ""
    skill = library.skill[module.skills[0]].title
    behind = " and have evidence" if rating.has_evidence else ""
    return f"You rated {skill} {wording.level_name(rating.level)}{behind}."
