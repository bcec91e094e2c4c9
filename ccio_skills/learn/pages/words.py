"""Glossary: every word that is explained, from A to Z, and a box to find one."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from ccio_skills import ui, wording
from ccio_skills.learn.rules import glossary
from ccio_skills.library import Term
from ccio_skills.ui import Visit

_KEY = "glossary:filter"
_LONGEST = 60


def show(visit: Visit) -> None:
    """Show the words that fit the box; a link may have filled it."""
    terms = visit.library.terms
    lede = f"{wording.count(len(terms), 'word')} of the trade, each in a plain sentence or two."
    with ui.page(visit, "Glossary", lede):
        st.session_state.setdefault(_KEY, visit.params.get("term", "")[:_LONGEST])
        query = st.text_input("Find a word", key=_KEY, max_chars=_LONGEST).strip()
        found = glossary.fitting(terms, query)
        if not found:
            ui.note("No such word here. Try fewer letters, or look for it in the modules.")
        elif query:
            ui.definitions([("", map(_entry, found))])
        else:
            letters = groupby(found, key=lambda one: one.term[0].upper())
            ui.definitions((letter, map(_entry, group)) for letter, group in letters)
        ui.link(visit, "library", "Search the library", key="words")


def _entry(term: Term) -> tuple[str, str, str]:
    return term.term, term.long or "", term.means
