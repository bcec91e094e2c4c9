"""Join a cohort, which is an act of its own with words that are agreed to, and leave it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlmodel import Session, col

from ccio_skills import store
from ccio_skills.cohorts import queries
from ccio_skills.cohorts.commands.record import Event
from ccio_skills.cohorts.queries import Cohort
from ccio_skills.cohorts.rules import keys
from ccio_skills.cohorts.rules.keys import CohortId, GroupId
from ccio_skills.cohorts.tables.office import (
    CollectionRow,
    MembershipRow,
    ParticipationRow,
    ScopeRow,
)
from ccio_skills.cohorts.tables.raw import LinkRow
from ccio_skills.people import commands as people_commands
from ccio_skills.people.rules import InvitationError, Right
from ccio_skills.vocabulary import PersonId, Role


class PromiseError(ValueError):
    """What somebody agreed to is not what holds; nothing was done."""


def join(
    db: Session,
    person: PersonId,
    token: str,
    *,
    promise: str,
    groups: Iterable[GroupId] = (),
    at: datetime,
) -> CohortId:
    """Take up an invitation to a cohort and keep what was agreed to; done twice, it is once.

    Args:
        db: An open session; committed here.
        person: Who joins.
        token: The secret of the invitation's link.
        promise: Version of the words that they read.
        groups: One part at most of each breakdown that they fall into.
        at: When.

    Raises:
        InvitationError: There is no such invitation, it leads to no cohort, or may not be taken up.
        PromiseError: The cohort changed while they read, or a group is none of its.
    """
    chosen = sorted({*groups})

    def enter() -> CohortId:
        taken = people_commands.use(db, person, token, at=at)
        number = keys.cohort_of(taken.target)
        if number is None or taken.role is not Role.MEMBER:
            raise InvitationError("This invitation is not to a cohort. Open its own link.")
        cohort = queries.load_cohort(db, number)
        if cohort.promise.version != promise:
            raise PromiseError("The cohort was changed while you read. Read it again, then join.")
        _check_groups(cohort, chosen)
        if _is_member(db, person, number):
            return number
        db.add(
            MembershipRow(
                person_id=person,
                cohort_id=number,
                groups=" ".join(map(str, chosen)),
                promise=promise,
                joined_at=at,
            )
        )
        _record(db, Event.JOINED, cohort, actor=person, at=at)
        return number

    return store.transact(db, enter)


def leave(db: Session, person: PersonId, cohort: CohortId, *, at: datetime) -> None:
    """Leave a cohort: what was sent to open collections goes, what was published stays.

    Done twice, it is done.
    """
    store.transact(db, lambda: _end(db, person, queries.load_cohort(db, cohort), by=person, at=at))
    people_commands.wipe(db)


def remove(
    db: Session, person: PersonId, cohort: CohortId, *, member: PersonId, at: datetime
) -> None:
    """End somebody's membership, which does what leaving does.

    Raises:
        NotAllowedError: ``person`` does not run the cohort.
    """

    def end() -> None:
        found = queries.check_cohort(db, person, Right.RUN_COHORTS, cohort)
        _end(db, member, found, by=person, at=at)

    store.transact(db, end)
    people_commands.wipe(db)


def _end(db: Session, person: PersonId, cohort: Cohort, *, by: PersonId, at: datetime) -> None:
    people_commands.hold(db, cohort.organisation)
    mine = update(MembershipRow).where(
        col(MembershipRow.person_id) == person,
        col(MembershipRow.cohort_id) == cohort.id,
        col(MembershipRow.left_at).is_(None),
    )
    if not db.connection().execute(mine.values(left_at=at)).rowcount:
        return
    _take_back(db, person, cohort.id)
    _record(db, Event.LEFT, cohort, actor=by, subject=person, at=at)
    people_commands.end_grant(
        db, cohort.organisation, of=person, role=Role.MEMBER, target=cohort.key, by=by, at=at
    )


def _take_back(db: Session, person: PersonId, cohort: CohortId) -> None:
    """Count contributions no more for this cohort; delete those that count for no other."""
    held = db.connection()
    here = select(col(ScopeRow.collection_id)).where(col(ScopeRow.cohort_id) == cohort)
    # Whoever closes one of them waits here, or has deleted the contribution already.
    collections = update(CollectionRow).where(
        col(CollectionRow.id).in_(here), col(CollectionRow.closed_at).is_(None)
    )
    held.execute(collections.values(id=col(CollectionRow.id)))
    mine = select(col(LinkRow.contribution)).where(
        col(LinkRow.person_id) == person, col(LinkRow.collection_id).in_(here)
    )
    held.execute(
        delete(ParticipationRow).where(
            col(ParticipationRow.cohort_id) == cohort,
            col(ParticipationRow.contribution).in_(mine),
        )
    )
    counted = select(col(ParticipationRow.contribution))
    held.execute(
        delete(LinkRow).where(
            col(LinkRow.person_id) == person,
            col(LinkRow.collection_id).in_(here),
            col(LinkRow.contribution).not_in(
                counted.where(col(ParticipationRow.contribution).in_(mine))
            ),
        )
    )


def _is_member(db: Session, person: PersonId, cohort: CohortId) -> bool:
    query = select(col(MembershipRow.id)).where(
        col(MembershipRow.person_id) == person,
        col(MembershipRow.cohort_id) == cohort,
        col(MembershipRow.left_at).is_(None),
    )
    return db.execute(query).first() is not None


def _check_groups(cohort: Cohort, chosen: list[GroupId]) -> None:
    known = {one.id: one.breakdown for one in cohort.groups}
    breakdowns = [known.get(one) for one in chosen]
    if None in breakdowns or len({*breakdowns}) < len(breakdowns):
        raise PromiseError("Choose one part at most of each breakdown. Reload the page.")


def _record(
    db: Session,
    event: Event,
    cohort: Cohort,
    *,
    actor: PersonId,
    subject: PersonId | None = None,
    at: datetime,
) -> None:
    people_commands.record(
        db,
        event,
        actor=actor,
        subject=subject,
        organisation=cohort.organisation,
        detail=cohort.key,
        at=at,
    )
