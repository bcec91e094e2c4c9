"""Sign out: here, or everywhere."""

from __future__ import annotations

import streamlit as st

from ccio_skills import ui
from ccio_skills.people import commands
from ccio_skills.ui import Visit


def show(visit: Visit) -> None:
    """Offer to end this sign-in, or every one."""
    with ui.page(visit, "Sign out", f"You are signed in as {visit.person.name}."):
        if not visit.session:
            ui.note("Nobody signs in here, so there is nothing to sign out of.")
            return
        if st.button("Sign out", type="primary", key="leave:here"):
            commands.sign_out(visit.db, visit.person.id, visit.session, at=visit.now)
            st.logout()
        ui.note("In this browser, in every tab.")
        if st.button("Sign out everywhere", key="leave:everywhere"):
            commands.sign_out_everywhere(visit.db, visit.person.id, at=visit.now)
            st.logout()
        ui.note(
            "On every computer and phone, at once: for a device that is lost, or one that "
            "others use."
        )
