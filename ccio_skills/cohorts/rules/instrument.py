"""What a collection asks of the framework, and what a person's ratings answer to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ccio_skills.cohorts.rules.items import Item, code_level, level_item
from ccio_skills.library import Library
from ccio_skills.vocabulary import Level, Slug


def skill_items(library: Library, *, profile: Slug) -> tuple[Item, ...]:
    """Return every skill of the framework, with the targets of a role.

    Raises:
        KeyError: There is no such role.
    """
    targets = library.profile[profile].targets
    return tuple(
        level_item(
            one.slug,
            one.title,
            section=library.domain[one.domain].title,
            target=targets[one.slug].level if one.slug in targets else None,
        )
        for one in library.skills
    )


def targets_of(library: Library, *, profile: Slug) -> dict[str, int | None]:
    """Return the target of each skill for a role, as the first category that meets it."""
    return {one.key: one.target for one in skill_items(library, profile=profile)}


def answers_of(levels: Mapping[Slug, Level | None], *, items: Sequence[Item]) -> dict[str, int]:
    """Return what ratings answer to the questions of a collection, by question.

    Args:
        levels: By slug; ``None`` is "not part of my role", which counts as not answered.
        items: Of the collection; those that are no skills are left to whoever asks them.
    """
    return {one.key: code_level(levels[one.key]) for one in items if one.key in levels}


def say_answer(item: Item, code: int | None) -> str:
    """Return an answer in words, as it would be sent."""
    return "not answered" if code is None or code < 0 else item.categories[code]
