"""The parts of a closing that never see an answer: people, classes, rows of the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update
from sqlmodel import Session, col

from ccio_skills.cohorts.queries import Cohort
from ccio_skills.cohorts.rules import keys, ledger
from ccio_skills.cohorts.rules.collection import Cohort as Whole
from ccio_skills.cohorts.rules.collection import Header, Part
from ccio_skills.cohorts.rules.keys import CollectionId, GroupId
from ccio_skills.cohorts.rules.ledger import Row
from ccio_skills.cohorts.rules.members import Block, Class, ClassId, Contributor
from ccio_skills.cohorts.tables.ledger import (
    ClassMemberRow,
    ClassRow,
    LeafRow,
    LedgerHeadRow,
    LedgerRow,
)
from ccio_skills.cohorts.tables.office import MembershipRow
from ccio_skills.people import queries as people_queries
from ccio_skills.vocabulary import PersonId, Role

Labels = frozenset[str]


@dataclass(frozen=True, slots=True)
class End:
    """Where the ledger ends: its newest row, if there is one."""

    row: Row | None


@dataclass(frozen=True)
class People:
    """Who is in the cohorts of a collection, and in which breakdowns, as it closes."""

    cohorts: Mapping[PersonId, Labels]
    groups: Mapping[PersonId, Labels]
    verified: frozenset[PersonId]
    allowed: Mapping[str, frozenset[PersonId]]
    """For each cohort, who has the role of a member there: it may have been ended."""

    @classmethod
    def read(cls, db: Session, cohorts: Sequence[Cohort]) -> People:
        """Read members. Who is in two cohorts is one person in both."""
        found: dict[PersonId, set[str]] = {}
        groups: dict[PersonId, set[str]] = {}
        allowed = {}
        for one in cohorts:
            allowed[one.key] = people_queries.holders(
                db, one.organisation, Role.MEMBER, target=one.key
            )
            query = select(col(MembershipRow.person_id), col(MembershipRow.groups)).where(
                col(MembershipRow.cohort_id) == one.id, col(MembershipRow.left_at).is_(None)
            )
            for row in db.execute(query):
                person = PersonId(row.person_id)
                if person not in allowed[one.key]:
                    continue
                found.setdefault(person, set()).add(one.key)
                for each in row.groups.split():
                    groups.setdefault(person, set()).add(keys.group_key(GroupId(int(each))))
        # Few different sets, shared by all who have them: 100,000 members need no more.
        shared: dict[Labels, Labels] = {}

        def share(labels: set[str]) -> Labels:
            frozen = frozenset(labels)
            return shared.setdefault(frozen, frozen)

        return cls(
            {person: share(labels) for person, labels in found.items()},
            {person: share(labels) for person, labels in groups.items()},
            people_queries.verified(db),
            allowed,
        )

    def contributors(self, who: Iterable[PersonId]) -> Iterator[Contributor]:
        """Yield those who contributed, as the rules see them."""
        nothing: Labels = frozenset()
        for person in who:
            cohorts = self.cohorts.get(person, nothing)
            yield Contributor(
                person,
                cohorts,
                self.groups.get(person, nothing),
                is_verified=person in self.verified,
                consents=bool(cohorts),
            )

    def parts(self, cohorts: Sequence[Cohort]) -> tuple[Whole, ...]:
        """Return the cohorts and breakdowns with the numbers of their members."""
        sizes = Counter(label for labels in self.cohorts.values() for label in labels)
        sizes.update(label for labels in self.groups.values() for label in labels)
        return tuple(
            Whole(
                one.key,
                one.name,
                sizes[one.key],
                tuple(
                    Part(
                        keys.group_key(each.id),
                        f"{one.name}, {each.breakdown}: {each.name}",
                        sizes[keys.group_key(each.id)],
                    )
                    for each in one.groups
                ),
            )
            for one in cohorts
        )

    def sizes(self, who: Iterable[PersonId]) -> dict[str, tuple[int, int]]:
        """Return for each cohort how many are in it, and how many of them contributed."""
        every = Counter(label for labels in self.cohorts.values() for label in labels)
        sent = Counter(label for person in who for label in self.cohorts.get(person, ()))
        return {one: (every[one], sent[one]) for one in self.allowed}


def hold_ledger(db: Session) -> End:
    """Hold the end of the ledger, so that closings wait for each other, and return it."""
    held = db.connection()
    there = held.execute(update(LedgerHeadRow).values(id=col(LedgerHeadRow.id))).rowcount
    if not there:
        held.execute(insert(LedgerHeadRow).values(id=1, number=0, hash=ledger.BEGINNING))
    query = select(LedgerRow).order_by(col(LedgerRow.number).desc()).limit(1)
    row = db.execute(query.execution_options(populate_existing=True)).scalar()
    return End(Row(row.number, row.previous, row.payload, row.hash) if row else None)


def append(
    db: Session,
    rows: Sequence[Row],
    collection: CollectionId,
    *,
    header: Header,
    blocks: Sequence[Block],
) -> None:
    """Append the rows of a closing, with the cohorts whose charts need each."""
    held = db.connection()
    held.execute(
        insert(LedgerRow),
        [
            {
                "number": one.number,
                "collection_id": collection,
                "previous": one.previous,
                "payload": one.payload,
                "hash": one.hash,
            }
            for one in rows
        ],
    )
    every = {one.key for one in header.cohorts}
    needed = [(rows[0], every), *zip(rows[1:], (one.cohorts for one in blocks), strict=True)]
    held.execute(
        insert(LeafRow),
        [
            {"cohort_id": keys.cohort_of(label), "number": row.number}
            for row, labels in needed
            for label in sorted(labels)
        ],
    )
    last = rows[-1]
    held.execute(update(LedgerHeadRow).values(number=last.number, hash=last.hash))


def read_classes(db: Session) -> tuple[Class, ...]:
    """Return all classes of the store, whatever collection made them."""
    members: dict[int, list[PersonId]] = {}
    query = select(col(ClassMemberRow.class_id), col(ClassMemberRow.person_id))
    for row in db.execute(query):
        members.setdefault(row.class_id, []).append(PersonId(row.person_id))
    found = select(col(ClassRow.id), col(ClassRow.groups)).order_by(col(ClassRow.id))
    return tuple(
        Class(frozenset(members[row.id]), frozenset(row.groups.split()), ClassId(row.id))
        for row in db.execute(found)
        if row.id in members
    )


def save_classes(db: Session, classes: Iterable[Class]) -> None:
    """Keep the partition as it is now; a class that did not change is not touched."""
    held = db.connection()
    for one in classes:
        if one.id is not None:
            continue
        groups = " ".join(sorted(one.groups))
        made = held.execute(insert(ClassRow).values(groups=groups)).inserted_primary_key
        number = made[0] if made else 0
        # By number of the person, so that their order says nothing.
        rows = [{"person_id": each, "class_id": number} for each in sorted(one.members)]
        _forget(db, [each["person_id"] for each in rows])
        held.execute(insert(ClassMemberRow), rows)
    left = select(col(ClassMemberRow.class_id))
    held.execute(delete(ClassRow).where(col(ClassRow.id).not_in(left)))


def _forget(db: Session, people: Sequence[int], *, at_once: int = 500) -> None:
    for start in range(0, len(people), at_once):
        some = people[start : start + at_once]
        db.connection().execute(
            delete(ClassMemberRow).where(col(ClassMemberRow.person_id).in_(some))
        )
