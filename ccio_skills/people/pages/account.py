"""The parts of About me that a shared installation has: who is signed in, roles, delete all."""

from __future__ import annotations

import streamlit as st

from ccio_skills import ui, wording
from ccio_skills.people import commands, queries
from ccio_skills.ui import Visit

_GOES = (
    "your name, e-mail address and the link to your sign-in",
    "your role, minutes and every rating with its evidence",
    "what you read, answered, noted, finished and decided",
    "your roles in organisations",
)
_STAYS = (
    "your number and the day, so that nobody is ever taken for you",
    "the record of what was done under that number, without a name and without any answer",
    "in cohorts, under that number, with how many others you are published together, so that "
    "nobody is found by comparing two charts",
    "the end of your sign-ins for a month, so that none of them opens a new account by itself",
)


def show_who(visit: Visit) -> None:
    """Show who is signed in, with which roles."""
    ui.heading("My account")
    me = queries.my_account(visit.db, visit.person.id)
    if me is None:
        return
    ui.rows(
        [
            ("Name", me.name or "not told", "As your organisation's sign-in tells it."),
            ("E-mail", me.email or "not told", ""),
            *(
                (wording.ROLE_NAMES[one.role].capitalize(), one.organisation_name, "")
                for one in queries.held(visit.db, visit.person.id)
            ),
        ]
    )
    if visit.session:
        ui.link(visit, "sign-out", "Sign out", key="me_out")


def delete(visit: Visit) -> None:
    """Say what goes and what stays, and delete the account when that is wanted."""
    ui.heading("Delete my account")
    ui.note("At once, for good, and without asking anybody.")
    ui.bullets("What goes", _GOES)
    ui.bullets("What stays", _STAYS)
    for name in queries.alone_in(visit.db, visit.person.id):
        ui.note(
            f"You are the only administrator of {name}. After you nobody there can invite people "
            "until whoever runs this installation makes somebody administrator."
        )
    sure = st.checkbox("I want my account deleted", key="me:delete:sure")
    if st.button("Delete my account", disabled=not sure, key="me:delete"):
        commands.delete_account(visit.db, visit.person.id, at=visit.now)
        st.session_state.clear()
        st.logout()
