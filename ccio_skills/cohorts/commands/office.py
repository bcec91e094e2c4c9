"""Make cohorts, and make their numbers stricter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import Session, col

from ccio_skills import store
from ccio_skills.cohorts import queries
from ccio_skills.cohorts.commands.record import Event
from ccio_skills.cohorts.rules import keys
from ccio_skills.cohorts.rules.keys import CohortId
from ccio_skills.cohorts.rules.thresholds import DEFAULT, LooserError, Thresholds
from ccio_skills.cohorts.tables.office import CohortRow, GroupRow
from ccio_skills.people import commands as people_commands
from ccio_skills.people import queries as people_queries
from ccio_skills.people.rules import Right
from ccio_skills.vocabulary import OrganisationId, PersonId

MOST_BREAKDOWNS, MOST_GROUPS = 2, 8


class CohortError(ValueError):
    """A cohort cannot be made or changed like this; the message says what to do."""


def add_cohort(
    db: Session,
    person: PersonId,
    organisation: OrganisationId,
    *,
    name: str,
    purpose: str,
    thresholds: Thresholds = DEFAULT,
    breakdowns: Mapping[str, Sequence[str]] | None = None,
    at: datetime,
) -> CohortId:
    """Make a cohort.

    Args:
        db: An open session; committed here.
        person: Who makes it: an administrator of the organisation.
        organisation: Where.
        name: Of its own in the organisation.
        purpose: What its charts are for; members read it before they join.
        thresholds: May become stricter later.
        breakdowns: Name of each breakdown to its parts. Few, for each costs charts.
        at: When.

    Raises:
        NotAllowedError: The person does not run cohorts there.
        CohortError: A name or the purpose is missing, too long or taken, or there is too much to
            break down by.
    """
    name, purpose = _line(name, "name", 120), _line(purpose, "purpose", 600)
    parts = _parts(breakdowns or {})

    row = CohortRow(
        organisation_id=organisation,
        name=name,
        purpose=purpose,
        **asdict(thresholds),
        created_by=person,
        created_at=at,
    )
    return store.transact(db, lambda: _add(db, person, row, parts))


def _add(
    db: Session, person: PersonId, row: CohortRow, parts: Sequence[tuple[str, str]]
) -> CohortId:
    organisation = OrganisationId(row.organisation_id)
    people_commands.hold(db, organisation)
    people_queries.check(db, person, Right.RUN_COHORTS, organisation)
    taken = select(col(CohortRow.id)).where(
        col(CohortRow.organisation_id) == organisation, col(CohortRow.name) == row.name
    )
    if db.execute(taken).first():
        raise CohortError(f"There is a cohort called {row.name} already. Choose another name.")
    db.add(row)
    db.flush()
    number = CohortId(row.id or 0)
    db.add_all(GroupRow(cohort_id=number, breakdown=one, name=part) for one, part in parts)
    people_commands.record(
        db,
        Event.COHORT_ADDED,
        actor=person,
        organisation=organisation,
        detail=keys.cohort_key(number),
        at=row.created_at,
    )
    return number


def tighten(
    db: Session, person: PersonId, cohort: CohortId, thresholds: Thresholds, *, at: datetime
) -> None:
    """Make a cohort's numbers stricter, for collections that open from now on.

    Raises:
        NotAllowedError: The person does not run the cohort.
        LooserError: A number would get smaller: members agreed to what it is.
    """

    def change() -> None:
        found = queries.check_cohort(db, person, Right.RUN_COHORTS, cohort)
        wanted, now = asdict(thresholds), asdict(found.thresholds)
        for name, value in wanted.items():
            if value < now[name]:
                what = name.replace("_", " ")
                raise LooserError(f"The {what} is {now[name]} and can only get larger.")
        if wanted == now:
            return
        row = update(CohortRow).where(col(CohortRow.id) == cohort)
        db.connection().execute(row.values(**wanted))
        people_commands.record(
            db,
            Event.COHORT_TIGHTENED,
            actor=person,
            organisation=found.organisation,
            detail=f"{found.key}: {thresholds.smallest_group}, {thresholds.smallest_chart}, "
            f"{thresholds.guard}, {thresholds.public_use}",
            at=at,
        )

    store.transact(db, change)
    db.expire_all()


def _line(words: str, what: str, longest: int) -> str:
    words = " ".join(words.split())
    if not 0 < len(words) <= longest:
        raise CohortError(f"Give the cohort a {what} of 1 to {longest} letters.")
    return words


def _parts(breakdowns: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    if len(breakdowns) > MOST_BREAKDOWNS:
        raise CohortError(f"A cohort has at most {MOST_BREAKDOWNS} breakdowns; each costs charts.")
    found = []
    for breakdown, parts in breakdowns.items():
        names = [" ".join(one.split()) for one in parts]
        if not 2 <= len(names) <= MOST_GROUPS or len({*names}) < len(names):
            raise CohortError(f"'{breakdown}': name 2 to {MOST_GROUPS} different parts.")
        for one in (breakdown.strip(), *names):
            if not 0 < len(one) <= 60:
                raise CohortError(f"'{one}': give a name of 1 to 60 letters.")
        found += [(breakdown.strip(), one) for one in names]
    return found
