"""What the people room decides: exports, sign-ins, rights, invitations, the audit chain. Pure."""

from ccio_skills.people.rules.archive import (
    FORMAT,
    FORMAT_VERSION,
    ArchiveError,
    Unpacked,
    archive,
    as_csv,
    unpack,
)
from ccio_skills.people.rules.chain import START, Entry, Event, Fault, find_faults, seal
from ccio_skills.people.rules.rights import GIVEN, NotAllowedError, Right, allows, rights_of
from ccio_skills.people.rules.sessions import (
    Closed,
    Limits,
    Session,
    SignIn,
    is_fresh,
    read_claims,
    why_closed,
)

__all__ = [
    "FORMAT",
    "FORMAT_VERSION",
    "GIVEN",
    "START",
    "ArchiveError",
    "Closed",
    "Entry",
    "Event",
    "Fault",
    "Limits",
    "NotAllowedError",
    "Right",
    "Session",
    "SignIn",
    "Unpacked",
    "allows",
    "archive",
    "as_csv",
    "find_faults",
    "is_fresh",
    "read_claims",
    "rights_of",
    "seal",
    "unpack",
    "why_closed",
]
