"""Read who people are, what they may do, everything kept about them, what an export would add."""

from ccio_skills.people.queries.arrivals import Arrival, News, compare, summarise
from ccio_skills.people.queries.invitations import (
    Invitation,
    invitation,
    invitations,
    terms_of,
)
from ccio_skills.people.queries.kept import Settings, everything, personal_tables, settings
from ccio_skills.people.queries.organisations import (
    Grant,
    OnRecord,
    Organisation,
    find_organisation,
    members,
    officers,
    organisations,
    trail,
)
from ccio_skills.people.queries.record import find_faults, whole_trail
from ccio_skills.people.queries.visitors import (
    Visitor,
    check,
    has_role,
    may,
    person,
    roles_in,
    visitor,
)

__all__ = [
    "Arrival",
    "Grant",
    "Invitation",
    "News",
    "OnRecord",
    "Organisation",
    "Settings",
    "Visitor",
    "check",
    "compare",
    "everything",
    "find_faults",
    "find_organisation",
    "has_role",
    "invitation",
    "invitations",
    "may",
    "members",
    "officers",
    "organisations",
    "person",
    "personal_tables",
    "roles_in",
    "settings",
    "summarise",
    "terms_of",
    "trail",
    "visitor",
    "whole_trail",
]
