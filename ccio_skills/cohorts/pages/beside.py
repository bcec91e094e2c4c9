"""Two collections of a cohort side by side, in words that claim no more than they can."""

from __future__ import annotations

import streamlit as st

from ccio_skills import ui
from ccio_skills.cohorts import charts
from ccio_skills.cohorts.pages import choosing
from ccio_skills.cohorts.pages.choosing import Reviewing
from ccio_skills.cohorts.rules import desk, telling
from ccio_skills.cohorts.rules.cohort_chart import CohortChart
from ccio_skills.cohorts.rules.desk import Sheet
from ccio_skills.cohorts.rules.released import Released
from ccio_skills.ui import Visit

_LEDE = "Two closed collections of one cohort, each as it was published."


def show(visit: Visit) -> None:
    """Show two collections of a cohort that I review."""
    cohorts = choosing.find(visit)
    with ui.page(visit, "Two collections side by side", _LEDE):
        if not cohorts:
            ui.note("You review no cohort yet. Its administrator can give you the role.")
            return
        with st.container(horizontal=True, key="beside_choice"):
            cohort = choosing.pick("Cohort", cohorts, lambda one: one.name, key="beside_cohort")
            reviewing = choosing.read(visit, cohort)
            pair = _pick(reviewing) if reviewing and len(reviewing.collections) > 1 else None
        ui.link(visit, "charts", "Back to the charts", key="beside_back",
                params={"cohort": str(cohort.id)})  # fmt: skip
        if reviewing and pair is None:
            ui.note("Two collections must have closed before they can stand side by side.")
        if pair:
            _sheets(*pair)


def _pick(reviewing: Reviewing) -> tuple[Sheet, Sheet]:
    """Return the earlier and the later of two, whichever way round they were chosen."""
    key = f"beside_{reviewing.cohort.id}"
    later = choosing.pick_collection(reviewing, label="Later", key=f"{key}_later")
    rest = tuple(one for one in reviewing.collections if one is not later)
    others = Reviewing(reviewing.cohort, rest)
    earlier = choosing.pick_collection(others, label="Earlier", key=f"{key}_earlier")
    both = sorted([earlier, later], key=lambda one: one.value.header.closed_at)
    first, second = (desk.sheet(one, reviewing.cohort.key) for one in both)
    return first, second


def _sheets(earlier: Sheet, later: Sheet) -> None:
    for column, sheet, name in zip(
        st.columns(2, gap="large"), (earlier, later), ("earlier", "later"), strict=True
    ):
        with column:
            ui.heading(sheet.title)
            ui.note(sheet.words)
            if sheet.chart:
                figure = charts.domain_figure(sheet.chart, is_as_asked=True)
                ui.draw(figure, key=f"beside_{name}", csv=sheet.csv_of_chart)
    if earlier.chart is None or later.chart is None:
        ui.note("One of them has no chart, so there is nothing to put beside the other.")
        return
    ui.heading("What may be said")
    ui.note(telling.UNRELATED)
    _words(earlier.chart, later.chart)


def _words(earlier: Released[CohortChart], later: Released[CohortChart]) -> None:
    before = {one.item.key: one for one in earlier.value.bars}
    ui.table(
        ["Question", "Earlier and later"],
        [
            (one.item.title, telling.beside(before[one.item.key], one))
            for one in later.value.bars
            if one.item.key in before and before[one.item.key].item == one.item
        ],
        alt="Each question in both collections, in words",
    )
