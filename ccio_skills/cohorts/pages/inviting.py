"""The part of a cohort's page that invites people: a pasted list, or one link for many."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import timedelta

import streamlit as st

from ccio_skills import mail, ui, wording
from ccio_skills.cohorts.queries import Cohort
from ccio_skills.cohorts.rules.roster import Roster, RosterError, read_roster
from ccio_skills.people import commands as people_commands
from ccio_skills.people import rules as people_rules
from ccio_skills.ui import Visit
from ccio_skills.vocabulary import Role

_LASTS = timedelta(days=30)
_SHOWN = 5


def invite(visit: Visit, cohort: Cohort) -> None:
    """Ask whom to invite, and show the links once."""
    ui.heading("Invite")
    text = st.text_area("Paste e-mail addresses, one a line", key="inviting:list", height=120)
    if st.button("Invite these people", type="primary", key="inviting:go") and text.strip():
        _invite_list(visit, cohort, text)
    many = st.number_input(
        "Or one link for so many people", 1, people_rules.MOST_USES, 30, key="inviting:many"
    )
    if st.button("Make one link", key="inviting:link"):
        _make_link(visit, cohort, int(many))
    if link := st.session_state.get(f"inviting:shown:{cohort.id}"):
        ui.note("Copy the link now: it is not kept and cannot be shown again.")
        st.code(link, language=None, wrap_lines=True)
    if links := st.session_state.get(f"inviting:links:{cohort.id}"):
        _offer(links)


def _invite_list(visit: Visit, cohort: Cohort, text: str) -> None:
    try:
        roster = read_roster(text)
        made = people_commands.invite_list(
            visit.db,
            visit.person.id,
            cohort.organisation,
            roster.addresses,
            target=cohort.key,
            lasts=_LASTS,
            at=visit.now,
        )
    except (RosterError, people_rules.InvitationError, people_rules.NotAllowedError) as error:
        ui.error(str(error))
        return
    links = {one: _address(visit, token) for one, token in made.items()}
    unsent = {one: link for one, link in links.items() if not _is_sent(visit, cohort, one, link)}
    st.session_state[f"inviting:links:{cohort.id}"] = unsent
    _say(roster, len(made), len(made) - len(unsent))


def _say(roster: Roster, made: int, sent: int) -> None:
    ui.saved(f"Invited: {made}. Sent by e-mail: {sent}.")
    known = len(roster.addresses) - made
    left_out = [
        f"{known} who have an open invitation already" if known else "",
        f"{wording.count(roster.repeated, 'repeated line')}" if roster.repeated else "",
        f"{wording.count(roster.blank, 'blank line')}" if roster.blank else "",
    ]
    if any(left_out):
        ui.note(f"Passed over: {wording.listed([one for one in left_out if one])}.")
    if roster.faults:
        shown = [f"Line {number}: {what}" for number, what in roster.faults[:_SHOWN]]
        more = len(roster.faults) - len(shown)
        ui.bullets(
            "Lines without exactly one address; nobody was invited by them",
            [*shown, *([f"and {more} more"] if more else [])],
        )


def _make_link(visit: Visit, cohort: Cohort, uses: int) -> None:
    try:
        token = people_commands.invite(
            visit.db,
            visit.person.id,
            cohort.organisation,
            role=Role.MEMBER,
            target=cohort.key,
            uses=uses,
            lasts=_LASTS,
            at=visit.now,
        )
    except (people_rules.InvitationError, people_rules.NotAllowedError) as error:
        ui.error(str(error))
        return
    st.session_state[f"inviting:shown:{cohort.id}"] = _address(visit, token)


def _address(visit: Visit, token: str) -> str:
    return f"{visit.place.address}/join-cohort?token={token}"


def _is_sent(visit: Visit, cohort: Cohort, email: str, link: str) -> bool:
    if visit.place.post is None:
        return False
    letter = people_rules.write_invitation(
        organisation=cohort.name,
        by=visit.person.name,
        role="a member",
        link=link,
        expires_at=visit.now + _LASTS,
    )
    try:
        visit.place.post(to=email, subject=letter.subject, text=letter.text, html=letter.html)
    except mail.MailError:
        return False
    return True


def _offer(links: Mapping[str, str]) -> None:
    ui.note(
        f"{wording.count(len(links), 'link')} to hand on yourself, each for one person. Take the "
        "file now: the links are not kept."
    )
    ui.download(
        "Download the links",
        lambda: _as_csv(links),
        file_name="invitations.csv",
        mime="text/csv",
        key="inviting:file",
    )


def _as_csv(links: Mapping[str, str]) -> bytes:
    out = io.StringIO()
    sheet = csv.writer(out, lineterminator="\r\n")
    sheet.writerows([("address", "link"), *links.items()])
    return out.getvalue().encode("utf-8-sig")
