"""The games: which world, whom the adversary goes for, what is known beside the desk."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import product

from benchmarks.redteam import histories
from benchmarks.redteam.histories import PRIOR, SKILL, Setting
from benchmarks.redteam.office import Record, Wave
from ccio_skills.cohorts.rules.items import NOT_ANSWERED, Item
from ccio_skills.cohorts.rules.members import Contributor
from ccio_skills.vocabulary import PersonId

ALIKE = (0.02, 0.03, 0.90, 0.03, 0.02)
"""How often each category is answered where nearly everyone says the same."""

THREE = Item("three", "Three levels", ("low", "middle", "high"), is_ordered=True)
THREE_PRIOR = (0.3, 0.4, 0.3)

Rng = random.Random


class Thinks(StrEnum):
    """How an adversary comes to a guess."""

    EXACT = "exact Bayes"
    MOVING = "exact Bayes, answers move"
    LINEAR = "linear reconstruction"
    OUTLINE = "learns from everything but the figures"


@dataclass(frozen=True, slots=True)
class Script:
    """A world.

    Attributes:
        named: Answers that the adversary goes for; without any, the smallest public class.
        known: Categories of answers that the adversary has from elsewhere.
        polls: The reviewer looks after each answer that comes in.
        twin: The same world but for answers; an adversary who learns from outlines wants to
            tell them apart.
    """

    waves: tuple[Wave, ...]
    named: frozenset[Record] = frozenset()
    known: Mapping[Record, int] = field(default_factory=dict)
    polls: bool = False
    twin: tuple[Wave, ...] = ()


@dataclass(frozen=True, slots=True)
class Game:
    """One attack.

    Attributes:
        write: Makes a world.
        prior: Of the categories of its item, "not answered" left out.
        persistent: A person answers the same in every wave, and the adversary knows it.
        insiders: Members of a class whose answers the adversary can know.
        channels: What is read off the desk.
    """

    key: str
    title: str
    write: Callable[[Rng], Script]
    prior: tuple[float, ...] = PRIOR
    thinks: Thinks = Thinks.EXACT
    persistent: bool = False
    insiders: int = 0
    channels: tuple[str, ...] = ("leaf", "chart", "csv")

    def cap(self, smallest: int = 5) -> float:
        """Return E[largest share] of as many draws as a class has members nobody knows."""
        return largest_share(self.prior, smallest - self.insiders)


def largest_share(prior: Sequence[float], draws: int) -> float:
    """Return the mean share of the commonest of some independent draws."""
    total = 0.0
    for one in product(range(len(prior)), repeat=draws):
        chance = 1.0
        for category in one:
            chance *= prior[category]
        total += chance * max(map(one.count, one)) / draws
    return total


def wave(
    key: str,
    answers: Mapping[int, int],
    *,
    item: Item = SKILL,
    cohorts: Mapping[int, Sequence[str]] | None = None,
    groups: Mapping[int, str] | None = None,
    reviewers: Sequence[int] = (),
    **detail: bool,
) -> Wave:
    """Return a wave of one item; everybody is in the cohort "all"."""
    where = {one: frozenset(["all", *(cohorts or {}).get(one, ())]) for one in answers}
    region = {one: frozenset([groups[one]] if groups else []) for one in answers}
    return Wave(
        key=key,
        items=(item,),
        contributors=tuple(
            Contributor(PersonId(one), where[one], region[one], **detail) for one in answers
        ),
        answers={PersonId(one): (given,) for one, given in answers.items()},
        members={
            cohort: sum(cohort in one for one in where.values())
            for cohort in sorted(frozenset().union(*where.values()))
        },
        groups={"all": {one: [*groups.values()].count(one) for one in sorted({*groups.values()})}}
        if groups
        else {},
        reviewers=frozenset(map(PersonId, reviewers)),
    )


def _draw(rng: Rng, people: Sequence[int], prior: Sequence[float] = PRIOR) -> dict[int, int]:
    return {one: rng.choices(range(len(prior)), prior)[0] for one in people}


def _without(answers: Mapping[int, int], *gone: int) -> dict[int, int]:
    return {one: given for one, given in answers.items() if one not in gone}


def leaver(rng: Rng) -> Script:
    """One member leaves between two charts; nobody changes an answer."""
    answers = _draw(rng, range(rng.choice([12, 13, 14])))
    return Script((wave("0", answers), wave("1", _without(answers, 0))))


def joiner(rng: Rng) -> Script:
    """One member joins between two charts; nobody else changes an answer."""
    answers = _draw(rng, range(rng.choice([8, 10, 13])))
    return Script(
        (wave("0", _without(answers, 0)), wave("1", answers)),
        named=frozenset({(PersonId(0), "1")}),
    )


def straggler(rng: Rng) -> Script:
    """One member does not answer the second time; four in five others say the same again."""
    answers = _draw(rng, range(12), THREE_PRIOR)
    later = {
        one: given
        if rng.random() < 0.8
        else min(2, max(0, given + (1 if rng.random() < 0.75 else -1)))
        for one, given in answers.items()
    }
    return Script((wave("0", answers, item=THREE), wave("1", _without(later, 0), item=THREE)))


def complement(rng: Rng) -> Script:
    """All minus one region, while two of the other region leave."""
    answers = _draw(rng, range(16))
    groups = {one: "a" if one < 9 else "b" for one in answers}
    later = _without(answers, 0, 1)
    return Script((wave("0", answers, groups=groups), wave("1", later, groups=groups)))


def overlap(rng: Rng) -> Script:
    """Two networks share a few members, and one of these leaves before the second chart."""
    answers = _draw(rng, range(24))
    cohorts = {one: [*["left"] * (one < 14), *["right"] * (one > 9)] for one in answers}
    later = _without(answers, 12)
    return Script((wave("0", answers, cohorts=cohorts), wave("1", later, cohorts=cohorts)))


def intersection(rng: Rng) -> Script:
    """One member alone is in all three networks, and is missing the second time."""
    answers = _draw(rng, range(25))
    names = ("one", "two", "three")
    cohorts = {one: names if one == 0 else (names[one % 3],) for one in answers}
    later = _without(answers, 0)
    return Script((wave("0", answers, cohorts=cohorts), wave("1", later, cohorts=cohorts)))


def unanimity(rng: Rng) -> Script:
    """Nearly everyone says the same."""
    return Script((wave("0", _draw(rng, range(rng.choice([7, 8, 10])), ALIKE)),))


def insider(rng: Rng) -> Script:
    """A member tells the reviewer their answer; every other time the reviewer is a member too."""
    has_reviewer = rng.random() < 0.5
    answers = _draw(rng, range(7 + has_reviewer), ALIKE)
    known = {(PersonId(one), "0"): answers[one] for one in range(1 + has_reviewer)}
    reviewers = [0] if has_reviewer else []
    return Script((wave("0", answers, reviewers=reviewers),), known=known)


def channels(rng: Rng) -> Script:
    """Chart, table, file and report of two regions in which nearly everyone says the same."""
    answers = _draw(rng, range(15), ALIKE)
    groups = {one: "a" if one < 7 else "b" for one in answers}
    return Script((wave("0", answers, groups=groups),))


def refusal(rng: Rng) -> Script:
    """Do all say the same, or not? Only what is refused, and how, may be looked at."""
    people = range(rng.choice([8, 12, 15]))
    gone = rng.sample(people, rng.choice([0, 1, 3]))
    alike, mixed = dict.fromkeys(people, rng.randrange(5)), _draw(rng, people)
    waves, twin = ((wave("0", one), wave("1", _without(one, *gone))) for one in (alike, mixed))
    return Script(waves, twin=twin)


def attribute_edit(rng: Rng) -> Script:
    """One member's region is edited, and a cohort of everybody else is declared."""
    answers = _draw(rng, range(16))
    before = {one: "a" if one < 9 else "b" for one in answers}
    after = before | {0: "b"}
    others = {one: ["others"] for one in answers if one}
    return Script(
        (wave("0", answers, groups=before), wave("1", answers, groups=after, cohorts=others))
    )


def sybil(rng: Rng) -> Script:
    """Two real members among accounts that the reviewer made and answered."""
    real, fake = _draw(rng, range(2)), _draw(rng, range(100, 108))
    mine = wave("0", fake, made_by_reviewer=rng.random() < 0.5, is_verified=False)
    both = wave("0", real | fake)
    contributors = (*wave("0", real).contributors, *mine.contributors)
    whole = Wave(
        "0", both.items, contributors, both.answers, both.members, both.groups, both.reviewers
    )
    known = {(PersonId(one), "0"): given for one, given in fake.items()}
    return Script((whole,), named=frozenset((PersonId(one), "0") for one in real), known=known)


def skipped(rng: Rng) -> Script:
    """Many skip the question, and the reviewer knows who."""
    answers = _draw(rng, range(rng.choice([8, 9, 12])), ALIKE)
    given = {
        one: NOT_ANSWERED if one and rng.random() < 0.4 else code for one, code in answers.items()
    }
    known = {(PersonId(one), "0"): 5 for one, code in given.items() if code == NOT_ANSWERED}
    return Script((wave("0", given),), known=known)


def polling(rng: Rng) -> Script:
    """The reviewer looks after each answer that comes in."""
    return Script((wave("0", _draw(rng, range(9))),), polls=True)


def counters(rng: Rng) -> Script:
    """Counts of members and answers, words and sizes: does any of them follow one answer?"""
    people = range(rng.choice([7, 8, 9, 13]))
    answers = _draw(rng, people)
    gone = [one for one in people[1:] if rng.random() < 0.1]
    waves, twin = (
        (wave("0", one), wave("1", _without(one, *gone)))
        for one in (answers | {0: 0}, answers | {0: 4})
    )
    return Script(waves, twin=twin)


def random_world(rng: Rng) -> Script:
    """Four to eight waves of coming, going and not answering, with a network and regions."""
    setting = Setting(
        people=rng.choice([12, 16, 24]),
        waves=rng.randint(4, 8),
        answering=0.85,
        same=0.95,
        network=rng.choice([0.0, 0.4]),
        regions=rng.choice([1, 2]),
    )
    return Script(histories.history(rng, setting))


GAMES = (
    Game("A1", "leaver", leaver, persistent=True),
    Game("A2", "joiner", joiner, persistent=True),
    Game("A3", "straggler", straggler, prior=THREE_PRIOR, thinks=Thinks.MOVING),
    Game("A4", "all minus one region", complement, persistent=True),
    Game("A5", "overlapping cohorts", overlap, persistent=True),
    Game("A6", "intersection of three cohorts", intersection, persistent=True),
    Game("A7", "unanimity, all but one", unanimity, prior=ALIKE),
    Game("A8", "insider and unanimity", insider, prior=ALIKE, insiders=1),
    Game(
        "A9",
        "file against chart against report",
        channels,
        prior=ALIKE,
        channels=("leaf", "chart", "csv", "report"),
    ),
    Game("A10", "refusals", refusal, thinks=Thinks.OUTLINE),
    Game("A11", "attribute edit and new cohort", attribute_edit, persistent=True),
    Game("A12", "made-up accounts", sybil),
    Game("A13", "skipped question", skipped, prior=ALIKE),
    Game("A14", "polling while open", polling),
    Game("A15", "side counters", counters, thinks=Thinks.OUTLINE),
    Game("A16", "random worlds", random_world, thinks=Thinks.LINEAR, persistent=False),
)
