"""The audit trail of an organisation, for its administrators."""

from __future__ import annotations

import streamlit as st

from ccio_skills import ui
from ccio_skills.manage import rules
from ccio_skills.people import queries
from ccio_skills.people.rules import Right
from ccio_skills.ui import Visit

_AT_ONCE = 50
_LEDE = (
    "Who did what in your organisation: roles, invitations, and the sign-ins, exports and "
    "deletions of its administrators and reviewers. When members sign in is not shown, and no "
    "answer is ever in it."
)


def show(visit: Visit) -> None:
    """Show what is on record, newest first, page by page."""
    me = visit.person.id
    mine = [
        one
        for one in queries.organisations(visit.db, me)
        if queries.may(visit.db, me, Right.READ_AUDIT, one.id)
    ]
    with ui.page(visit, "Audit trail", _LEDE):
        if not mine:
            ui.note("You administer no organisation.")
            return
        names = {one.id: one.name for one in mine}
        chosen = mine[0].id
        if len(mine) > 1:
            chosen = st.selectbox(
                "Organisation", list(names), format_func=names.__getitem__, key="audit:which"
            )
        given = visit.params.get("before", "")
        before = int(given) if given.isdecimal() else None
        told = queries.trail(visit.db, me, chosen, before=before, limit=_AT_ONCE)
        if not told:
            ui.note("Nothing older is on record.")
            return
        ui.table(
            ["When", "Who", "What", "Whom", "Detail"],
            [rules.say_row(one.entry, actor=one.actor, subject=one.subject) for one in told],
            alt=f"What is on record of {names[chosen]}, newest first",
        )
        if len(told) == _AT_ONCE:
            older = {"before": str(told[-1].entry.number)}
            ui.link(visit, "audit", "Older", key="audit_older", params=older)
        ui.note(
            "Entries are chained: whoever runs the installation can prove with "
            "“ccio-skills audit verify” that none was changed or taken out."
        )
