"""What each role may do in an organisation, written out once."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from types import MappingProxyType

from ccio_skills.vocabulary import Role


class Right(StrEnum):
    """Something that a role allows in an organisation."""

    SEE_OFFICERS = "see who administers and who reviews"
    SEE_MEMBERS = "see who belongs to it"
    GIVE_ROLES = "give and end roles"
    INVITE = "invite people"
    READ_AUDIT = "read the audit trail"
    RUN_COHORTS = "run cohorts and their collections"
    READ_CHARTS = "read the charts of cohorts"


class NotAllowedError(PermissionError):
    """Somebody asked for what their roles do not allow, now."""


GIVEN = (Role.MEMBER, Role.REVIEWER, Role.ADMINISTRATOR)
"""Roles that are given in an organisation; the others come with signing in."""

_RIGHTS = MappingProxyType(
    {
        Role.MEMBER: frozenset({Right.SEE_OFFICERS}),
        Role.REVIEWER: frozenset({Right.SEE_OFFICERS, Right.READ_CHARTS}),
        # Who knows each member by name sees no chart, unless they are a reviewer as well.
        Role.ADMINISTRATOR: frozenset(Right) - {Right.READ_CHARTS},
    }
)


def rights_of(role: Role) -> frozenset[Right]:
    """Return what a role allows in its organisation; nothing for roles that are not given."""
    return _RIGHTS.get(role, frozenset())


def allows(roles: Iterable[Role], right: Right) -> bool:
    """Say whether any of the roles that a person has in an organisation allows something."""
    return any(right in rights_of(role) for role in roles)
