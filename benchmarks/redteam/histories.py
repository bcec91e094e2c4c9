"""Random histories of a network: people join, leave, take part or not, and answer again."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.redteam.office import Wave
from ccio_skills.cohorts.rules.items import NOT_ANSWERED, Item, level_item
from ccio_skills.cohorts.rules.members import Contributor
from ccio_skills.vocabulary import PersonId

PRIOR = (0.08, 0.24, 0.36, 0.24, 0.08)
"""How often each category is answered where a game says nothing else."""

SKILL = level_item("skill", "Skill")


@dataclass(frozen=True, slots=True)
class Setting:
    """How lively a history is; all but the first two are probabilities, by person and wave.

    Attributes:
        skipping: Of a question.
        same: An answer is given again; else it moves one up (three in four) or down.
        network: A member is in the network as well; 0 for one cohort only.
        regions: Breakdowns declared; 1 for none.
        reviewers: Members who are reviewers.
    """

    people: int = 24
    waves: int = 4
    joining: float = 0.08
    leaving: float = 0.06
    answering: float = 0.8
    skipping: float = 0.0
    same: float = 0.7
    network: float = 0.0
    regions: int = 1
    reviewers: int = 0
    prior: Sequence[float] = PRIOR
    items: tuple[Item, ...] = (SKILL,)


@dataclass(slots=True)
class _Member:
    id: PersonId
    cohorts: frozenset[str]
    groups: frozenset[str]
    has_left: bool = False
    answers: list[int] = field(default_factory=list)


def history(rng: random.Random, setting: Setting) -> tuple[Wave, ...]:
    """Return the waves of a history, oldest first."""
    members = [_member(number, rng, setting) for number in range(setting.people)]
    return tuple(_wave(number, members, rng, setting) for number in range(setting.waves))


def _member(number: int, rng: random.Random, setting: Setting) -> _Member:
    is_networked = rng.random() < setting.network
    region = rng.randrange(setting.regions)
    groups = frozenset({f"region:{region}"} if setting.regions > 1 else ())
    return _Member(
        PersonId(number), frozenset({"all", "network"} if is_networked else {"all"}), groups
    )


def _wave(number: int, members: list[_Member], rng: random.Random, setting: Setting) -> Wave:
    if number:
        for one in members:
            one.has_left = one.has_left or rng.random() < setting.leaving
        joined = sum(rng.random() < setting.joining for _ in range(setting.people))
        members += [_member(len(members) + each, rng, setting) for each in range(joined)]
    here = [one for one in members if not one.has_left]
    taking_part = [one for one in here if rng.random() < setting.answering]
    regions = {
        region: sum(region in one.groups for one in here)
        for region in (f"region:{one}" for one in range(setting.regions))
    }
    has_network = setting.network > 0
    return Wave(
        key=str(number),
        items=setting.items,
        contributors=tuple(Contributor(one.id, one.cohorts, one.groups) for one in taking_part),
        answers={one.id: _answer(one, rng, setting) for one in taking_part},
        members={
            cohort: sum(cohort in one.cohorts for one in here)
            for cohort in ("all", "network")[: 1 + has_network]
        },
        groups={"all": regions} if setting.regions > 1 else {},
        reviewers=frozenset(PersonId(one) for one in range(setting.reviewers)),
    )


def _answer(member: _Member, rng: random.Random, setting: Setting) -> tuple[int, ...]:
    given = []
    for place, item in enumerate(setting.items):
        top = len(item.categories) - 1
        if len(member.answers) <= place:
            member.answers.append(rng.choices(range(top + 1), setting.prior[: top + 1])[0])
        elif rng.random() >= setting.same:
            step = 1 if rng.random() < 0.75 else -1
            member.answers[place] = min(top, max(0, member.answers[place] + step))
        skips = rng.random() < setting.skipping
        given.append(NOT_ANSWERED if skips else member.answers[place])
    return tuple(given)
