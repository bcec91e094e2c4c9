"""One question of the survey: what it asks, its widget, "Saved", and a way to take it back."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from ccio_skills import ui, wording
from ccio_skills.library import Instrument, Question, QuestionKind
from ccio_skills.survey import commands
from ccio_skills.survey.pages import widgets
from ccio_skills.survey.rules import Answer, AnswerError, answers
from ccio_skills.ui import Visit


@dataclass(frozen=True)
class Asking:
    """Who is asked what: all that a field needs besides its question."""

    visit: Visit
    instrument: Instrument
    keeps_text: bool


def keep(asking: Asking, question: Question, saved: Answer | None) -> Answer | None:
    """Store what was just chosen or taken back; return the answer that is kept.

    Read from the widgets' state before anything is drawn, so that the branches, the progress bar
    and the questions below follow the answer that was just given.
    """
    visit, key = asking.visit, widgets.key_of(question)
    if st.session_state.get(f"{key}:undo"):
        commands.clear(visit.db, visit.person.id, asking.instrument, question.code)
        widgets.put(question, None)
        return None
    if not widgets.is_shown(question):
        # Only what is known: a browser may still hold choices that a restarted server lost.
        if saved:
            widgets.put(question, saved)
        st.session_state[f"{key}:seen"] = widgets.token_of(question, saved)
    shown = widgets.read(question, saved)
    token = widgets.token_of(question, shown)
    # Compared with what this tab saw last: a tab that is merely open puts no old answer back.
    if token == st.session_state[f"{key}:seen"]:
        return saved
    st.session_state[f"{key}:seen"] = token
    return _store(asking, question, shown, saved)


def ask(asking: Asking, question: Question, saved: Answer | None) -> None:
    """Draw one question."""
    key = widgets.key_of(question)
    with st.container(key=f"skill_{question.code}"):
        ui.heading(question.ask, level=3)
        fault = _fault(question)
        _follow(question, saved, is_faulty=bool(fault))
        widgets.draw(question)
        # A server that was restarted learns of the browser's choices only now.
        now = widgets.token_of(question, widgets.read(question, saved))
        if now != st.session_state[f"{key}:seen"]:
            st.rerun()
        if fault:
            ui.note(fault)
        if saved:
            with st.container(
                horizontal=True, vertical_alignment="center", key=f"saved_{question.code}"
            ):
                ui.saved(f"Saved: {say(question, saved)}.")
                st.button("Take back", key=f"{key}:undo", type="tertiary")


def say(question: Question, answer: Answer) -> str:
    """Return an answer in a few words."""
    if answer.text:
        return wording.count(len(answer.text.split()), "word")
    if answer.number is not None:
        return f"{widgets.number_words(question, f'{answer.number:g}')} {question.unit}"
    if answer.keys == (answers.INSTEAD,):
        return question.instead or ""
    labels = {one.key: one.label for one in question.choices}
    if question.kind.is_one_of or len(answer.keys) == 1:
        return labels.get(answer.keys[0], "")
    return f"{len(answer.keys)} chosen"


def _follow(question: Question, saved: Answer | None, *, is_faulty: bool) -> None:
    """Let the widgets show what is kept, where an answer above changed what can be chosen here."""
    if not widgets.is_shown(question):
        if saved:
            widgets.put(question, saved)
        st.session_state.setdefault(f"{widgets.key_of(question)}:seen", "")
    wanted = widgets.read(question, saved) if is_faulty else saved
    if widgets.is_shown(question) and not widgets.shows(question, wanted):
        widgets.put(question, wanted)


def _store(
    asking: Asking, question: Question, shown: Answer | None, saved: Answer | None
) -> Answer | None:
    visit = asking.visit
    if shown is None:
        commands.clear(visit.db, visit.person.id, asking.instrument, question.code)
        return None
    if question.kind is QuestionKind.MULTIPLE:
        before = saved.keys if saved else ()
        shown = Answer(keys=answers.alone(question, shown.keys, before))
        widgets.put(question, shown)
        st.session_state[f"{widgets.key_of(question)}:seen"] = widgets.token_of(question, shown)
    if _fault(question):
        return saved
    commands.answer(
        visit.db,
        visit.person.id,
        asking.instrument,
        question.code,
        shown,
        at=visit.now,
        keeps_text=asking.keeps_text,
    )
    return shown


def _fault(question: Question) -> str:
    """Say what keeps the shown answer from being stored; nothing where it is fit or empty."""
    shown = widgets.read(question, None)
    if shown is None:
        return ""
    try:
        answers.check(question, shown)
    except AnswerError:
        if question.at_most and len(shown.keys) > question.at_most:
            return (
                f"{len(shown.keys)} are chosen, {question.at_most} is the most: "
                "take one off, and it is saved."
            )
        return f"At most {answers.LONGEST_TEXT} characters: shorten it, and it is saved."
    return ""
