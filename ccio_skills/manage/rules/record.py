"""What is on record, in words. Pure."""

from __future__ import annotations

from datetime import UTC, datetime

from ccio_skills.people.rules import Entry, Event

_SAID = {
    Event.SIGNED_IN: "signed in",
    Event.SIGNED_OUT_EVERYWHERE: "signed out everywhere",
    Event.ORGANISATION_ADDED: "added the organisation",
    Event.ROLE_GIVEN: "gave a role",
    Event.ROLE_ENDED: "ended a role",
    Event.INVITED: "made an invitation",
    Event.INVITATION_USED: "took up an invitation",
    Event.INVITATION_REVOKED: "took an invitation back",
    Event.EXPORTED: "exported their own data",
    Event.ERASED: "erased their own answers",
    Event.ACCOUNT_DELETED: "deleted their account",
    Event.AUDIT_SHORTENED: "shortened the audit trail",
}
OPERATOR = "Command line"


def say_event(event: str) -> str:
    """Return what happened in words; what a newer room put on record says itself."""
    return _SAID.get(Event(event), event) if event in set(Event) else event.replace("-", " ")


def say_who(number: int | None, name: str) -> str:
    """Return a name, or what stands for it: of a deleted account only the number is known."""
    if number is None:
        return OPERATOR
    return name or f"Deleted account {number}"


def say_when(moment: datetime) -> str:
    """Return "22 Nov 2026, 09:00 UTC"."""
    moment = moment.astimezone(UTC)
    return f"{moment.day} {moment:%b %Y, %H:%M} UTC"


def say_row(entry: Entry, *, actor: str, subject: str) -> tuple[str, str, str, str, str]:
    """Return an entry as (when, who, what, whom, detail)."""
    return (
        say_when(entry.at),
        say_who(entry.actor, actor),
        say_event(entry.event),
        say_who(entry.subject, subject) if entry.subject is not None else "",
        entry.detail,
    )
