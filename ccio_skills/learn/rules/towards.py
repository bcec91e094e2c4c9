"""The distance to a role in words, with the cheapest steps that shorten it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ccio_skills import wording
from ccio_skills.learn.rules import basis, cheapest
from ccio_skills.learn.rules import distance as distances
from ccio_skills.learn.rules.basis import Basis
from ccio_skills.learn.rules.cheapest import Cheap
from ccio_skills.learn.rules.distance import Distance
from ccio_skills.learn.rules.journey import Record
from ccio_skills.library import Library
from ccio_skills.vocabulary import Slug

RESTS_ON = {
    Basis.QUESTIONS: "questions answered",
    Basis.EVIDENCE: "a rating with evidence",
    Basis.RATING: "a rating alone",
}
HOW = (
    "Each level counts by how much the role needs the skill: 3 for a core skill, 2 for an "
    "important one, 1 for a supporting one. A level rests on questions where you answered those "
    "of a module for it, four in five right first time: that shows what you know, not what you do."
)


@dataclass(frozen=True, slots=True)
class Towards:
    """How far a role is, and what shortens the way most cheaply."""

    distance: Distance
    steps: tuple[Cheap, ...]


def look(
    record: Record,
    *,
    library: Library,
    profile: Slug,
    acted: Collection[tuple[Slug, int]] = frozenset(),
) -> Towards:
    """Measure the distance to a role and find the three cheapest steps.

    Args:
        record: What a person did, said and rated.
        library: Skills, profiles, modules and things to do at work.
        profile: Slug of the role.
        acted: (skill, step) done at work.
    """
    answered = basis.levels_answered(record.answers, library=library)
    return Towards(
        distances.measure(record.ratings, library=library, profile=profile, answered=answered),
        cheapest.cheapest_steps(
            record.ratings,
            library=library,
            profile=profile,
            done=record.done | record.known,
            acted=acted,
        ),
    )


def sentence(distance: Distance, *, library: Library) -> str:
    """Say what is met, what it rests on, what is open and what nobody knows."""
    role, whole = library.profile[distance.profile].title, distance.whole
    if whole.unrated == whole.asked:
        return f"No skill that the role {role} asks for is rated yet."
    *resting, left, unrated = whole.percentages()
    met = f"You meet {whole.percent}% of what the role {role} asks for"
    said = [f"{met}{_resting(resting)}."]
    if left:
        said.append(f"{left}% is still open.")
    if unrated:
        skills = wording.count(whole.unrated_skills, "skill is", "skills are")
        said.append(f"{unrated}% is not known: {skills} not rated.")
    if distance.left_out:
        skills = wording.count(distance.left_out, "skill is", "skills are")
        said.append(f"{skills} left out: not part of your role, you said.")
    return " ".join(said)


def _resting(percentages: Sequence[int]) -> str:
    parts = [
        f"{share}% on {RESTS_ON[one]}"
        for one, share in zip(Basis, percentages, strict=True)
        if share
    ]
    return f": {wording.listed(parts).replace('% on', '% rests on', 1)}" if parts else ""


def together(steps: Collection[Cheap], *, left: int) -> str:
    """Say what the steps come to."""
    if not steps:
        return ""
    gain, minutes = sum(one.gain for one in steps), sum(one.minutes for one in steps)
    return (
        f"Together {gain} of the {wording.count(left, 'weighted level')} still open, in "
        f"{wording.hours(minutes)}. Reading alone moves no level: rate again when you have used it."
    )
