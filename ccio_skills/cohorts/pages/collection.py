"""One collection, for whoever runs it: open it, move its end, close it with progress shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import streamlit as st

from ccio_skills import ui, wording
from ccio_skills.cohorts import commands, queries
from ccio_skills.cohorts.queries import Cohort, Collection
from ccio_skills.cohorts.rules import wording as say
from ccio_skills.cohorts.rules.keys import CollectionId
from ccio_skills.cohorts.rules.ledger import AlteredError
from ccio_skills.cohorts.rules.stage import CollectionError, Stage
from ccio_skills.people.rules import NotAllowedError
from ccio_skills.ui import Visit

_DAY = timedelta(days=1)


def show(visit: Visit) -> None:
    """Show a collection that I run, and what may be done with it now."""
    asked = visit.params.get("collection", "")
    try:
        number = CollectionId(int(asked)) if asked.isdecimal() else CollectionId(0)
        found, cohorts = queries.check(visit.db, visit.person.id, number, now=visit.now)
    except NotAllowedError:
        with ui.page(visit, "Collection", "There is no such collection that you run."):
            ui.link(visit, "cohorts", "See your cohorts", key="collection_none")
        return
    with ui.page(visit, found.title, _lede(found)):
        main, aside = st.columns([5, 3], gap="large")
        with main:
            _numbers(visit, found, cohorts)
            if found.stage is Stage.PLANNED:
                _open(visit, found, cohorts)
            elif found.stage is not Stage.CLOSED:
                _close(visit, found)
            else:
                ui.note("Its reviewers see the charts now. What was sent is deleted.")
        with aside:
            if found.stage is not Stage.CLOSED:
                _move(visit, found)
            _asked(visit, found)
            for one in cohorts:
                ui.link(
                    visit,
                    "run-cohort",
                    f"Back to {one.name}",
                    key=f"collection_back_{one.id}",
                    params={"cohort": str(one.id)},
                )


def _lede(found: Collection) -> str:
    dates = found.dates
    last = wording.day(dates.last_day)
    return {
        Stage.PLANNED: f"Planned from {wording.day(dates.opens_at)} to {last}. Nothing is locked.",
        Stage.WAITING: f"Locked. Answers are taken from {wording.day(dates.opens_at)} to {last}.",
        Stage.OPEN: f"Open; its last day is {last}.",
        Stage.ENDED: f"Ended with {last}. Close it to publish its charts.",
        Stage.CLOSED: f"Closed on {wording.day(dates.closed_at or dates.closes_at)}.",
    }[found.stage]


def _numbers(visit: Visit, found: Collection, cohorts: tuple[Cohort, ...]) -> None:
    ui.heading("How many")
    told = [(one, queries.count_sizes(visit.db, one.id, found.id)) for one in cohorts]
    ui.rows(
        (f"{each.contributed} of {each.members}", one.name, "contributed; nobody is told who")
        for one, each in told
    )


def _open(visit: Visit, found: Collection, cohorts: tuple[Cohort, ...]) -> None:
    ui.heading("Before you open it")
    for one in cohorts:
        foreseen = queries.forecast(visit.db, visit.person.id, one.id)
        ui.rows([("Forecast", one.name, say.forecast(foreseen))])
    ui.note("Opening locks its questions and its numbers. Members are not told by e-mail.")
    if st.button("Open the collection", type="primary", key="collection:open"):
        _do(lambda: commands.open_collection(visit.db, visit.person.id, found.id, at=visit.now))
    if st.button("Discard the plan", key="collection:discard") and _succeeds(
        lambda: commands.discard(visit.db, visit.person.id, found.id, at=visit.now)
    ):
        ui.go(visit, "cohorts")


def _close(visit: Visit, found: Collection) -> None:
    ui.heading("Close it")
    ui.note(
        "Closing publishes the charts once, for good, and deletes what was sent. It cannot be "
        "undone, and nothing can be added."
    )
    is_early = found.stage is not Stage.ENDED
    sure = not is_early or st.checkbox("Close it before its last day", key="collection:early")
    if not st.button("Close and publish", type="primary", disabled=not sure, key="collection:go"):
        return
    bar = st.progress(0.0, text="Closing")
    if _succeeds(
        lambda: commands.close(
            visit.db,
            visit.person.id,
            found.id,
            at=visit.now,
            progress=lambda share, words: bar.progress(share, text=words),
        )
    ):
        st.rerun()


def _move(visit: Visit, found: Collection) -> None:
    ui.heading("Last day")
    last = found.dates.last_day
    day = st.date_input("Last day", last, key="collection:last", format="DD/MM/YYYY")
    if day != last and st.button("Move it", key="collection:move"):
        closes_at = datetime.combine(day, time(), UTC) + _DAY
        _do(
            lambda: commands.move_end(
                visit.db, visit.person.id, found.id, closes_at=closes_at, at=visit.now
            )
        )


def _asked(visit: Visit, found: Collection) -> None:
    items = queries.items_of(visit.db, found.id)
    with st.expander(f"What it asks: {wording.count(len(items), 'question')}"):
        ui.table(
            ["Part", "Question"], [(one.section, one.title) for one in items], alt="What it asks"
        )


def _do(work: Callable[[], object]) -> None:
    if _succeeds(work):
        st.rerun()


def _succeeds(work: Callable[[], object]) -> bool:
    try:
        work()
    except (CollectionError, NotAllowedError) as error:
        ui.error(str(error))
        return False
    except AlteredError as error:
        ui.error(
            f"{error} So nothing is added to it, and what was sent stays. Tell whoever runs this "
            "installation: a copy of the store from before has to be restored."
        )
        return False
    return True
