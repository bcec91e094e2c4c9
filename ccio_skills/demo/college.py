"""A made-up college for the demonstration: three cohorts, three yearly collections, one open now.

The cohort of seven has one picture, none in the year in which somebody did not answer, and one
again when all do: what small cohorts have to expect.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from ccio_skills.cohorts import commands, queries
from ccio_skills.cohorts.rules import instrument
from ccio_skills.cohorts.rules.items import Item
from ccio_skills.cohorts.rules.keys import CohortId, CollectionId, cohort_key
from ccio_skills.library import Library
from ccio_skills.people import commands as people
from ccio_skills.vocabulary import OrganisationId, PersonId, Role, Slug

SEVEN, NETWORK, COLLEGE = "Class of seven", "Network of 24", "College of 60"
_SIZES = {SEVEN: 7, NETWORK: 24, COLLEGE: 60}
_PURPOSE = "Made up for the demonstration: to choose next year's training together."
_YEARS = (("two years ago", 700), ("last year", 335), ("this year", 40))
_OPEN_DAYS = 28
_ANSWERING = 0.93
_DAY = timedelta(days=1)


def fill(
    db: Session,
    where: OrganisationId,
    *,
    administrator: PersonId,
    member: PersonId,
    others: Sequence[PersonId],
    library: Library,
    profile: Slug,
    now: datetime,
) -> None:
    """Make the cohorts, let people join, and play the years.

    Args:
        db: An open session.
        where: The organisation.
        administrator: Who runs all of it.
        member: Who is in the network and the college, and may contribute to what is open now.
        others: Enough people for the other places.
        library: What is asked.
        profile: Whose targets it is compared with.
        now: When the demonstration begins.
    """
    items = instrument.skill_items(library, profile=profile)
    seven, rest = others[:7], [member, *others[7:66]]
    people_of = {SEVEN: seven, NETWORK: rest[:24], COLLEGE: rest}
    start = now - timedelta(days=710)
    made = {
        name: _cohort(db, where, administrator, name, people_of[name], start) for name in _SIZES
    }
    chance = random.Random(2012)
    for year, (words, days) in enumerate(_YEARS):
        opened = now - timedelta(days=days)
        number = _open(db, administrator, [*made.values()], f"Skills, {words}", items, opened)
        for one in (*seven, *rest):
            # One of the seven was away in the second year.
            is_away = one == seven[-1] and year == 1
            if not is_away and (one in seven or chance.random() < _ANSWERING):
                answers = {item.key: _answer(item, year, chance) for item in items}
                commands.contribute(db, one, number, answers, at=opened + _DAY)
        closed = opened + timedelta(days=_OPEN_DAYS)
        commands.close(db, administrator, number, at=closed, rng=chance)
    _open(db, administrator, [*made.values()], "Skills, open now", items, now - _DAY)


def _cohort(
    db: Session,
    where: OrganisationId,
    administrator: PersonId,
    name: str,
    members: Sequence[PersonId],
    at: datetime,
) -> CohortId:
    number = commands.add_cohort(db, administrator, where, name=name, purpose=_PURPOSE, at=at)
    link = people.invite(
        db,
        administrator,
        where,
        role=Role.MEMBER,
        target=cohort_key(number),
        uses=len(members),
        at=at,
    )
    promise = queries.load_cohort(db, number).promise.version
    for one in members:
        commands.join(db, one, link, promise=promise, at=at)
    return number


def _open(
    db: Session,
    administrator: PersonId,
    cohorts: Sequence[CohortId],
    title: str,
    items: Sequence[Item],
    opens_at: datetime,
) -> CollectionId:
    number = commands.plan(
        db,
        administrator,
        cohorts,
        title=title,
        items=items,
        framework_version="made up",
        opens_at=opens_at,
        closes_at=opens_at + timedelta(days=_OPEN_DAYS),
        at=opens_at,
    )
    commands.open_collection(db, administrator, number, at=opens_at)
    return number


def _answer(item: Item, year: int, chance: random.Random) -> int:
    """Return an answer around a middle of the question's own that rises a little each year."""
    middle = 1 + sum(map(ord, item.key)) % 5 / 2 + 0.3 * year
    return min(len(item.categories) - 1, max(0, round(chance.gauss(middle, 0.9))))
