"""Check yourself: scenario questions, answered with how sure one is, explained at once."""

from __future__ import annotations

import streamlit as st

from ccio_skills import ui
from ccio_skills.learn import commands, queries
from ccio_skills.library import Check, Module
from ccio_skills.ui import Visit

_SURENESS = {"guess": "I am guessing", "fairly": "I am fairly sure", "sure": "I am sure"}


def draw(visit: Visit, module: Module) -> None:
    """Ask every question of a module; answers given before are shown again."""
    ui.heading("Check yourself")
    ui.note("Choose what you would do, then say how sure you are: that shows the explanation.")
    given = queries.answers(visit.db, visit.person.id, module.slug)
    for number, check in enumerate(module.checks, start=1):
        with st.container(key=f"askcard_{check.id}"):
            _ask(visit, module, check, given.get(check.id), number)


def _ask(
    visit: Visit, module: Module, check: Check, given: queries.Answer | None, number: int
) -> None:
    ui.write(
        '<p class="cc-eyebrow">Question {number} of {all}</p>',
        number=number,
        all=len(module.checks),
    )
    st.markdown(check.stem)
    again = f"again:{check.id}"
    # An answer to an older wording says nothing about this one.
    if given and given.wording == check.wording and not st.session_state.get(again):
        _explain(check, given)
        st.button("Answer again", key=f"retry:{check.id}", on_click=_retry, args=(check.id,))
        return
    with st.container(key=f"choice_{check.id}"):
        choice = st.radio(
            f"Your answer to question {number}",
            range(len(check.options)),
            index=None,
            format_func=lambda place: check.options[place].text,
            key=f"check:{check.id}",
            label_visibility="collapsed",
            width="stretch",
        )
    with st.container(horizontal=True, key=f"sure_{check.id}"):
        for sureness, label in _SURENESS.items():
            if st.button(label, key=f"sure:{check.id}:{sureness}"):
                if choice is None:
                    ui.error("Choose an answer first.")
                    continue
                commands.answer_check(
                    visit.db,
                    visit.person.id,
                    module.slug,
                    check,
                    option=choice,
                    sureness=sureness,
                    at=visit.now,
                )
                st.session_state[again] = False
                st.rerun()


def _retry(check_id: str) -> None:
    st.session_state[f"again:{check_id}"] = True


def _explain(check: Check, given: queries.Answer) -> None:
    chosen = check.options[given.option]
    best = next(option for option in check.options if option.best)
    sure = _SURENESS[given.sureness].removeprefix("I am ")
    (st.success if chosen.best else st.info)(
        f"**You chose ({sure}):** {chosen.text}\n\n{chosen.reason}"
    )
    if not chosen.best:
        st.success(f"**Better:** {best.text}\n\n{best.reason}")
    others = [one for one in check.options if one not in (chosen, best)]
    with st.expander("Why not the others", key=f"others_{check.id}"):
        for option in others:
            st.markdown(f"**{option.text}** {option.reason}")
