"""A part of About me: bring in an export, shown first."""

from __future__ import annotations

import streamlit as st

from ccio_skills import ui, wording
from ccio_skills.people import commands, queries, rules
from ccio_skills.ui import Visit

_FAULTS, _LONGEST = 5, 160
"""How many faults of a file are shown, and how many characters of each."""
_DONE = "me:brought"


def bring_in(visit: Visit) -> None:
    """Let a person bring in what they exported elsewhere; what depends on it is drawn after it."""
    ui.heading("Bring in an export")
    ui.note(
        "The zip that CCIO Skills wrote elsewhere. You see what is in it before anything changes. "
        "What is here already stays, and a second time doubles nothing."
    )
    file = st.file_uploader(
        "Export, a zip file",
        type="zip",
        max_upload_size=rules.LARGEST_ZIP // 2**20,
        key="me:file",
    )
    if file is None:
        return
    try:
        unpacked = rules.unpack(file.getvalue())
        _offer(visit, unpacked, file.file_id)
    except rules.ArchiveError as error:
        _refuse(error)


def _offer(visit: Visit, unpacked: rules.Unpacked, file_id: str) -> None:
    arrivals = queries.compare(visit.db, visit.person.id, unpacked)
    ui.bullets(
        f"Exported on {wording.day(unpacked.exported_at)}",
        [f"{title}: {news}" for title, news in queries.summarise(arrivals)],
    )
    if all(one.news is queries.News.KNOWN for one in arrivals):
        if st.session_state.get(_DONE) == file_id:
            ui.saved("Done: everything in it is here now.")
        else:
            ui.note("Everything in it is here already; there is nothing to bring in.")
    elif st.button("Bring it in", type="primary", key="me:bring"):
        commands.bring_in(visit.db, visit.person.id, unpacked)
        st.session_state[_DONE] = file_id
        st.rerun()


def _refuse(error: rules.ArchiveError) -> None:
    ui.error("This file cannot be brought in; nothing was changed.")
    # What a file says is shown as it is, never as markup.
    faults = str(error).splitlines()
    for fault in faults[:_FAULTS]:
        ui.user_text(fault if len(fault) <= _LONGEST else f"{fault[:_LONGEST]} ...")
    if len(faults) > _FAULTS:
        ui.note(f"And {wording.count(len(faults) - _FAULTS, 'more line')}.")
