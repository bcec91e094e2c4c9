"""Joining a cohort: what its reviewers will see, what is promised, and an act of agreeing."""

from __future__ import annotations

import streamlit as st

from ccio_skills import ui, wording
from ccio_skills.cohorts import commands, queries
from ccio_skills.cohorts.pages import seen
from ccio_skills.cohorts.queries import Cohort
from ccio_skills.cohorts.rules.keys import GroupId
from ccio_skills.people import queries as people_queries
from ccio_skills.people import rules as people_rules
from ccio_skills.ui import Visit
from ccio_skills.vocabulary import Role

_RATHER_NOT = "Rather not say"


def show(visit: Visit) -> None:
    """Show a cohort to whoever has its link or code, and let them join."""
    token = visit.params.get("token", "")
    if not token:
        _ask_for_code(visit)
        return
    cohort = queries.invited_to(visit.db, token, now=visit.now)
    invitation = people_queries.invitation(visit.db, token, now=visit.now)
    if cohort is None or invitation is None:
        with ui.page(visit, "Join a cohort", "This link or code leads to no cohort."):
            ui.note("Check that you copied all of it, or ask whoever sent it for a new one.")
        return
    name = cohort.name
    if any(one.cohort.id == cohort.id for one in queries.memberships(visit.db, visit.person.id)):
        with ui.page(visit, f"You are in {name}", "Nothing is shared until you contribute."):
            ui.link(visit, "cohorts", "See your cohorts", key="joined_cohorts")
        return
    lede = f"{invitation.organisation_name} invites you. Read first what would be seen of you."
    with ui.page(visit, f"Join {name}", lede):
        if invitation.state is not people_rules.State.OPEN:
            ui.note(f"{invitation.state} Ask for a new one.")
            return
        _tell(visit, cohort)
        if Role.VISITOR in visit.person.roles:
            ui.heading("To join, sign in")
            ui.sign_in(visit, "join-cohort")
            return
        _agree(visit, cohort, token)


def _ask_for_code(visit: Visit) -> None:
    with ui.page(visit, "Join a cohort", "You need the link or the code of an invitation."):
        code = st.text_input("Code of the invitation", key="join-cohort:code", width=480)
        if st.button("Show the cohort", type="primary", key="join-cohort:show"):
            ui.go(visit, "join-cohort", token=code.strip().rpartition("token=")[2])


def _tell(visit: Visit, cohort: Cohort) -> None:
    ui.heading("What it is for")
    ui.user_text(cohort.purpose)
    ui.heading("What will they see?")
    readers = queries.reviewers(visit.db, cohort)
    ui.note(
        f"These people see its charts now: {wording.listed(list(readers))}."
        if readers
        else "Nobody sees its charts yet. Whoever is named later is listed on your page of cohorts."
    )
    ui.note("Administrators of the cohort see your name and e-mail address, and no chart.")
    seen.draw_sample(visit, cohort)
    promise = cohort.promise
    ui.bullets("What is promised", promise.kept)
    ui.bullets("What is not promised", promise.not_kept)
    ui.bullets("What leaving does", promise.leaving)


def _agree(visit: Visit, cohort: Cohort, token: str) -> None:
    ui.heading("Join")
    groups = _choose_groups(cohort)
    agreed = st.checkbox(
        "I have read what they will see, what is promised and what is not", key="join-cohort:agreed"
    )
    if not st.button(
        f"Join {cohort.name}", type="primary", disabled=not agreed, key="join-cohort:join"
    ):
        return
    try:
        commands.join(
            visit.db,
            visit.person.id,
            token,
            promise=cohort.promise.version,
            groups=groups,
            at=visit.now,
        )
    except (people_rules.InvitationError, commands.PromiseError) as error:
        ui.error(str(error))
        return
    # The menu was drawn for the roles of a moment ago.
    st.rerun()


def _choose_groups(cohort: Cohort) -> list[GroupId]:
    if not cohort.groups:
        return []
    ui.note(
        "Charts may be drawn for parts of the cohort, under the same rules. What you choose here "
        "counts for your first chart; later changes are void."
    )
    chosen = []
    for breakdown, parts in cohort.breakdowns().items():
        names = {one.name: one.id for one in parts}
        name = st.selectbox(
            breakdown, [_RATHER_NOT, *names], key=f"join-cohort:{breakdown}", width=480
        )
        chosen += [names[name]] if name in names else []
    return chosen
