"""Training needs: where a cohort is below a role's targets, beside what the library offers."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from ccio_skills import paper, ui, wording
from ccio_skills.cohorts import charts
from ccio_skills.cohorts.pages import choosing
from ccio_skills.cohorts.rules import telling
from ccio_skills.cohorts.rules.desk import Sheet
from ccio_skills.cohorts.rules.needs import Need, find_needs, to_commission
from ccio_skills.ui import Visit

_LEDE = "Where a cohort may lack what a role asks for, and what the library has for it."


def show(visit: Visit) -> None:
    """Show what to commission for a cohort that I review."""
    cohorts = choosing.find(visit)
    with ui.page(visit, "Training needs", _LEDE):
        if not cohorts:
            ui.note("You review no cohort yet. Its administrator can give you the role.")
            return
        with st.container(horizontal=True, key="needs_choice"):
            cohort = choosing.pick("Cohort", cohorts, lambda one: one.name, key="needs_cohort")
            reviewing = choosing.read(visit, cohort)
            if reviewing and reviewing.collections:
                key = f"needs_{cohort.id}"
                collection = choosing.pick_collection(reviewing, key=key)
                sheet = choosing.pick_sheet(visit, collection, cohort, key=key)
        ui.link(visit, "charts", "Back to the charts", key="needs_back",
                params={"cohort": str(cohort.id)})  # fmt: skip
        if reviewing is None:
            return
        if not reviewing.collections:
            choosing.nothing_yet(visit, cohort)
            return
        _sheet(visit, sheet)


def _sheet(visit: Visit, sheet: Sheet) -> None:
    ui.heading(sheet.title)
    ui.note(sheet.words)
    if sheet.chart is None:
        ui.note(telling.NO_CHART_MEANS)
        return
    found = find_needs(sheet.chart, library=visit.library, today=visit.now.date())
    if not found:
        ui.note("No clear or mixed gap against these targets, so there is nothing to commission.")
        return
    ordered, chart = to_commission(found), sheet.chart
    _commission(ordered)
    _every(found)
    ui.download(
        "Download to print, as PDF",
        lambda: paper.as_pdf(charts.needs_document(chart, to_commission=ordered, every=found)),
        file_name="training-needs.pdf",
        mime="application/pdf",
        key="needs:pdf",
    )


def _commission(needs: tuple[Need, ...]) -> None:
    ui.heading("To commission or renew")
    if not needs:
        ui.note("The library has a module in date for every gap.")
        return
    ui.note(telling.ORDER)
    ui.rows(
        (str(place), one.title, f"{one.words}; {one.reached}")
        for place, one in enumerate(needs, start=1)
    )


def _every(needs: tuple[Need, ...]) -> None:
    ui.heading("Every gap and what the library has")
    ui.note("A module counts where it is of that level and about the skill, first or besides.")
    ui.rows(
        (
            wording.count(len(levels), "level"),
            title,
            "; ".join(one.words for one in levels),
        )
        for title, levels in (
            (title, [*each]) for title, each in groupby(needs, key=lambda one: one.title)
        )
    )
