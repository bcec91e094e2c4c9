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
    lede = f"{written} modules are written, {planned} are still to come. All of it is open."
    with ui.page(visit, "Library", lede):
        query, domain = _ask(visit)
        states = _states(visit)
        found = _found(visit.library, query, domain, states)
        if not found:
            ui.note("Nothing fits. Try fewer words, or set the boxes back to any.")
        _cards(visit, found, states)
        if query:
            _unwritten(visit, query)
        _paths(visit)
        ui.link(visit, "health", "How healthy is this library?", key="library_health")


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


def _found(library: Library, query: str, domain: str, states: dict[Slug, str]) -> list[Module]:
    level, state = st.session_state["library:level"], st.session_state["library:state"]
    most = _MINUTES[st.session_state["library:minutes"]]
    slugs = search.find(search.index(library), query) if query else tuple(library.module)
    modules = (library.module[slug] for slug in slugs)
    return [
        one
        for one in modules
        if domain in (_ANY, library.skill[one.skills[0]].domain)
        and level in (_ANY, one.level)
        and one.minutes <= most
        and state in (_ANY, states.get(one.slug, "not started"))
    ]


def _cards(visit: Visit, found: list[Module], states: dict[Slug, str]) -> None:
    pages = -(-len(found) // _A_PAGE)
    first = 0
    if pages > 1:
        number = st.pagination(pages, key="library:page")
        first = (number - 1) * _A_PAGE
    for row in range(first, min(first + _A_PAGE, len(found)), 3):
        columns = st.columns(3)
        for column, module in zip(columns, found[row : row + 3], strict=False):
            with column, st.container(key=f"mod_{module.slug}"):
                _card(visit, module, states.get(module.slug, ""))


def _card(visit: Visit, module: Module, state: str) -> None:
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
    label = {"started": "Go on reading", "finished": "Read again"}.get(state, "Open")
    ui.link(
        visit,
        "module",
        f"{label}: {module.code}",
        key=f"open_{module.slug}",
        params={"module": module.slug},
    )


def _unwritten(visit: Visit, query: str) -> None:
    words = query.casefold()
    coming = [
        one
        for one in visit.library.planned
        if words in one.title.casefold()
        or any(words in visit.library.skill[slug].title.casefold() for slug in one.skills)
    ]
    if coming:
        ui.heading("Still to be written")
        ui.rows((one.code, one.title, "") for one in coming)


def _paths(visit: Visit) -> None:
    ui.heading("Learning paths")
    for path in visit.library.path.values():
        with st.container(key=f"mod_path_{path.slug}"):
            written = [slug for slug in path.modules if slug in visit.library.module]
            ui.write(
                '<p class="cc-mid" role="heading" aria-level="3">{title}</p><p>{summary}</p>'
                '<p class="cc-meta"><span>{count}</span></p>',
                title=path.title,
                summary=path.summary,
                count=f"{len(written)} of {len(path.modules)} modules written",
            )
            ui.link(
                visit, "path", "Open the path", key=f"path_{path.slug}", params={"path": path.slug}
            )
