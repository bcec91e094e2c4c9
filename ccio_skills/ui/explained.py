"""Markdown in which a word opens: a button in the sentence, and beside it what the word means.

The button and what it opens are HTML's own popover: keyboard, touch and screen reader work without
a script of ours. Everything put in is written as entities, so neither HTML nor markdown can come
out of it.
"""

from __future__ import annotations

import re

import streamlit as st

_OPEN = (
    '<button type="button" class="cc-term" popovertarget="{key}">{words}</button>'
    '<span class="cc-meaning" id="{key}" popover><b>{title}</b> {meaning} '
    '<a href="{address}">{more}</a></span>'
)
_CODE_OR_TAG = re.compile(r"(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)|<", re.DOTALL)


def opening(words: str, *, key: str, title: str, meaning: str, address: str, more: str) -> str:
    """Return markdown for words that open.

    Args:
        words: As they stand in the sentence.
        key: Unique on the page; letters, digits and hyphens.
        title: First, in bold, where it opens.
        meaning: Then this.
        address: Where more is to be read.
        more: The words of that link, which opens in a new tab.
    """
    said = {"words": words, "title": title, "meaning": meaning, "address": address, "more": more}
    return _OPEN.format(key=key, **{name: _literal(one) for name, one in said.items()})


def without_tags(text: str) -> str:
    """Return markdown in which "<" is a sign and never begins a tag; code stays as it is."""
    return _CODE_OR_TAG.sub(lambda found: "&lt;" if found[0] == "<" else found[0], text)


def explained(text: str) -> None:
    """Write markdown made of ``opening`` and ``without_tags``, and of nothing else."""
    st.markdown(text, unsafe_allow_html=True)


def _literal(text: str) -> str:
    return "".join(one if one.isalnum() or one == " " else f"&#{ord(one)};" for one in text)
