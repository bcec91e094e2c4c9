"""Collections made up for tests: members, answers, and what closing makes of them."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from ccio_skills.cohorts.rules import closing, coding, deciding, reading
from ccio_skills.cohorts.rules.collection import Cohort, Header, Part
from ccio_skills.cohorts.rules.items import Item, level_item
from ccio_skills.cohorts.rules.members import Contributor
from ccio_skills.cohorts.rules.thresholds import DEFAULT
from ccio_skills.vocabulary import Level

CLOSED_AT = datetime(2026, 11, 22, 17, tzinfo=UTC)
SKILL = level_item("vision", "Vision", section="Lead", target=Level.PRACTISING)
TRIED = Item("tried", "Tried it?", ("Yes", "No"))
NORTH, SOUTH = "region:north", "region:south"


def contributors(people, *, cohorts=("all",), groups=(), **detail):
    return [Contributor(one, frozenset(cohorts), frozenset(groups), **detail) for one in people]


def decide(people, *, classes=(), reviewers=frozenset(), thresholds=DEFAULT, rng=None):
    return deciding.decide(
        people,
        classes=classes,
        reviewers=reviewers,
        thresholds=thresholds,
        rng=rng or random.Random(1),
    )


def header(key="autumn", *, members=24, items=(SKILL,), thresholds=DEFAULT, cohorts=None):
    parts = (Part(NORTH, "North", members // 2), Part(SOUTH, "South", members // 2))
    whole = (Cohort("all", "All CCIOs", members, parts),)
    return Header(key, "Autumn", CLOSED_AT, thresholds, tuple(items), cohorts or whole)


def place(blocks, people):
    """Where each person's answers go; -1 for nowhere."""
    where = {one: at for at, block in enumerate(blocks) for one in block.members}
    return np.array([where.get(one, -1) for one in people], dtype=np.int64)


def code(blocks, answers, *, items=(SKILL,), thresholds=DEFAULT):
    """Coded histograms of answers given as person to list of codes."""
    people = sorted(answers)
    codes = np.array([answers[one] for one in people], dtype=np.int8).reshape(-1, len(items))
    return coding.coded_histograms(
        codes, place(blocks, people), items=items, blocks=blocks, thresholds=thresholds
    )


def closed(answers, *, people=None, head=None, after=None, **options):
    """Close a first collection; answers as person to codes, or a list of codes of one item."""
    if not isinstance(answers, dict):
        answers = {number: [one] for number, one in enumerate(answers)}
    head = head or header()
    made = decide(people or contributors(answers), **options)
    coded = code(made.blocks, answers, items=head.items, thresholds=head.thresholds)
    return closing.seal(head, made.blocks, coded, after=after)


def released(answers, **options):
    return reading.read_collection(closed(answers, **options))


@dataclass
class Fixed(random.Random):
    """Chance that can be told: those with the highest numbers rest."""

    def sample(self, population, k, *, counts=None):
        return list(population)[-k:]
