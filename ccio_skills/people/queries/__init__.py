"""Read who people are, what they may do, everything kept about them, what an export would add."""

from ccio_skills.people.queries.arrivals import Arrival, News, compare
from ccio_skills.people.queries.invitations import (
    Invitation,
    invitation,
    invitations,
    terms_of,
)
from ccio_skills.people.queries.kept import Settings, everything, personal_tables, settings
from ccio_skills.people.queries.organisations import (
    Grant,
    Held,
    OnRecord,
    Organisation,
    every_organisation,
    find_organisation,
    held,
    members,
    officers,
    organisations,
    trail,
)
from ccio_skills.people.queries.record import find_faults, whole_trail
from ccio_skills.people.queries.visitors import (
    Visitor,
    accounts_of,
    check,
    has_role,
    holders,
    may,
    person,
    roles_in,
    verified,
    visitor,
)

__all__ = [
    "Arrival",
    "Grant",
    "Held",
    "Invitation",
    "News",
    "OnRecord",
    "Organisation",
    "Settings",
    "Visitor",
    "accounts_of",
    "check",
    "compare",
    "every_organisation",
    "everything",
    "find_faults",
    "find_organisation",
    "has_role",
    "held",
    "holders",
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
    "terms_of",
    "trail",
    "verified",
    "visitor",
    "whole_trail",
]
