"""My cohorts: what I am in, what I may contribute to, receipts, and leaving."""

from __future__ import annotations

import streamlit as st

from ccio_skills import ui, wording
from ccio_skills.cohorts import commands, queries
from ccio_skills.cohorts.queries import Membership
from ccio_skills.cohorts.rules.stage import CollectionError, Stage
from ccio_skills.ui import Visit
from ccio_skills.vocabulary import Role

_LEDE = "Groups you agreed to be in. Nothing of yours is in their charts unless you contribute it."


def show(visit: Visit) -> None:
    """Show the cohorts I am in, and a way to those I run."""
    me = visit.person.id
    mine = queries.memberships(visit.db, me)
    with ui.page(visit, "Cohorts", _LEDE if mine else "You are in no cohort."):
        main, aside = st.columns([5, 3], gap="large")
        with main:
            _to_contribute(visit)
            for one in mine:
                _membership(visit, one)
            if not mine:
                ui.note("A cohort is joined by the link or code of an invitation.")
                ui.link(visit, "join-cohort", "I have a code", key="cohorts_code")
        with aside:
            if Role.REVIEWER in visit.person.roles:
                _review(visit)
            if Role.ADMINISTRATOR in visit.person.roles:
                _run(visit)
            _receipt(visit)


def _to_contribute(visit: Visit) -> None:
    for one in queries.to_contribute(visit.db, visit.person.id, now=visit.now):
        with st.container(key=f"mod_collection_{one.id}"):
            ui.write('<p class="cc-big">{title}</p>', title=one.title)
            if one.stage is Stage.WAITING:
                ui.note(f"Opens on {wording.day(one.dates.opens_at)}.")
                continue
            ui.note(f"Open; its last day is {wording.day(one.dates.last_day)}.")
            if st.button("See what would be sent", type="primary", key=f"cohorts:see:{one.id}"):
                ui.go(visit, "contribute", collection=str(one.id))


def _membership(visit: Visit, one: Membership) -> None:
    cohort = one.cohort
    ui.heading(cohort.name)
    ui.user_text(cohort.purpose)
    readers = queries.reviewers(visit.db, cohort)
    members = queries.count_members(visit.db, cohort.id)
    ui.rows(
        [
            ("Since", wording.day(one.joined_at), wording.count(members, "member") + " now"),
            ("Readers", wording.listed(list(readers)) or "nobody yet", "see its charts, no names"),
            *(("Part", each.name, each.breakdown) for each in one.groups),
        ]
    )
    if one.promise != cohort.promise.version:
        ui.note("Its numbers became stricter since you joined; what you agreed to still holds.")
    with st.expander(f"What {cohort.name} promises, and leaving"):
        ui.bullets("What is promised", cohort.promise.kept)
        ui.bullets("What is not promised", cohort.promise.not_kept)
        ui.bullets("What leaving does", cohort.promise.leaving)
        sure = st.checkbox(f"I want to leave {cohort.name}", key=f"cohorts:sure:{cohort.id}")
        if st.button("Leave", disabled=not sure, key=f"cohorts:leave:{cohort.id}"):
            commands.leave(visit.db, visit.person.id, cohort.id, at=visit.now)
            st.rerun()


def _review(visit: Visit) -> None:
    ui.heading("Cohorts you review")
    every = queries.reviewed_by(visit.db, visit.person.id)
    for one in every:
        ui.link(visit, "charts", one.name, key=f"read_{one.id}", params={"cohort": str(one.id)})
    if not every:
        ui.note("None yet. The administrator of a cohort gives this role.")


def _run(visit: Visit) -> None:
    ui.heading("Cohorts you run")
    for one in queries.run_by(visit.db, visit.person.id):
        ui.link(visit, "run-cohort", one.name, key=f"run_{one.id}", params={"cohort": str(one.id)})
    ui.link(visit, "run-cohort", "Make a cohort", key="run_new")


def _receipt(visit: Visit) -> None:
    ui.heading("Check a receipt")
    code = st.text_input("Receipt code", key="cohorts:code", placeholder="7KQM-3F2D-9XWP-0ABC")
    if not code.strip():
        return
    found = queries.find_receipt(visit.db, code)
    if found is None:
        ui.note(
            "Nothing is here under this code. It was withdrawn or replaced, or a letter is wrong."
        )
        return
    if not found.is_open:
        ui.saved(f"Received for {found.title}, which is closed. The answers were deleted then.")
        return
    ui.saved(f"Received for {found.title}, which is not closed yet.")
    if st.button("Withdraw it", key="cohorts:withdraw"):
        try:
            commands.withdraw_by_code(visit.db, code, at=visit.now)
        except CollectionError as error:
            ui.error(str(error))
            return
        st.rerun()
