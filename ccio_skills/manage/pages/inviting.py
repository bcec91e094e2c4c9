"""The parts of the organisation page that invite people."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from ccio_skills import mail, ui, wording
from ccio_skills.people import commands, queries, rules
from ccio_skills.people.queries import Organisation
from ccio_skills.ui import Visit
from ccio_skills.vocabulary import Role

_DAYS = {7: "a week", 14: "two weeks", 30: "30 days"}
_SHOWN = 20


def invite(visit: Visit, chosen: Organisation) -> None:
    """Ask whom to invite as what, and show the link once."""
    ui.heading("Invite")
    role = st.radio(
        "As",
        rules.GIVEN,
        format_func=lambda one: wording.ROLE_NAMES[one].capitalize(),
        key="invite:role",
        horizontal=True,
    )
    email = ""
    if visit.place.post:
        email = st.text_input("E-mail address (leave empty for a link to hand on)", key="invite:to")
    uses = 1
    if role is Role.MEMBER and not email.strip():
        uses = st.number_input(
            "How many people may use the link", 1, rules.MOST_USES, key="invite:uses", width=200
        )
    days = st.selectbox("Works for", list(_DAYS), format_func=_DAYS.__getitem__, key="invite:days")
    label = "Send the invitation" if email.strip() else "Make a link"
    if st.button(label, type="primary", key="invite:go"):
        _make(visit, chosen, role=role, email=email, uses=int(uses), lasts=timedelta(days=days))
    if shown := st.session_state.get("invite:link"):
        ui.note("Copy the link now: it is not kept and cannot be shown again.")
        st.code(shown, language=None, wrap_lines=True)


def _make(
    visit: Visit, chosen: Organisation, *, role: Role, email: str, uses: int, lasts: timedelta
) -> None:
    st.session_state.pop("invite:link", None)
    try:
        token = commands.invite(
            visit.db,
            visit.person.id,
            chosen.id,
            role=role,
            email=email,
            uses=uses,
            lasts=lasts,
            at=visit.now,
        )
    except (rules.InvitationError, rules.NotAllowedError) as error:
        ui.error(str(error))
        return
    link = f"{visit.place.address}/join?token={token}"
    if email.strip() and _is_sent(visit, chosen, role, email.strip(), link, lasts):
        ui.saved(f"Sent to {email.strip()}.")
        return
    st.session_state["invite:link"] = link


def _is_sent(
    visit: Visit, chosen: Organisation, role: Role, email: str, link: str, lasts: timedelta
) -> bool:
    if visit.place.post is None:
        return False
    letter = rules.write_invitation(
        organisation=chosen.name,
        by=visit.person.name,
        role=wording.as_role(role),
        link=link,
        expires_at=visit.now + lasts,
    )
    try:
        visit.place.post(to=email, subject=letter.subject, text=letter.text, html=letter.html)
    except mail.MailError as error:
        ui.error(f"{error} The invitation is made: hand on its link yourself.")
        return False
    return True


def list_invitations(visit: Visit, chosen: Organisation) -> None:
    """List the latest invitations, and take one back."""
    made = queries.invitations(visit.db, visit.person.id, chosen.id, now=visit.now)
    if not made:
        return
    ui.heading("Invitations")
    ui.table(
        ["Number", "As", "To", "Used", "Until", "Now"],
        [
            (
                str(one.number),
                wording.ROLE_NAMES[one.role],
                one.email or "link",
                f"{one.uses} of {one.uses_allowed}",
                wording.short_day(one.expires_at),
                _STATES[one.state],
            )
            for one in made[:_SHOWN]
        ],
        alt="Invitations, newest first",
    )
    open_ones = {one.number: one for one in made if one.state is rules.State.OPEN}
    if not open_ones:
        return
    number = st.selectbox(
        "Take one back",
        list(open_ones),
        format_func=lambda one: f"{one}: {open_ones[one].email or 'link'}",
        index=None,
        placeholder="Choose a number",
        key="invite:which",
    )
    if number is not None and st.button("Take it back", key="invite:back"):
        commands.take_back(visit.db, visit.person.id, chosen.id, number, at=visit.now)
        st.rerun()


_STATES = {
    rules.State.OPEN: "open",
    rules.State.USED: "used",
    rules.State.EXPIRED: "run out",
    rules.State.REVOKED: "taken back",
    rules.State.WITHOUT_INVITER: "void: its maker may not invite",
}
