"""Contribute to a collection: exactly what would be sent, the receipt, and taking it back."""

from __future__ import annotations

import streamlit as st

from ccio_skills import ui, wording
from ccio_skills.assess import queries as assess_queries
from ccio_skills.cohorts import commands, queries
from ccio_skills.cohorts.queries import Collection
from ccio_skills.cohorts.rules import instrument
from ccio_skills.cohorts.rules.items import Item
from ccio_skills.cohorts.rules.stage import CollectionError, Stage
from ccio_skills.people.rules import NotAllowedError
from ccio_skills.ui import Visit


def show(visit: Visit) -> None:
    """Show what would be sent to a collection, and send it."""
    chosen = visit.params.get("collection", "")
    offered = queries.to_contribute(visit.db, visit.person.id, now=visit.now)
    found = next((one for one in offered if str(one.id) == chosen), None)
    if found is None or found.stage is not Stage.OPEN:
        with ui.page(visit, "Contribute", "There is no such collection open to you now."):
            ui.link(visit, "cohorts", "See your cohorts", key="contribute_back")
        return
    items = queries.items_of(visit.db, found.id)
    current = assess_queries.current_ratings(visit.db, visit.person.id)
    levels = {visit.library.skill_now(slug): one.level for slug, one in current.items()}
    answers = instrument.answers_of(levels, items=items)
    lede = f"Its last day is {wording.day(found.dates.last_day)}. Nothing is sent until you press."
    with ui.page(visit, found.title, lede):
        main, aside = st.columns([5, 3], gap="large")
        with aside:
            _send(visit, found, answers)
        with main:
            _preview(items, answers)


def _preview(items: tuple[Item, ...], answers: dict[str, int]) -> None:
    given = sum(code >= 0 for code in answers.values())
    ui.heading("What would be sent")
    ui.note(
        f"{given} of {wording.count(len(items), 'answer')}, and nothing else: no name, no date, no "
        "evidence, no words of yours. Levels 0 and 1 are sent as one."
    )
    ui.table(
        ["Question", "Your answer"],
        [(one.title, instrument.say_answer(one, answers.get(one.key))) for one in items],
        alt="What would be sent, question by question",
    )


def _send(visit: Visit, found: Collection, answers: dict[str, int]) -> None:
    kept = f"contribute:code:{found.id}"
    ui.heading("Send it")
    has_sent = queries.has_contributed(visit.db, visit.person.id, found.id)
    ui.note(
        "You have contributed. Sending again replaces it, and gives a new code."
        if has_sent
        else "You get a code that proves that your answers arrived. It is shown once."
    )
    label = "Send again" if has_sent else "Contribute these answers"
    is_empty = not any(code >= 0 for code in answers.values())
    if is_empty:
        ui.note("You have answered none of these questions yet.")
        ui.link(visit, "rate", "Rate my skills", key="contribute_rate")
    if st.button(label, type="primary", disabled=is_empty, key="contribute:send"):
        try:
            code = commands.contribute(visit.db, visit.person.id, found.id, answers, at=visit.now)
        except (CollectionError, NotAllowedError) as error:
            ui.error(str(error))
            return
        st.session_state[kept] = code
        st.rerun()
    if shown := st.session_state.get(kept):
        ui.saved("Received. Note the code: it is not kept and cannot be shown again.")
        st.code(shown, language=None)
    if has_sent and st.button("Withdraw it", key="contribute:withdraw"):
        _withdraw(visit, found, kept)


def _withdraw(visit: Visit, found: Collection, kept: str) -> None:
    try:
        commands.withdraw(visit.db, visit.person.id, found.id, at=visit.now)
    except CollectionError as error:
        ui.error(str(error))
        return
    st.session_state.pop(kept, None)
    st.rerun()
