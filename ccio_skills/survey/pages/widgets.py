"""The widgets of a question: what they show, and how an answer is put into them and read."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ccio_skills.library import Question, QuestionKind
from ccio_skills.survey.rules import Answer, answers, items

_PLACES = ("First", "Second", "Third")


def key_of(question: Question) -> str:
    """Return what the session's keys of a question begin with."""
    return f"survey:{question.code}"


def keys_of(question: Question) -> tuple[str, ...]:
    """Return the keys of the widgets: one, or one for each place of a rank."""
    places = question.at_most or 0 if question.kind is QuestionKind.RANK else 1
    return tuple(f"{key_of(question)}:{place}" for place in range(places))


def is_shown(question: Question) -> bool:
    """Say whether the session holds the widgets of a question."""
    return any(key in st.session_state for key in keys_of(question))


def shows(question: Question, answer: Answer | None) -> bool:
    """Say whether the widgets show exactly this answer, and no choice that is not offered."""
    if question.kind is QuestionKind.MULTIPLE:
        chosen = st.session_state.get(keys_of(question)[0]) or ()
        return set(chosen) == set(answer.keys if answer else ())
    return token_of(question, read(question, None)) == token_of(question, answer)


def put(question: Question, answer: Answer | None) -> None:
    """Let the widgets show an answer; before they are drawn."""
    keys = keys_of(question)
    st.session_state[f"{key_of(question)}:seen"] = token_of(question, answer)
    if question.kind is QuestionKind.RANK:
        ranked = answer.keys if answer else ()
        for place, key in enumerate(keys):
            st.session_state[key] = ranked[place] if place < len(ranked) else None
    elif question.kind is QuestionKind.MULTIPLE:
        st.session_state[keys[0]] = list(answer.keys) if answer else []
    else:
        st.session_state[keys[0]] = token_of(question, answer) or None


def token_of(question: Question, answer: Answer | None) -> str:
    """Return an answer as text that two of them can be told apart by; empty for none."""
    return answers.encode(question, answer) if answer else ""


def read(question: Question, saved: Answer | None) -> Answer | None:
    """Return what the widgets show; ``saved`` where they have not been drawn yet."""
    if not is_shown(question):
        return saved
    values = [st.session_state.get(key) for key in keys_of(question)]
    if question.kind is QuestionKind.TEXT:
        words = str(values[0] or "").strip()
        return Answer(text=words) if words else None
    if question.kind is QuestionKind.NUMBER:
        return answers.decode(question, str(values[0])) if values[0] else None
    if question.kind is QuestionKind.MULTIPLE:
        chosen = set(values[0] or ())
        keys = tuple(key for key in question.keys if key in chosen)
    else:
        # In a rank the same thing named twice is named once.
        keys = tuple(dict.fromkeys(value for value in values if value in question.keys))
    return Answer(keys=keys) if keys else None


def _one(question: Question) -> None:
    labels = {one.key: one.label for one in question.choices}
    with st.container(key=f"choice_{question.code}"):
        st.radio(
            question.ask,
            question.keys,
            index=None,
            format_func=labels.__getitem__,
            key=keys_of(question)[0],
            label_visibility="collapsed",
            width="stretch",
        )


def _many(question: Question) -> None:
    labels = {one.key: one.label for one in question.choices}
    with st.container(key=f"pick_{question.code}"):
        st.pills(
            question.ask,
            question.keys,
            selection_mode="multi",
            format_func=labels.__getitem__,
            key=keys_of(question)[0],
            label_visibility="collapsed",
        )


def _rank(question: Question) -> None:
    labels = {one.key: one.label for one in question.choices}
    for place, key in zip(_PLACES, keys_of(question), strict=False):
        st.selectbox(
            place,
            question.keys,
            index=None,
            format_func=labels.__getitem__,
            key=key,
            placeholder="Choose one, or leave it",
        )


def _days(question: Question) -> None:
    tokens = [f"{number:g}" for number in answers.numbers(question)]
    st.selectbox(
        question.ask,
        [*tokens, *([answers.INSTEAD] if question.instead else [])],
        index=None,
        format_func=lambda token: number_words(question, token),
        key=keys_of(question)[0],
        placeholder="Choose, or leave it",
        label_visibility="collapsed",
        width=260,
    )


def _text(question: Question) -> None:
    st.text_area(
        f"{question.ask} (no names of patients or staff)",
        key=keys_of(question)[0],
        max_chars=answers.LONGEST_TEXT,
    )


def number_words(question: Question, token: str) -> str:
    """Return "2½", "30 or more" or "No fixed time"."""
    if token == answers.INSTEAD:
        return question.instead or ""
    more = " or more" if question.or_more and float(token) == question.highest else ""
    return f"{items.days(float(token))}{more}"


_DRAWN: dict[QuestionKind, Callable[[Question], None]] = {
    QuestionKind.SINGLE: _one,
    QuestionKind.AGREE: _one,
    QuestionKind.MULTIPLE: _many,
    QuestionKind.RANK: _rank,
    QuestionKind.NUMBER: _days,
    QuestionKind.TEXT: _text,
}


def draw(question: Question) -> None:
    """Draw the widgets of a question."""
    _DRAWN[question.kind](question)
