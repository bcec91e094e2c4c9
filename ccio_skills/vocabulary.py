"""Words every room shares: people, skills, levels and weights. Values only, no behaviour."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Annotated, NewType

from pydantic import StringConstraints

PersonId = NewType("PersonId", int)
OrganisationId = NewType("OrganisationId", int)

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=60)]
"""Kebab-case name of a content file; permanent once published."""


class Level(IntEnum):
    """How well a person can do something; ``NONE`` is an answer, not a missing one."""

    NONE = 0
    AWARE = 1
    CONTRIBUTING = 2
    PRACTISING = 3
    LEADING = 4
    SHAPING = 5


LEVEL_NAMES = MappingProxyType(
    {
        Level.NONE: "None of these yet",
        Level.AWARE: "Aware",
        Level.CONTRIBUTING: "Contributing",
        Level.PRACTISING: "Practising",
        Level.LEADING: "Leading",
        Level.SHAPING: "Shaping",
    }
)


class Importance(StrEnum):
    """How much a role needs a skill."""

    CORE = "core"
    IMPORTANT = "important"
    SUPPORTING = "supporting"


WEIGHTS = MappingProxyType({Importance.CORE: 3, Importance.IMPORTANT: 2, Importance.SUPPORTING: 1})
"""What one level of gap counts for, by importance; no unit."""


class Confidence(StrEnum):
    """How sure a person is of a rating."""

    UNSURE = "unsure"
    FAIRLY = "fairly"
    SURE = "sure"


class Role(StrEnum):
    """What a person is here; somebody who is signed in is a learner whatever else they are."""

    VISITOR = "visitor"
    """Nobody has signed in yet."""
    LEARNER = "learner"
    MEMBER = "member"
    """Belongs to an organisation."""
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Pool:
    """How one process uses the server of a shared store; a store in a file needs none of it."""

    size: int = 5
    """Connections that stay open. One is in use while a page is drawn, about 20 ms."""

    overflow: int = 5
    """Connections beyond these when many pages are drawn at once."""

    wait_seconds: int = 5
    """For so long a page waits for a connection, then it says "Trying again"."""

    recycle_minutes: int = 30
    """A connection older than this is replaced: firewalls forget those that live long."""

    connect_seconds: int = 5
    """For so long a server may take to answer a new connection."""

    keepalive_seconds: int = 30
    """After so long without a word the server is asked whether it is still there."""


@dataclass(frozen=True, slots=True)
class Person:
    """The one who is visiting."""

    id: PersonId
    name: str
    roles: frozenset[Role] = frozenset({Role.LEARNER})
