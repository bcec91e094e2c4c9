"""A module's text on the page: citations, words that open, templates, diagrams with words."""

from __future__ import annotations

import functools
import re
from urllib.parse import quote

import streamlit as st

from ccio_skills import ui
from ccio_skills.learn.rules import glossary
from ccio_skills.library import Library, Module, Part

_FENCE = re.compile(r"^```(template|mermaid)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_IN_WORDS = re.compile(r"\s*In words: (.+?)(?:\n\n|\Z)", re.DOTALL)
_KEPT_PARTS = 128


def draw(part: Part, module: Module, library: Library) -> None:
    """Draw one part of a module."""
    with st.container(key="prose"):
        st.header(part.title, anchor=False)
        text, *fences = _FENCE.split(explain(part.body, library))
        _write(text, module)
        # After the first text: kind, content of the fence, and the text behind it.
        for kind, content, text in zip(fences[::3], fences[1::3], fences[2::3], strict=True):
            if kind == "template":
                st.code(content.rstrip(), language=None, wrap_lines=True)
            else:
                # The words below a diagram are its accessible name as well.
                words = _IN_WORDS.match(text)
                st.mermaid_chart(content, alt=words[1] if words else None)
            _write(text, module)


def _write(text: str, module: Module) -> None:
    if text.strip():
        ui.explained(ui.cite(text, module.facts))


@functools.lru_cache(maxsize=_KEPT_PARTS)
def explain(body: str, library: Library) -> str:
    """Let each word of the glossary open where ``body`` first uses it.

    A part is read by itself, often days after the one before: so it is the first use in the part,
    which holds the first use in the module as well.
    """
    return "".join(_explain(piece) for piece in glossary.cut(body, glossary.lexicon(library)))


def _explain(piece: glossary.Piece) -> str:
    if piece.term is None:
        return ui.without_tags(piece.words)
    term = piece.term
    stands_for = f"{term.term}, {term.long}." if term.long else f"{term.term}."
    return ui.opening(
        piece.words,
        key="word-" + re.sub(r"[^a-z0-9]+", "-", term.term.casefold()),
        title=stands_for,
        meaning=term.means,
        address=f"glossary?term={quote(term.term)}",
        more="In the glossary (new tab)",
    )
