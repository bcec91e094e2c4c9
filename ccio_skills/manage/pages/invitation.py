"""Where the link of an invitation leads: who invites to what, sign in, and take it up."""

from __future__ import annotations

import streamlit as st

from ccio_skills import ui, wording
from ccio_skills.people import commands, queries, rules
from ccio_skills.people.queries import Invitation
from ccio_skills.ui import Visit
from ccio_skills.vocabulary import Role


def show(visit: Visit) -> None:
    """Show an invitation to whoever has its link, and let them take it up."""
    token = visit.params.get("token", "")
    found = queries.invitation(visit.db, token, now=visit.now)
    if found is None:
        with ui.page(visit, "Invitation", "This link leads to no invitation."):
            ui.note("Check that you copied all of it, or ask whoever sent it for a new one.")
        return
    name = found.organisation_name
    if _has_it(visit, found):
        with ui.page(
            visit, f"You belong to {name}", f"You are {wording.as_role(found.role)} there."
        ):
            ui.link(visit, "organisation", f"See who is who in {name}", key="join_see")
            ui.link(visit, "home", "Go to your next step", key="join_home")
        return
    with ui.page(visit, f"Join {name}", _lede(found)):
        if found.state is not rules.State.OPEN:
            ui.note(f"{found.state} Ask for a new one.")
            return
        ui.note(wording.ROLE_MEANS[found.role])
        ui.note(
            f"{name} then sees your name and e-mail address. You can leave at any time. "
            f"The link works until {wording.day(found.expires_at)}."
        )
        if Role.VISITOR in visit.person.roles:
            ui.sign_in(visit, "join")
        elif st.button(f"Join {name}", type="primary", key="join:take"):
            _take_up(visit, token)


def _has_it(visit: Visit, found: Invitation) -> bool:
    return queries.has_role(
        visit.db, visit.person.id, found.organisation, found.role, target=found.target
    )


def _lede(found: Invitation) -> str:
    by = found.by or "Whoever runs this installation"
    return f"{by} invites you to be {wording.as_role(found.role)} of {found.organisation_name}."


def _take_up(visit: Visit, token: str) -> None:
    try:
        commands.take_up(visit.db, visit.person.id, token, at=visit.now)
    except rules.InvitationError as error:
        ui.error(str(error))
        return
    # The menu was drawn for the roles of a moment ago.
    st.rerun()
