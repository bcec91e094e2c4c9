"""Library: find a module or a path by words, domain, level, minutes and state."""

from __future__ import annotations

import streamlit as st

from ccio_skills import ui, wording
from ccio_skills.learn import queries
from ccio_skills.learn.rules import search
from ccio_skills.library import Library, Module
from ccio_skills.ui import Visit
from ccio_skills.vocabulary import LEVEL_NAMES, Level, Slug

_A_PAGE = 12
_ANY = "any"
_STATES = ("any", "not started", "started", "finished")
_MINUTES = {_ANY: 999, "up to 30 minutes": 30, "up to 40 minutes": 40}


def show(visit: Visit) -> None:
    """Show the modules that fit, at most twelve at a time, and the paths."""
    written, planned = len(visit.library.module), len(visit.library.planned)
    coming = f", {planned} are still to come" if planned else ""
    lede = f"{written} modules are written{coming}. All of it is open."
    with ui.page(visit, "Library", lede):
        query, domain = _ask(visit)
        states = _states(visit)
        fitting = _fitting(visit.library, query)
        found = [one for one in fitting if _is_wanted(one, visit.library, domain, states)]
        if not found:
            _nothing(visit, query, len(fitting))
        _cards(visit, found, states, query)
        if query:
            _unwritten(visit, query)
        _paths(visit)
        ui.link(visit, "health", "How healthy is this library?", key="library_health")
        ui.link(visit, "glossary", "Glossary: words of the trade", key="glossary")
        if visit.library.survey:
            ui.link(visit, "survey-2012", "The first survey, 2012", key="library_survey")


def _ask(visit: Visit) -> tuple[str, str]:
    query = st.text_input(
        "Search titles, skills and text",
        key="library:query",
        max_chars=100,
        placeholder="for example: safety case, IG, software development",
    )
    boxes = st.columns(4)
    names = {_ANY: _ANY} | {one.slug: one.short for one in visit.library.domains}
    with boxes[0]:
        domain = st.selectbox(
            "Domain", list(names), format_func=names.__getitem__, key="library:domain"
        )
    with boxes[1]:
        levels = [_ANY, *range(1, 5)]
        st.selectbox("Level", levels, format_func=_level_words, key="library:level")
    with boxes[2]:
        st.selectbox("Minutes", list(_MINUTES), key="library:minutes")
    with boxes[3]:
        st.selectbox("State", _STATES, key="library:state")
    return query.strip(), domain


def _level_words(level: object) -> str:
    return f"{level} {LEVEL_NAMES[Level(level)]}" if isinstance(level, int) else str(level)


def _states(visit: Visit) -> dict[Slug, str]:
    started = queries.readings(visit.db, visit.person.id)
    done = queries.finished(visit.db, visit.person.id)
    return dict.fromkeys(started, "started") | dict.fromkeys(done, "finished")


def _fitting(library: Library, query: str) -> list[Module]:
    if not query:
        return list(library.module.values())
    return [library.module[hit.slug] for hit in search.find(search.index(library), query)]


def _is_wanted(module: Module, library: Library, domain: str, states: dict[Slug, str]) -> bool:
    level, state = st.session_state["library:level"], st.session_state["library:state"]
    return (
        domain in (_ANY, library.skill[module.skills[0]].domain)
        and level in (_ANY, module.level)
        and module.minutes <= _MINUTES[st.session_state["library:minutes"]]
        and state in (_ANY, states.get(module.slug, "not started"))
    )


def _nothing(visit: Visit, query: str, fitting: int) -> None:
    if fitting and query:
        fit = wording.count(fitting, "module fits", "modules fit")
        ui.note(f"{fit} your words, but none fits the boxes too. Set the boxes back to any.")
    elif fitting:
        ui.note("Nothing fits. Set the boxes back to any.")
    else:
        ui.note(
            "Nothing fits. Try another word for it, or fewer words; "
            "a single letter or digit finds nothing."
        )
        ui.link(visit, "plan", "Or see what your plan suggests", key="nothing")


def _cards(visit: Visit, found: list[Module], states: dict[Slug, str], query: str) -> None:
    pages = -(-len(found) // _A_PAGE)
    first = 0
    if pages > 1:
        number = st.pagination(pages, key="library:page")
        first = (number - 1) * _A_PAGE
    shown = found[first : first + _A_PAGE]
    reasons = _reasons(visit.library, query, shown)
    for row in range(0, len(shown), 3):
        columns = st.columns(3)
        for column, module in zip(columns, shown[row : row + 3], strict=False):
            with column, st.container(key=f"mod_{module.slug}"):
                _card(visit, module, states.get(module.slug, ""), reasons.get(module.slug, ""))


def _reasons(library: Library, query: str, shown: list[Module]) -> dict[Slug, str]:
    if not query:
        return {}
    return search.find_lines(search.index(library), query, [one.slug for one in shown])


def _card(visit: Visit, module: Module, state: str, reason: str) -> None:
    skill = visit.library.skill[module.skills[0]]
    ui.write(
        '<p class="cc-eyebrow">{domain}</p><p class="cc-mid" role="heading" aria-level="2">{title}'
        '</p><p class="cc-meta"><b>{minutes}</b><span>{level}</span><span>{state}</span></p>',
        domain=visit.library.domain[skill.domain].short,
        title=module.title,
        minutes=wording.count(module.minutes, "minute"),
        level=f"level {module.level} {LEVEL_NAMES[Level(module.level)]}",
        state=state,
    )
    if reason:
        ui.write('<p class="cc-why">{reason}</p>', reason=reason)
    label = {"started": "Go on reading", "finished": "Read again"}.get(state, "Open")
    ui.link(
        visit,
        "module",
        f"{label}: {module.code}",
        key=f"open_{module.slug}",
        params={"module": module.slug},
    )


def _unwritten(visit: Visit, query: str) -> None:
    skill = visit.library.skill
    coming = [
        one
        for one in visit.library.planned
        if search.mentions(
            " ".join([one.title, *(skill[slug].title for slug in one.skills)]), query
        )
    ]
    if coming:
        ui.heading("Still to be written")
        ui.rows((one.code, one.title, "") for one in coming)


def _paths(visit: Visit) -> None:
    ui.heading("Learning paths")
    titles = [path.title for path in visit.library.path.values()]
    if titles:
        ui.note(f"Modules in an order, each way with a task at its end: {wording.listed(titles)}.")
    ui.link(visit, "paths", "See the learning paths", key="library_paths")
