"""When a sign-in counts: what the provider said, how old it is, how long nothing happened."""

from __future__ import annotations

import calendar
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

_FRESH = timedelta(minutes=10)
"""A sign-in is first used within this time, or never: the browser comes back at once."""
_CLOCKS = timedelta(minutes=5)
"""How far the provider's clock may be ahead of ours."""
_NAME, _EMAIL, _ID = 200, 254, 255


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a sign-in counts."""

    idle: timedelta
    """Without anything happening."""
    absolute: timedelta
    """In all."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """What the provider says of somebody who signed in.

    Attributes:
        issuer: The provider.
        subject: Its name for the person, which never changes.
        key: Tells this sign-in from every other.
        issued_at: When the provider said it.
        name: What to call the person; may be their e-mail address, or empty.
        email: May change, may be empty, and proves nothing.
    """

    issuer: str
    subject: str
    key: str
    issued_at: datetime
    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in as the store has it."""

    started_at: datetime
    seen_at: datetime
    ended_at: datetime | None


class Closed(StrEnum):
    """Why a sign-in does not count; in words for the person."""

    UNKNOWN = "This sign-in is not known here any more."
    ENDED = "You signed out."
    IDLE = "You were signed out because nothing happened for a while."
    OLD = "You were signed out because you had been signed in for long."


def read_claims(claims: Mapping[str, Any]) -> SignIn | None:
    """Return the sign-in that verified claims of an ID token tell of, or ``None`` without one.

    The key is made of the nonce, which is random and used for one sign-in only.

    Source:
        OpenID Connect Core 1.0, sections 2 (iss, sub, iat, nonce) and 5.7 (claim stability: only
        issuer and subject together identify a person; e-mail must not be used for it).
    """
    if claims.get("is_logged_in") is not True:
        return None
    issuer, subject, nonce = (claims.get(name) for name in ("iss", "sub", "nonce"))
    issued = claims.get("iat")
    if not all(isinstance(one, str) and 0 < len(one) <= _ID for one in (issuer, subject, nonce)):
        return None
    if isinstance(issued, bool) or not isinstance(issued, int | float):
        return None
    key = hashlib.sha256("\n".join((str(issuer), str(subject), str(nonce))).encode()).hexdigest()
    email = _words(claims, "email")
    name = _words(claims, "name") or _words(claims, "preferred_username") or email
    when = datetime.fromtimestamp(issued, UTC)
    return SignIn(str(issuer), str(subject), key, when, name[:_NAME], email[:_EMAIL])


def is_fresh(sign_in: SignIn, *, now: datetime) -> bool:
    """Say whether a sign-in that was never used may be used for the first time."""
    return now - _FRESH <= sign_in.issued_at <= now + _CLOCKS


def why_closed(session: Session, *, now: datetime, limits: Limits) -> Closed | None:
    """Return why a sign-in does not count at ``now``, or ``None`` while it does."""
    if session.ended_at is not None:
        return Closed.ENDED
    if now - session.started_at > limits.absolute:
        return Closed.OLD
    if now - session.seen_at > limits.idle:
        return Closed.IDLE
    return None


def months_before(moment: datetime, months: int) -> datetime:
    """Return the moment some months ago; on the last day of a shorter month where need be."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def _words(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    if not isinstance(value, str):
        return ""
    # What cannot be seen could make one name look like another.
    return "".join(one for one in value if one.isprintable()).strip()
