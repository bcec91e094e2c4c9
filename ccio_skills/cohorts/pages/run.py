"""Run a cohort: who is in it, invitations, its collections, its numbers. Never who contributed."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import streamlit as st

from ccio_skills import ui, wording
from ccio_skills.cohorts import commands, queries
from ccio_skills.cohorts.pages import inviting
from ccio_skills.cohorts.queries import Cohort
from ccio_skills.cohorts.rules import instrument
from ccio_skills.cohorts.rules import wording as say
from ccio_skills.cohorts.rules.stage import CollectionError, Stage
from ccio_skills.cohorts.rules.thresholds import LooserError, Thresholds
from ccio_skills.people import queries as people_queries
from ccio_skills.people.rules import NotAllowedError, Right
from ccio_skills.ui import Visit

_STAGES = {
    Stage.PLANNED: "planned, not open yet",
    Stage.WAITING: "opens on its first day",
    Stage.OPEN: "open",
    Stage.ENDED: "ended: close it to publish",
    Stage.CLOSED: "closed",
}
_LASTS = 28
"""Days a collection is open, unless somebody chooses others."""


def show(visit: Visit) -> None:
    """Show a cohort that I run, or a form to make one."""
    chosen = visit.params.get("cohort", "")
    mine = queries.run_by(visit.db, visit.person.id)
    found = next((one for one in mine if str(one.id) == chosen), None)
    if found is None:
        _make(visit)
        return
    lede = f"{wording.count(queries.count_members(visit.db, found.id), 'member')}."
    with ui.page(visit, found.name, lede):
        main, aside = st.columns([5, 3], gap="large")
        with main:
            _collections(visit, found)
            _plan(visit, found)
            _members(visit, found)
        with aside:
            inviting.invite(visit, found)
            _about(visit, found)


def _make(visit: Visit) -> None:
    me = visit.person.id
    where = {
        one.name: one.id
        for one in people_queries.organisations(visit.db, me)
        if people_queries.may(visit.db, me, Right.RUN_COHORTS, one.id)
    }
    lede = "People of an organisation who agree to be looked at together, by nobody's name."
    with ui.page(visit, "Make a cohort", lede):
        if not where:
            ui.note("A cohort is made by an administrator of the whole organisation.")
            return
        organisation = st.selectbox("Organisation", list(where), key="run:where", width=480)
        name = st.text_input("Name", key="run:name", max_chars=120, width=480)
        purpose = st.text_area(
            "What its charts are for; members read this before they join",
            key="run:purpose",
            max_chars=600,
        )
        with st.expander("Breakdowns, such as regions"):
            ui.note("Each costs charts: only parts of five or more are ever shown.")
            breakdown = st.text_input("Name of the breakdown", key="run:breakdown", width=480)
            parts = st.text_area("Its parts, one a line", key="run:parts")
        if st.button("Make the cohort", type="primary", key="run:make"):
            names = [one for one in parts.splitlines() if one.strip()]
            try:
                made = commands.add_cohort(
                    visit.db,
                    me,
                    where[organisation],
                    name=name,
                    purpose=purpose,
                    breakdowns={breakdown: names} if breakdown.strip() else {},
                    at=visit.now,
                )
            except (commands.CohortError, NotAllowedError) as error:
                ui.error(str(error))
                return
            ui.go(visit, "run-cohort", cohort=str(made))


def _collections(visit: Visit, cohort: Cohort) -> None:
    ui.heading("Collections")
    found = queries.collections_of(visit.db, visit.person.id, cohort.id, now=visit.now)
    if not found:
        ui.note("None yet.")
    for one in found:
        told = queries.count_sizes(visit.db, cohort.id, one.id)
        with st.container(key=f"mod_collection_{one.id}"):
            ui.write('<p class="cc-big">{title}</p>', title=one.title)
            ui.meta(
                _STAGES[one.stage],
                f"{wording.short_day(one.dates.opens_at)} to "
                f"{wording.short_day(one.dates.closed_at or one.dates.last_day)}",
                f"{told.contributed} of {told.members} contributed",
            )
            ui.link(
                visit,
                "collection",
                "Open, move or close it" if one.stage is not Stage.CLOSED else "See it",
                key=f"collection_{one.id}",
                params={"collection": str(one.id)},
            )


def _plan(visit: Visit, cohort: Cohort) -> None:
    ui.heading("Plan a collection")
    ui.note(say.forecast(queries.forecast(visit.db, visit.person.id, cohort.id)))
    with st.expander("Plan the next one"):
        title = st.text_input("Title, such as Autumn 2026", key="plan:title", max_chars=120)
        profiles = visit.library.profile
        profile = st.selectbox(
            "Role whose targets it is compared with",
            list(profiles),
            format_func=lambda slug: profiles[slug].title,
            key="plan:profile",
        )
        today = visit.now.date()
        first = st.date_input("First day", today, key="plan:first", format="DD/MM/YYYY")
        last = st.date_input(
            "Last day", today + timedelta(days=_LASTS), key="plan:last", format="DD/MM/YYYY"
        )
        others = [
            one
            for one in queries.run_by(visit.db, visit.person.id)
            if one.organisation == cohort.organisation and one.id != cohort.id
        ]
        names = {one.name: one.id for one in others}
        more = st.multiselect("Together with other cohorts", list(names), key="plan:more")
        if st.button("Plan it", type="primary", key="plan:go"):
            try:
                made = commands.plan(
                    visit.db,
                    visit.person.id,
                    [cohort.id, *(names[one] for one in more)],
                    title=title,
                    items=instrument.skill_items(visit.library, profile=profile),
                    framework_version=visit.library.framework_version,
                    opens_at=datetime.combine(first, time(), UTC),
                    closes_at=datetime.combine(last, time(), UTC) + timedelta(days=1),
                    at=visit.now,
                )
            except (CollectionError, NotAllowedError) as error:
                ui.error(str(error))
                return
            ui.go(visit, "collection", collection=str(made))


def _members(visit: Visit, cohort: Cohort) -> None:
    ui.heading("Members")
    found = queries.members(visit.db, visit.person.id, cohort.id)
    if not found:
        ui.note("Nobody yet. Invite people at the side.")
        return
    with st.expander(f"See {wording.count(len(found), 'member')}, or end a membership"):
        ui.table(
            ["Name", "E-mail", "Since"],
            [(one.name, one.email, wording.short_day(one.joined_at)) for one in found],
            alt=f"Members of {cohort.name}",
        )
        by_person = {one.person: one for one in found}
        who = st.selectbox(
            "End a membership",
            list(by_person),
            format_func=lambda one: f"{by_person[one].name} ({by_person[one].email})",
            index=None,
            placeholder="Choose somebody",
            key="run:whose",
        )
        if who is not None and st.button("End it", key="run:end"):
            commands.remove(visit.db, visit.person.id, cohort.id, member=who, at=visit.now)
            st.rerun()


def _about(visit: Visit, cohort: Cohort) -> None:
    ui.heading("What it is for")
    ui.user_text(cohort.purpose)
    readers = wording.listed(list(queries.reviewers(visit.db, cohort))) or "nobody yet"
    ui.note(f"Reviewers: {readers}.")
    ui.link(visit, "organisation", "Name a reviewer", key="run_reviewer")
    with st.expander("Numbers: stricter is possible, looser never"):
        now = cohort.thresholds
        group = _number("Smallest group", now.smallest_group, "group")
        chart = _number("Smallest chart", now.smallest_chart, "chart")
        guard = _number("Guard", now.guard, "guard")
        public = _number("Public use", now.public_use, "public")
        if st.button("Make stricter", key="run:tighten"):
            try:
                stricter = Thresholds(group, chart, guard, public)
                commands.tighten(visit.db, visit.person.id, cohort.id, stricter, at=visit.now)
            except LooserError as error:
                ui.error(str(error))
                return
            st.rerun()


def _number(label: str, least: int, key: str) -> int:
    return int(st.number_input(label, least, 1000, key=f"run:{key}", width=200))
