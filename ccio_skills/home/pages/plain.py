"""Pages of plain text from the content library: about, privacy, help, and documents to adapt."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType

import streamlit as st

from ccio_skills import library, ui
from ccio_skills.ui import Page, Visit
from ccio_skills.vocabulary import Role

_EVERYBODY = frozenset({Role.VISITOR, Role.LEARNER})

_DOCUMENTS = MappingProxyType(
    {
        "data-protection-impact-assessment": "Data protection impact assessment, to adapt",
        "not-a-clinical-system": "Why this is most likely not a clinical system",
    }
)
"""Papers for an organisation that runs the app for others, with the words of their links."""

_SURVEY = "survey-2012"
_TITLES = {**_DOCUMENTS, _SURVEY: "The first survey, 2012: what this answers"}
_LINKS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"about": (_SURVEY, "not-a-clinical-system"), "privacy": tuple(_DOCUMENTS)}
)


def pages() -> tuple[Page, ...]:
    """Return the plain pages; none is in the menu, each is reached by links."""
    titles = {"about": "About", "privacy": "Privacy", "help": "Help", **_DOCUMENTS}
    return tuple(
        Page(slug, title, functools.partial(_show, slug), is_in_menu=False, roles=_EVERYBODY)
        for slug, title in titles.items()
    )


def _show(slug: str, visit: Visit) -> None:
    page = visit.library.page.get(slug)
    if page is None:
        with ui.page(visit, "No such page", f"This library has no pages/{slug}.md."):
            return
    lede, _, rest = page.body.strip().partition("\n\n")
    with ui.page(visit, page.title, " ".join(lede.split())):
        with st.container(key="prose"):
            ui.prose(rest, page.facts)
        if slug == "privacy":
            _say_terms(visit)
        if slug in _DOCUMENTS:
            ui.download(
                "Download to adapt",
                lambda: _document(visit.library, page).encode(),
                file_name=f"{slug}.md",
                mime="text/markdown",
                key="plain:document",
            )
        for other in _LINKS.get(slug, ()):
            if other != _SURVEY or visit.library.survey:
                ui.link(visit, other, _TITLES[other], key=f"plain_{other}")
        ui.sources(visit, page.facts)


def _say_terms(visit: Visit) -> None:
    """Say of this very installation where answers lie, who runs it, and how long it keeps what."""
    ui.note(f"The answers of this installation lie in: {visit.place.store}")
    if visit.place.operator:
        ui.note(f"It is run by: {visit.place.operator}")
    if visit.place.terms:
        ui.bullets("How long this installation keeps what", visit.place.terms)


def _document(content: library.Library, page: library.Page) -> str:
    """Return a page as markdown that stands on its own: its title, its text and its sources."""
    text = ui.cite(page.body.strip(), page.facts)
    listed = ui.list_sources(content, page.facts)
    return f"# {page.title}\n\n{text}\n\n## Sources\n\n{listed}\n"
