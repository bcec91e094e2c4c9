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
from ccio_skills.people.rules.invitations import (
    LONGEST,
    MOST_IN_A_DAY,
    MOST_IN_AN_HOUR,
    MOST_USES,
    InvitationError,
    State,
    Terms,
    check_terms,
    fingerprint,
    state,
)
from ccio_skills.people.rules.letters import (
    Letter,
    write_invitation,
)
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
    "LONGEST",
    "MOST_IN_AN_HOUR",
    "MOST_IN_A_DAY",
    "MOST_USES",
    "START",
    "ArchiveError",
    "Closed",
    "Entry",
    "Event",
    "Fault",
    "InvitationError",
    "Letter",
    "Limits",
    "NotAllowedError",
    "Right",
    "Session",
    "SignIn",
    "State",
    "Terms",
    "Unpacked",
    "allows",
    "archive",
    "as_csv",
    "check_terms",
    "find_faults",
    "fingerprint",
    "is_fresh",
    "read_claims",
    "rights_of",
    "seal",
    "state",
    "unpack",
    "why_closed",
    "write_invitation",
]
