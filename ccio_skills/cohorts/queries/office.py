"""Read cohorts and who is in them, for those who run them and for those who are members."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from ccio_skills.cohorts.rules import keys
from ccio_skills.cohorts.rules.keys import CohortId, GroupId
from ccio_skills.cohorts.rules.promise import Promise, promise
from ccio_skills.cohorts.rules.thresholds import Thresholds
from ccio_skills.cohorts.tables.office import CohortRow, GroupRow, MembershipRow
from ccio_skills.people import queries as people_queries
from ccio_skills.people.rules import NotAllowedError, Right
from ccio_skills.vocabulary import OrganisationId, PersonId, Role


@dataclass(frozen=True, slots=True)
class Group:
    """One part of a declared breakdown."""

    id: GroupId
    breakdown: str
    name: str


@dataclass(frozen=True, slots=True)
class Cohort:
    """A cohort as its members and administrators know it."""

    id: CohortId
    organisation: OrganisationId
    name: str
    purpose: str
    thresholds: Thresholds
    groups: tuple[Group, ...]

    @property
    def key(self) -> str:
        """Return what it is called in roles and in the ledger."""
        return keys.cohort_key(self.id)

    @property
    def promise(self) -> Promise:
        """Return what its members are told before they join."""
        return promise(self.thresholds, purpose=self.purpose)

    def breakdowns(self) -> dict[str, tuple[Group, ...]]:
        """Return the parts of each declared breakdown."""
        names = dict.fromkeys(one.breakdown for one in self.groups)
        return {name: tuple(one for one in self.groups if one.breakdown == name) for name in names}


@dataclass(frozen=True, slots=True)
class Membership:
    """A cohort that somebody is in."""

    cohort: Cohort
    joined_at: datetime
    promise: str
    """Version of the words they agreed to."""
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a cohort, as its administrators see them: never what they contributed."""

    person: PersonId
    name: str
    email: str
    joined_at: datetime


def load(db: Session, cohort: CohortId) -> Cohort:
    """Return a cohort; whoever calls this checks first whether it may be shown.

    Raises:
        NotAllowedError: There is none; said in the same words as that it is none of theirs.
    """
    found = _cohorts(db, [cohort])
    if not found:
        raise NotAllowedError("There is no such cohort, or it is not open to you.")
    return found[0]


def run_by(db: Session, person: PersonId) -> tuple[Cohort, ...]:
    """Return the cohorts that a person may run, by name."""
    every: list[CohortId] = []
    for one in people_queries.organisations(db, person):
        query = select(col(CohortRow.id)).where(col(CohortRow.organisation_id) == one.id)
        every += [CohortId(number) for number in db.execute(query).scalars() if number]
    return tuple(one for one in _cohorts(db, every) if _may(db, person, Right.RUN_COHORTS, one))


def check(db: Session, person: PersonId, right: Right, cohort: CohortId) -> Cohort:
    """Return a cohort when a person's roles allow something there, at this moment.

    Raises:
        NotAllowedError: They do not, or there is no such cohort.
    """
    found = load(db, cohort)
    if not _may(db, person, right, found):
        raise NotAllowedError("There is no such cohort, or it is not open to you.")
    return found


def members(db: Session, person: PersonId, cohort: CohortId) -> tuple[Member, ...]:
    """Return who is in a cohort, by name, for its administrators.

    Raises:
        NotAllowedError: The person does not run the cohort.
    """
    theirs = check(db, person, Right.RUN_COHORTS, cohort)
    query = select(col(MembershipRow.person_id), col(MembershipRow.joined_at)).where(
        col(MembershipRow.cohort_id) == cohort, col(MembershipRow.left_at).is_(None)
    )
    joined = {row.person_id: row.joined_at for row in db.execute(query)}
    told = people_queries.named(db, theirs.organisation, Role.MEMBER, target=theirs.key)
    found = {one.person: one for one in told if one.person in joined}
    return tuple(
        Member(one.person, one.name, one.email, joined[one.person]) for one in found.values()
    )


def reviewers(db: Session, cohort: Cohort) -> tuple[str, ...]:
    """Return the names of those who may read a cohort's charts: its members are told them."""
    told = people_queries.named(db, cohort.organisation, Role.REVIEWER, target=cohort.key)
    return tuple(dict.fromkeys(one.name for one in told))


def count_members(db: Session, cohort: CohortId) -> int:
    """Return how many are in a cohort now; a number that everybody in it may know."""
    query = select(func.count()).where(
        col(MembershipRow.cohort_id) == cohort, col(MembershipRow.left_at).is_(None)
    )
    return int(db.execute(query).scalar_one())


def memberships(db: Session, person: PersonId) -> tuple[Membership, ...]:
    """Return the cohorts that a person is in, by name."""
    query = select(
        col(MembershipRow.cohort_id),
        col(MembershipRow.groups),
        col(MembershipRow.promise),
        col(MembershipRow.joined_at),
    ).where(col(MembershipRow.person_id) == person, col(MembershipRow.left_at).is_(None))
    mine = {row.cohort_id: row for row in db.execute(query)}
    return tuple(
        Membership(
            one,
            mine[one.id].joined_at,
            mine[one.id].promise,
            tuple(each for each in one.groups if str(each.id) in mine[one.id].groups.split()),
        )
        for one in _cohorts(db, map(CohortId, mine))
    )


def invited_to(db: Session, token: str, *, now: datetime) -> Cohort | None:
    """Return the cohort that an invitation leads to, for whoever has its link.

    ``None`` where there is no such invitation, or it leads elsewhere. Whether it may still be taken
    up is said by ``people.queries.invitation``.
    """
    invitation = people_queries.invitation(db, token, now=now)
    if invitation is None or invitation.role is not Role.MEMBER:
        return None
    cohort = keys.cohort_of(invitation.target)
    found = _cohorts(db, [cohort]) if cohort is not None else []
    return found[0] if found else None


def _may(db: Session, person: PersonId, right: Right, cohort: Cohort) -> bool:
    return people_queries.may(db, person, right, cohort.organisation, target=cohort.key)


def _cohorts(db: Session, numbers: Iterable[CohortId]) -> list[Cohort]:
    wanted = [*numbers]
    if not wanted:
        return []
    groups: dict[int, list[Group]] = {}
    parts = select(GroupRow).where(col(GroupRow.cohort_id).in_(wanted)).order_by(col(GroupRow.id))
    for part in db.execute(parts).scalars():
        group = Group(GroupId(part.id or 0), part.breakdown, part.name)
        groups.setdefault(part.cohort_id, []).append(group)
    query = select(CohortRow).where(col(CohortRow.id).in_(wanted)).order_by(col(CohortRow.name))
    return [
        Cohort(
            CohortId(row.id or 0),
            OrganisationId(row.organisation_id),
            row.name,
            row.purpose,
            Thresholds(row.smallest_group, row.smallest_chart, row.guard, row.public_use),
            tuple(groups.get(row.id or 0, ())),
        )
        for row in db.execute(query).scalars()
    ]
