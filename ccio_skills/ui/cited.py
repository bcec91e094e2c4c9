"""Text with its sources: numbered citations, templates to copy, and the list they lead to."""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

from ccio_skills import wording
from ccio_skills.library import Library
from ccio_skills.ui.visit import Visit

_TEMPLATE = re.compile(r"^```template\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CITED = re.compile(r" ?\[(F\d+)\]")
_GRADES = {
    "Vp": "owner's page or primary paper",
    "Vs": "secondary page: check before you quote it",
    "K": "own knowledge, not retrieved: check before you quote it",
}


def prose(body: str, facts: Sequence[str]) -> None:
    """Draw markdown; ``[F44]`` becomes its number among ``facts``, a template can be copied."""
    for place, piece in enumerate(_TEMPLATE.split(cite(body, facts))):
        if place % 2:
            st.code(piece.rstrip(), language=None, wrap_lines=True)
        elif piece.strip():
            st.markdown(piece)


def cite(body: str, facts: Sequence[str]) -> str:
    """Return markdown in which ``[F44]`` is the fact's number.

    The bracket is escaped, so that markdown never takes a number for a link.
    """
    numbers = {fact: place for place, fact in enumerate(facts, start=1)}
    return _CITED.sub(lambda found: f" \\[{numbers.get(found[1], '?')}\\]", body)


def sources(visit: Visit, facts: Sequence[str]) -> None:
    """List facts under their numbers, folded up; nothing where there are none."""
    if facts:
        with st.expander(f"Sources ({len(facts)})", key="sources"):
            st.markdown(list_sources(visit.library, facts))


def list_sources(library: Library, facts: Sequence[str]) -> str:
    """Return a numbered list of facts, each with its sources, their grade and day, as markdown."""
    lines = []
    for number, name in enumerate(facts, start=1):
        fact = library.fact[name]
        lines.append(f"{number}. {fact.text}")
        for key in fact.sources:
            source = library.source[key]
            title = f"[{source.title}]({source.address})" if source.address else source.title
            read = f", read {wording.day(source.read)}" if source.read else ""
            lines.append(f"    - {title}: {_GRADES[source.grade]}{read}")
    return "\n".join(lines)
