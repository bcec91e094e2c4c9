"""A cohort for its reviewers: domains first, a domain's skills on demand, words, table, files."""

from __future__ import annotations

import streamlit as st

from ccio_skills import paper, ui, wording
from ccio_skills.cohorts import charts
from ccio_skills.cohorts.pages import choosing
from ccio_skills.cohorts.queries import Participation, Reviewed
from ccio_skills.cohorts.rules import telling
from ccio_skills.cohorts.rules import wording as say
from ccio_skills.cohorts.rules.cohort_chart import CohortChart
from ccio_skills.cohorts.rules.desk import Sheet
from ccio_skills.cohorts.rules.domains import Domain, domains, tiers
from ccio_skills.cohorts.rules.measures import Tier
from ccio_skills.cohorts.rules.released import Released
from ccio_skills.ui import Visit, glyphs
from ccio_skills.vocabulary import Level

_LEDE = "Group figures of the cohorts that you review. Nobody's own answers, and no names."
_GLYPHS = {Tier.CLEAR: "clear", Tier.MIXED: "some", Tier.FINE: "met"}


def show(visit: Visit) -> None:
    """Show the charts of a cohort that I review."""
    cohorts = choosing.find(visit)
    with ui.page(visit, "Charts", _LEDE):
        if not cohorts:
            ui.note("You review no cohort yet. Its administrator can give you the role.")
            return
        with st.container(horizontal=True, key="charts_choice"):
            cohort = choosing.pick("Cohort", cohorts, lambda one: one.name, key="cohort")
            reviewing = choosing.read(visit, cohort)
            if reviewing and reviewing.collections:
                collection = choosing.pick_collection(reviewing, key=f"at_{cohort.id}")
                sheet = choosing.pick_sheet(visit, collection, cohort, key=str(cohort.id))
        if reviewing is None:
            return
        if not reviewing.collections:
            choosing.nothing_yet(visit, cohort)
            return
        _sheet(visit, cohort, sheet, choosing.count(visit, cohort, collection))


def _sheet(visit: Visit, cohort: Reviewed, sheet: Sheet, told: Participation) -> None:
    ui.heading(sheet.title)
    covered = sheet.chart.value.people if sheet.chart else 0
    if sheet.group is None:
        took_part = telling.took_part(told.contributed, told.members, covered=covered)
        ui.write('<p class="cc-big">{words}</p>', words=took_part)
    if sheet.chart is None:
        ui.note(sheet.words)
        ui.note(telling.NO_CHART_MEANS)
        return
    if sheet.group is not None:
        ui.write('<p class="cc-big">{words}</p>', words=sheet.words)
    main, aside = st.columns([5, 3], gap="large")
    with main:
        _pictures(sheet, sheet.chart)
    with aside:
        _files(sheet.chart)
        _reading(sheet.chart.value, told if sheet.group is None else None)
        _onward(visit, cohort)


def _pictures(sheet: Sheet, chart: Released[CohortChart]) -> None:
    found = [one for one in domains(chart) if one.categories]
    _key(chart.value)
    if len(found) > 1:
        ui.heading("By domain")
        ui.note(telling.ANSWERS)
        ui.draw(charts.domain_figure(chart), key="charts_domains", csv=sheet.csv_of_chart)
    # In the order of the questions: the order by share changes with the targets.
    names = list(dict.fromkeys(one.item.section for one in chart.value.bars))
    name = choosing.pick("Show the skills of", names, str, key="domain")
    domain = next(one for one in domains(chart) if one.name == name)
    ui.heading(name or "Questions")
    figure = charts.skill_figure(chart, name)
    ui.draw(figure, key="charts_skills", csv=sheet.csv_of_chart)
    ui.download(
        "These skills as a picture",
        lambda: paper.as_png(charts.picture_document(chart, name)),
        file_name="cohort-skills.png",
        mime="image/png",
        key="charts:skills_png",
    )
    _words(domain, chart.value)


def _words(domain: Domain, chart: CohortChart) -> None:
    with st.expander("In words", key="charts_words"):
        for one in domain.bars:
            ui.write(
                '<p><b>{title}</b></p><p class="cc-mute">{words}</p>',
                title=one.item.title,
                words=say.bar(one, members=chart.caption.members),
            )


def _key(chart: CohortChart) -> None:
    levels = "".join(
        f'<span><i class="cc-swatch" style="background:var(--l{level:d})"></i>'
        f"{wording.level_name(level)}{' or below' if level is Level.AWARE else ''}</span>"
        for level in Level
        if level
    )
    if all(len(one.item.categories) == len(Level) - 1 for one in chart.bars):
        joint = '<span><i class="cc-swatch cc-joint"></i>1 or 2, not told apart</span>'
        ui.write(
            f'<div class="cc-key">{levels}<span><i class="cc-swatch cc-hatch"></i>not shown</span>'
            f"{joint if any((0, 1) in one.parts for one in chart.bars) else ''}</div>"
        )
        ui.note(
            "Left of the line: up to 2, with support. Right of it: 3 and above, on one's own. The "
            "numbers in the bars are counts."
        )


def _reading(chart: CohortChart, told: Participation | None) -> None:
    ui.heading("Skills by tier")
    for tier, bars in tiers(chart.bars, members=chart.caption.members).items():
        # What needs nobody's attention is counted and not listed.
        shown = [one.item.title for one in bars if tier is not Tier.FINE]
        titles = wording.listed(shown) if shown else ""
        glyph = glyphs.TIERS[_GLYPHS[tier]]
        ui.write(
            f'<div class="cc-tiers">{glyph}<span class="n">{{number}}</span>'
            '<span>{words}</span></div><p class="cc-mute">{titles}</p>',
            number=len(bars),
            words=say.TIERS[tier],
            titles=titles,
        )
    ui.note("Tiers, not ranks: the order of the bars says little, at seven people nothing.")
    ui.heading("What is not in it")
    left_out = telling.not_in_chart(told.contributed, chart) if told else ""
    for words in (left_out, telling.hidden(chart), say.rules(chart.caption.thresholds)):
        if words:
            ui.note(words)


def _files(chart: Released[CohortChart]) -> None:
    ui.heading("Take it with you")
    ui.note("The same figures and words. The tables below the charts have the CSV.")
    ui.download(
        "Report as PDF",
        lambda: paper.as_pdf(charts.report_document(chart)),
        file_name="cohort-report.pdf",
        mime="application/pdf",
        key="charts:pdf",
    )
    ui.download(
        "Domains as a picture",
        lambda: paper.as_png(charts.picture_document(chart)),
        file_name="cohort-domains.png",
        mime="image/png",
        key="charts:png",
    )


def _onward(visit: Visit, cohort: Reviewed) -> None:
    ui.heading("Go on")
    params = {"cohort": str(cohort.id)}
    ui.link(visit, "training-needs", "Training needs", key="charts_needs", params=params)
    ui.link(visit, "beside", "Two collections side by side", key="charts_beside", params=params)
