"""When an invitation may still be taken up, and how many may be made."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from ccio_skills.vocabulary import Role

MOST_IN_AN_HOUR = 30
"""Invitations that one person may make."""
MOST_IN_A_DAY = 300
"""Invitations that an organisation may make."""
MOST_USES = 500
LONGEST = timedelta(days=60)
_ADDRESS = re.compile(r"[^@\s<>,;:\"()\[\]\\]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)


class InvitationError(ValueError):
    """An invitation cannot be made, or not be taken up; the message says why and what to do."""


class State(StrEnum):
    """What has become of an invitation; in words for the person who opens its link."""

    OPEN = "This invitation is open."
    USED = "This invitation has been used already."
    EXPIRED = "This invitation has run out."
    REVOKED = "This invitation was taken back."
    WITHOUT_INVITER = "Whoever made this invitation may not invite people any more."


@dataclass(frozen=True, slots=True)
class Terms:
    """What an invitation allows."""

    uses_allowed: int
    uses: int
    expires_at: datetime
    revoked_at: datetime | None
    is_inviter_allowed: bool
    """Whether the one who made it may invite people now; always, for the command line."""


def state(terms: Terms, *, now: datetime) -> State:
    """Return whether an invitation may be taken up at ``now``, or why not."""
    if terms.revoked_at is not None:
        return State.REVOKED
    # Else somebody who lost a role could come back by a link they made while they had it.
    if not terms.is_inviter_allowed:
        return State.WITHOUT_INVITER
    if terms.uses >= terms.uses_allowed:
        return State.USED
    return State.EXPIRED if now >= terms.expires_at else State.OPEN


def check_terms(role: Role, *, email: str, uses: int, lasts: timedelta) -> None:
    """Say no to an invitation that is too open.

    Args:
        role: What it is to.
        email: Whom it is sent to; empty for a link to be handed on.
        uses: How many people may take it up.
        lasts: How long.

    Raises:
        InvitationError: The address is none; it would last too long or for too many; or a link to
            a role with rights over others would serve more than one person.
    """
    if email and not _ADDRESS.fullmatch(email):
        raise InvitationError(f"'{email}' is no e-mail address.")
    if not timedelta() < lasts <= LONGEST:
        raise InvitationError(f"An invitation lasts 1 to {LONGEST.days} days.")
    most = 1 if email or role is not Role.MEMBER else MOST_USES
    if not 1 <= uses <= most:
        raise InvitationError(
            f"A link for members serves 1 to {MOST_USES} people; every other serves one."
        )


def fingerprint(token: str) -> str:
    """Return what is kept of a link's secret: enough to know it again, not to make it."""
    return hashlib.sha256(token.encode()).hexdigest()
