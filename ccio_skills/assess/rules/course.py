"""Which skills to ask about next."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ccio_skills.assess.rules.ratings import Rating, is_due
from ccio_skills.library import Domain, Library, Skill
from ccio_skills.vocabulary import Slug

LEDE = "Choose the sentence that best matches what you have actually done in the last two years."


@dataclass(frozen=True, slots=True)
class Round:
    """The skills that one visit to the rating page asks about.

    Attributes:
        params: Query string that leads here again.
        domain: Set when the round is one domain.
    """

    title: str
    skills: tuple[Skill, ...]
    params: Mapping[str, str]
    domain: Domain | None = None
    is_quick: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a list of skills is answered."""

    answered: int
    asked: int
    minutes_left: float

    @property
    def share(self) -> float:
        """Answered share, 0 to 1; 1 when nothing is asked."""
        return self.answered / self.asked if self.asked else 1.0


def choose_round(
    library: Library,
    *,
    profile: Slug,
    params: Mapping[str, str],
    in_sitting: Sequence[Slug],
    is_quick: bool,
    rated: Collection[Slug],
) -> Round | None:
    """Decide what to ask: what the link names, an unfinished quick start, or where one left off.

    Args:
        library: Holds domains and skills.
        profile: Role whose quick start is meant.
        params: Query string: ``skills`` (slugs with commas), ``domain`` or ``quick``.
        in_sitting: Skills answered in the open sitting, oldest first.
        is_quick: Whether the open sitting began as a quick start.
        rated: All skills with an answer, of any sitting.

    Returns:
        ``None`` when every skill has an answer and the link names nothing.
    """
    wanted = params.get("skills", "").split(",")
    if named := tuple(
        library.skill[slug] for slug in dict.fromkeys(wanted) if slug in library.skill
    ):
        return Round("Rate again", named, {"skills": ",".join(one.slug for one in named)})
    domain = library.domain.get(params.get("domain", ""))
    if domain is None:
        quick = library.quick_start(profile)
        is_unfinished = is_quick and any(skill.slug not in in_sitting for skill in quick)
        if "quick" in params or is_unfinished:
            return Round("Ten quick questions", quick, {"quick": "1"}, is_quick=True)
        domain = resume(library, in_sitting=in_sitting, rated=rated)
    if domain is None:
        return None
    skills = library.skills_of(domain.slug)
    return Round(domain.title, skills, {"domain": domain.slug}, domain=domain)


def progress(skills: Sequence[Skill], *, answered: Collection[Slug], library: Library) -> Progress:
    """Count what is answered, and the minutes that the rest takes to read and answer."""
    left = [skill.slug for skill in skills if skill.slug not in answered]
    return Progress(len(skills) - len(left), len(skills), library.rating_minutes(left))


def next_domain(
    library: Library, *, answered: Collection[Slug], after: Slug | None = None
) -> Domain | None:
    """Return the first domain with an unanswered skill, looking on from ``after`` and round.

    Args:
        library: Holds domains and skills.
        answered: Skills that need no answer.
        after: Domain to look on from, itself last; ``None`` starts at the first.

    Returns:
        ``None`` when every skill is answered.
    """
    slugs = list(library.domain)
    start = slugs.index(after) + 1 if after in slugs else 0
    for slug in [*slugs[start:], *slugs[:start]]:
        if any(skill.slug not in answered for skill in library.skills_of(slug)):
            return library.domain[slug]
    return None


def resume(
    library: Library, *, in_sitting: Sequence[Slug], rated: Collection[Slug]
) -> Domain | None:
    """Return the domain to go on with: the one of the last answer, else the next unfinished one.

    Args:
        library: Holds domains and skills.
        in_sitting: Skills answered in the open sitting, oldest first.
        rated: All skills with an answer, of any sitting.
    """
    last = library.skill.get(in_sitting[-1]) if in_sitting else None
    if last and any(one.slug not in rated for one in library.skills_of(last.domain)):
        return library.domain[last.domain]
    return next_domain(library, answered=rated, after=last.domain if last else None)


def due_again(
    ratings: Mapping[Slug, Rating],
    *,
    library: Library,
    now: datetime,
    learnt: Mapping[Slug, datetime],
) -> tuple[Skill, ...]:
    """Return the skills worth rating again, in framework order.

    Args:
        ratings: Newest rating by skill.
        library: Holds the skills.
        now: Aware moment.
        learnt: When a module for a skill was last finished, by skill.
    """
    return tuple(
        skill
        for skill in library.skills
        if (rating := ratings.get(skill.slug))
        and is_due(rating, code=skill.code, now=now, learnt_at=learnt.get(skill.slug))
    )
