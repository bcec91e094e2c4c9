"""A module's text on the page: citations as numbers, templates with a copy button."""

from __future__ import annotations

import re

import streamlit as st

from ccio_skills.library import Module, Part

_TEMPLATE = re.compile(r"^```template\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CITED = re.compile(r" ?\[(F\d+)\]")


def draw(part: Part, module: Module) -> None:
    """Draw one part of a module."""
    with st.container(key="prose"):
        st.header(part.title, anchor=False)
        numbers = {fact: place for place, fact in enumerate(module.facts, start=1)}
        pieces = _TEMPLATE.split(part.body)
        for place, piece in enumerate(pieces):
            if place % 2:
                st.code(piece.rstrip(), language=None, wrap_lines=True)
            elif piece.strip():
                st.markdown(cite(piece, numbers))


def cite(text: str, numbers: dict[str, int]) -> str:
    """Turn ``[F44]`` into the number under which the module lists that fact.

    The bracket is escaped, so that markdown never takes a number for a link.
    """
    return _CITED.sub(lambda found: f" \\[{numbers.get(found[1], '?')}\\]", text)
