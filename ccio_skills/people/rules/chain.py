"""The audit trail as a chain: each entry's hash covers the entry and the hash before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from ccio_skills.vocabulary import OrganisationId, PersonId

START = ""
"""What stands before the first entry."""


class Event(StrEnum):
    """What is on record. The values are kept for ever; rooms above may add their own."""

    SIGNED_IN = "signed-in"
    SIGNED_OUT_EVERYWHERE = "signed-out-everywhere"
    ORGANISATION_ADDED = "organisation-added"
    ROLE_GIVEN = "role-given"
    ROLE_ENDED = "role-ended"
    INVITED = "invited"
    INVITATION_USED = "invitation-used"
    INVITATION_REVOKED = "invitation-revoked"
    EXPORTED = "exported"
    ERASED = "erased"
    ACCOUNT_DELETED = "account-deleted"
    AUDIT_SHORTENED = "audit-shortened"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing on record.

    Attributes:
        number: Place in the trail, from 1, without gaps.
        at: When.
        event: What; of :class:`Event`, or of a room above.
        actor: Who did it; ``None`` is the command line or the program itself.
        subject: Whom it concerned, where that is somebody else.
        organisation: Where; ``None`` where it concerned no organisation.
        detail: Our own words, never a person's: a role, a number.
    """

    number: int
    at: datetime
    event: str
    actor: PersonId | None = None
    subject: PersonId | None = None
    organisation: OrganisationId | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a trail is not what was written."""

    number: int
    what: str


def seal(entry: Entry, *, after: str) -> str:
    """Return the hash of an entry that stands after the entry with the hash ``after``."""
    told = [
        entry.number,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.event,
        entry.actor,
        entry.subject,
        entry.organisation,
        entry.detail,
        after,
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=True).encode()).hexdigest()


def find_faults(
    entries: Iterable[tuple[Entry, str, str]], *, first: int, after: str, last: int, end: str
) -> tuple[Fault, ...]:
    """Return every place where a trail was changed, cut or added to.

    Args:
        entries: (entry, hash before it, its hash) in the order of their numbers.
        first: Number the trail begins with.
        after: Hash that stood before it.
        last: Number of the last entry ever written.
        end: Its hash.
    """
    faults: list[Fault] = []
    number, hash_ = first - 1, after
    for entry, before, own in entries:
        if entry.number != number + 1:
            faults.append(Fault(number + 1, f"entries up to {entry.number - 1} are missing"))
        elif before != hash_:
            faults.append(Fault(entry.number, "does not follow the entry before it"))
        if seal(entry, after=before) != own:
            faults.append(Fault(entry.number, "was changed after it was written"))
        number, hash_ = entry.number, own
    if (number, hash_) != (last, end):
        faults.append(Fault(number, f"is not the last entry that was written, {last}"))
    return tuple(faults)
