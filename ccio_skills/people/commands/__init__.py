"""Change who people are here, what they may do, and what is on record. One call, one commit."""

from ccio_skills.people.commands.arriving import enter, sign_out, sign_out_everywhere
from ccio_skills.people.commands.invitations import Taken, take_back, take_up, use
from ccio_skills.people.commands.inviting import invite, invite_administrator, invite_list
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
    wipe,
)
from ccio_skills.people.commands.record import record
from ccio_skills.people.commands.roles import (
    LastAdministratorError,
    UnknownOrganisationError,
    add_organisation,
    appoint,
    end_grant,
    give_role,
    hold,
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
    "end_grant",
    "enter",
    "erase",
    "export",
    "give_role",
    "hold",
    "invite",
    "invite_administrator",
    "invite_list",
    "record",
    "revoke",
    "settle",
    "sign_out",
    "sign_out_everywhere",
    "take_back",
    "take_up",
    "tidy",
    "use",
    "wipe",
]
