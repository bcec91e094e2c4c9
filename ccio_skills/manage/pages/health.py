"""Content health: what the library covers, what is late, and what it leans on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

import streamlit as st

from ccio_skills import ui, wording
from ccio_skills.assess import queries as assess_queries
from ccio_skills.assess.rules import gaps as gap_rules
from ccio_skills.library import Library
from ccio_skills.manage import rules
from ccio_skills.manage.rules import Coverage, Health, Leaning
from ccio_skills.people import queries as people_queries
from ccio_skills.ui import Visit
from ccio_skills.vocabulary import LEVEL_NAMES, Level

_NO_STEP = "No step from level 1 to 4 has"
_KEY = (
    "2 modules: two modules are about this skill at this level. +1: one more helps with it. "
    "At work: no module, but something to do at work. The fifth level is reached at work only."
)


def show(visit: Visit) -> None:
    """Show how healthy the library is, and the person's own gaps that it does not serve."""
    health = rules.examine(visit.library, today=visit.now.date())
    with ui.page(visit, "How healthy is this library?", _lede(health, visit.library)):
        main, aside = st.columns([7, 3], gap="large")
        with main:
            _draw_coverage(visit.library, health)
            _list_weak(health.weak)
        with aside:
            _list_reviews(health)
            _list_drafts(health)
            _list_own_gaps(visit)


def _lede(health: Health, library: Library) -> str:
    nothing = sum(cell.is_nothing for cells in health.coverage.values() for cell in cells)
    modules = wording.count(len(library.module), "module serves", "modules serve")
    reviewed = len(library.module) - health.unreviewed
    return (
        f"{modules} {wording.count(len(library.skill), 'skill')}. "
        f"{_NO_STEP if not nothing else wording.count(nothing, 'step has', 'steps have')} neither "
        "a module nor something to do at work. "
        f"A named clinician has reviewed {reviewed or 'none'} of the modules."
    )


def _draw_coverage(library: Library, health: Health) -> None:
    ui.heading("Each skill at each level")
    ui.note(_KEY)
    groups = (
        (
            domain.title,
            [
                (skill.title, [_cell(one) for one in health.coverage[skill.slug]])
                for skill in library.skills_of(domain.slug)
            ],
        )
        for domain in library.domains
    )
    columns = [ui.Cell("else", str(int(one)), LEVEL_NAMES[one]) for one in rules.LEVELS]
    named = wording.listed([wording.level_name(one) for one in rules.LEVELS])
    ui.matrix(f"Modules by the level they teach: {named}", "Skill", columns, groups)
    ui.download(
        "Download as CSV",
        lambda: _as_csv(library, health),
        file_name="content-health.csv",
        mime="text/csv",
        key="health:csv",
    )


def _cell(found: Coverage) -> ui.Cell:
    more = f"+{found.others}" if found.others else ""
    if found.main:
        noun = "module" if found.main == 1 else "modules"
        return ui.Cell("much" if found.main > 1 else "some", str(found.main), noun, more)
    if more:
        return ui.Cell("some", more, "helps" if found.others == 1 else "help")
    return ui.Cell("else", "at work") if found.is_at_work else ui.Cell("none", "nothing")


def _as_csv(library: Library, health: Health) -> bytes:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["code", "skill", "level", "modules", "others_that_help", "at_work"])
    for slug, skill in library.skill.items():
        for level, one in zip(rules.LEVELS, health.coverage[slug], strict=True):
            at_work = "yes" if one.is_at_work else "no"
            rows.writerow([skill.code, skill.title, int(level), one.main, one.others, at_work])
    return out.getvalue().encode("utf-8-sig")


def _list_reviews(health: Health) -> None:
    ui.heading("Overdue reviews")
    if health.overdue:
        ui.rows((one.code, one.title, wording.day(one.review_by)) for one in health.overdue)
        return
    coming = health.next_due
    day = f" The next is {coming.code}, on {wording.day(coming.review_by)}." if coming else ""
    ui.note(f"None.{day}")


def _list_drafts(health: Health) -> None:
    ui.heading("Drafts")
    if health.drafts:
        ui.rows((one.kind, one.title, "") for one in health.drafts)
    else:
        ui.note("None: learners see everything that is written.")


def _list_own_gaps(visit: Visit) -> None:
    ui.heading("Your gaps that no module serves")
    me = people_queries.settings(visit.db, visit.person.id)
    ratings = assess_queries.current_ratings(visit.db, visit.person.id)
    if me is None or not ratings:
        ui.note("Rate some skills, and steps of yours that no module reaches stand here.")
        ui.link(visit, "rate" if me else "home", "Rate my skills", key="health_rate")
        return
    gaps = gap_rules.find_gaps(ratings, library=visit.library, profile=me.profile)
    found = rules.find_unserved(gaps, library=visit.library)
    if not found:
        ui.note("None: a module serves each step of the gaps you rated.")
        return
    ui.rows(
        (
            visit.library.skill[one.skill].code,
            visit.library.skill[one.skill].title,
            _instead(one),
        )
        for one in found
    )


def _instead(one: rules.Unserved) -> str:
    step = f"To {wording.level_name(Level(one.step))}"
    return f"{step}. At work: {one.action.title}" if one.action else f"{step}. Nothing yet."


def _list_weak(weak: Sequence[Leaning]) -> None:
    ui.heading("Facts that are less than verified")
    ui.note(
        "Modules lean on these. Grade Vs: only a secondary source was seen. "
        "Grade K: own knowledge, not verified. Both are worded with care, or should be."
    )
    for grade, words in (("K", "own knowledge"), ("Vs", "secondary sources")):
        facts = [one for one in weak if one.fact.grade == grade]
        if facts:
            label = f"Grade {grade}, {words}: {wording.count(len(facts), 'fact')}"
            with st.expander(label, key=f"health:weak:{grade}"):
                ui.rows(_fact_rows(facts))


def _fact_rows(facts: Sequence[Leaning]) -> Iterator[tuple[str, str, str]]:
    for one in facts:
        codes = wording.listed([module.code for module in one.modules])
        yield one.fact.id, one.fact.topic, f"{one.fact.text} In {codes}."
