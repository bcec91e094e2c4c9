"""A module's text on the page: numbered citations, templates to copy, diagrams with words."""

from __future__ import annotations

import re

import streamlit as st

from ccio_skills.library import Module, Part

_FENCE = re.compile(r"^```(template|mermaid)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_IN_WORDS = re.compile(r"\s*In words: (.+?)(?:\n\n|\Z)", re.DOTALL)
_CITED = re.compile(r" ?\[(F\d+)\]")


def draw(part: Part, module: Module) -> None:
    """Draw one part of a module."""
    with st.container(key="prose"):
        st.header(part.title, anchor=False)
        numbers = {fact: place for place, fact in enumerate(module.facts, start=1)}
        text, *fences = _FENCE.split(part.body)
        _write(text, numbers)
        # After the first text: kind, content of the fence, and the text behind it.
        for kind, content, text in zip(fences[::3], fences[1::3], fences[2::3], strict=True):
            if kind == "template":
                st.code(content.rstrip(), language=None, wrap_lines=True)
            else:
                # The words below a diagram are its accessible name as well.
                words = _IN_WORDS.match(text)
                st.mermaid_chart(content, alt=words[1] if words else None)
            _write(text, numbers)


def _write(text: str, numbers: dict[str, int]) -> None:
    if text.strip():
        st.markdown(cite(text, numbers))


def cite(text: str, numbers: dict[str, int]) -> str:
    """Turn ``[F44]`` into the number under which the module lists that fact.

    The bracket is escaped, so that markdown never takes a number for a link.
    """
    return _CITED.sub(lambda found: f" \\[{numbers.get(found[1], '?')}\\]", text)
