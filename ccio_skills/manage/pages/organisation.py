"""An organisation: who is who, what I am there; for administrators roles and invitations too."""

from __future__ import annotations

import streamlit as st

from ccio_skills import ui, wording
from ccio_skills.manage.pages import inviting
from ccio_skills.people import commands, queries, rules
from ccio_skills.people.queries import Grant, Organisation
from ccio_skills.ui import Visit
from ccio_skills.vocabulary import PersonId, Role


def show(visit: Visit) -> None:
    """Show the organisation I belong to; with several, the one I choose."""
    mine = queries.organisations(visit.db, visit.person.id)
    if not mine:
        with ui.page(visit, "Organisation", "You belong to no organisation here."):
            ui.note("An organisation is joined by an invitation.")
        return
    chosen = _choose(mine)
    is_administrator = Role.ADMINISTRATOR in chosen.roles
    grants = _grants(visit, chosen, is_administrator=is_administrator)
    with ui.page(visit, chosen.name, _lede(chosen)):
        main, aside = st.columns([3, 2], gap="large")
        # What is made at the side is listed in the middle: so the side comes first.
        with aside:
            if is_administrator:
                inviting.invite(visit, chosen)
                _change(visit, chosen, grants)
                ui.link(visit, "audit", "Read the audit trail", key="org_audit")
            _leave(visit, chosen)
        with main:
            _list(chosen, grants, is_administrator=is_administrator)
            if is_administrator:
                inviting.list_invitations(visit, chosen)


def _choose(mine: tuple[Organisation, ...]) -> Organisation:
    if len(mine) == 1:
        return mine[0]
    by_id = {one.id: one for one in mine}
    chosen = st.selectbox(
        "Organisation",
        list(by_id),
        format_func=lambda number: by_id[number].name,
        key="organisation:which",
        persist_state="session",
    )
    return by_id[chosen]


def _lede(chosen: Organisation) -> str:
    roles = wording.listed([wording.as_role(one) for one in sorted(chosen.roles)])
    return f"You are {roles} here." if roles else "You take part in one of its groups."


def _grants(
    visit: Visit, chosen: Organisation, *, is_administrator: bool
) -> tuple[Grant, ...] | None:
    """Return who is who, as far as the visitor may know; ``None`` where they may not."""
    me = visit.person.id
    if not queries.may(visit.db, me, rules.Right.SEE_OFFICERS, chosen.id):
        return None
    grants = queries.officers(visit.db, me, chosen.id)
    return grants + queries.members(visit.db, me, chosen.id) if is_administrator else grants


def _list(
    chosen: Organisation, grants: tuple[Grant, ...] | None, *, is_administrator: bool
) -> None:
    ui.heading("Who is who")
    if grants is None:
        ui.note("Who administers it is shown to its members.")
        return
    columns = ["Name", "Role", "Since"] + (["E-mail"] if is_administrator else [])
    ui.table(
        columns,
        [
            (one.name, _role(one), wording.short_day(one.granted_at), one.email)[: len(columns)]
            for one in grants
        ],
        alt=f"People of {chosen.name} and their roles",
    )
    ui.note(" ".join(wording.ROLE_MEANS.values()))


def _role(one: Grant) -> str:
    name = wording.ROLE_NAMES[one.role]
    return f"{name} of a group" if one.target else name


def _change(visit: Visit, chosen: Organisation, grants: tuple[Grant, ...] | None) -> None:
    ui.heading("Change a role")
    grants = grants or ()
    others = {one.person: one for one in grants if one.person != visit.person.id}
    if not others:
        ui.note("Nobody else belongs here yet.")
        return
    person = st.selectbox(
        "Whose?",
        list(others),
        format_func=lambda number: f"{others[number].name} ({others[number].email})",
        index=None,
        placeholder="Choose somebody",
        key="organisation:whose",
    )
    if person is None:
        return
    theirs = [one for one in grants if one.person == person]
    has = {one.role for one in theirs if not one.target}
    for role in (Role.REVIEWER, Role.ADMINISTRATOR):
        label = f"Make {wording.as_role(role)}"
        if role not in has and st.button(label, key=f"organisation:make:{role}"):
            _give(visit, chosen, person, role)
    for one in theirs:
        if st.button(f"End: {_role(one)}", key=f"organisation:end:{one.id}"):
            _end(visit, chosen, one.id)


def _give(visit: Visit, chosen: Organisation, to: PersonId, role: Role) -> None:
    try:
        commands.give_role(visit.db, visit.person.id, chosen.id, to=to, role=role, at=visit.now)
    except rules.NotAllowedError as error:
        ui.error(str(error))
        return
    st.rerun()


def _end(visit: Visit, chosen: Organisation, grant: int) -> None:
    try:
        commands.revoke(visit.db, visit.person.id, chosen.id, grant, at=visit.now)
    except (rules.NotAllowedError, commands.LastAdministratorError) as error:
        ui.error(str(error))
        return
    st.rerun()


def _leave(visit: Visit, chosen: Organisation) -> None:
    with st.expander("Lay down a role, or leave"):
        for one in queries.held(visit.db, visit.person.id):
            if one.organisation == chosen.id and not one.target:
                name = wording.ROLE_NAMES[one.role]
                if st.button(f"Stop being {name}", key=f"organisation:leave:{one.id}"):
                    _end(visit, chosen, one.id)
        ui.note("It counts at once. To come back you need an invitation.")
