"""Change who people are here, what they may do, and what is on record. One call, one commit."""

from ccio_skills.people.commands.arriving import enter, sign_out, sign_out_everywhere
from ccio_skills.people.commands.invitations import (
    Taken,
    invite,
    invite_administrator,
    take_back,
    take_up,
)
from ccio_skills.people.commands.leaving import (
    Tidied,
    delete_account,
    tidy,
)
from ccio_skills.people.commands.own import (
    LONGEST_WEEK,
    SHORTEST_WEEK,
    MinutesError,
    bring_in,
    erase,
    export,
    settle,
)
from ccio_skills.people.commands.record import record
from ccio_skills.people.commands.roles import (
    LastAdministratorError,
    UnknownOrganisationError,
    add_organisation,
    appoint,
    give_role,
    revoke,
)

__all__ = [
    "LONGEST_WEEK",
    "SHORTEST_WEEK",
    "LastAdministratorError",
    "MinutesError",
    "Taken",
    "Tidied",
    "UnknownOrganisationError",
    "add_organisation",
    "appoint",
    "bring_in",
    "delete_account",
    "enter",
    "erase",
    "export",
    "give_role",
    "invite",
    "invite_administrator",
    "record",
    "revoke",
    "settle",
    "sign_out",
    "sign_out_everywhere",
    "take_back",
    "take_up",
    "tidy",
]
