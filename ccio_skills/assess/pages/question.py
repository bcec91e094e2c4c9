"""One skill as a question: what it is, the choices, "Saved", and detail on demand."""

from __future__ import annotations

import dataclasses
import functools

import streamlit as st

from ccio_skills import ui, wording
from ccio_skills.assess import commands
from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.library import Skill
from ccio_skills.ui import Visit
from ccio_skills.vocabulary import Confidence, Importance, Level

_NOT_MY_ROLE = "na"
_CHOICES = [*(str(int(level)) for level in Level), _NOT_MY_ROLE]
_SURE = {"Unsure": Confidence.UNSURE, "Fairly sure": Confidence.FAIRLY, "Sure": Confidence.SURE}


def keep(visit: Visit, skill: Skill, given: Rating | None, *, is_quick: bool) -> Rating | None:
    """Store what was just chosen or undone for a skill; return the answer of this sitting.

    Read from the widgets' state before anything is drawn, so that the whole page, its progress bar
    above the questions included, shows the answer that was just given.
    """
    key, seen = f"rate:{skill.slug}", f"rate:{skill.slug}:seen"
    if given and st.session_state.get(f"undo:{skill.slug}"):
        commands.clear(visit.db, visit.person.id, skill.slug, library=visit.library, at=visit.now)
        st.session_state[key] = st.session_state[seen] = None
        return None
    if given is not None:
        st.session_state.setdefault(key, _token(given))
    st.session_state.setdefault(seen, _token(given))
    choice = st.session_state.get(key)
    # Compared with what this tab saw last, not with the store: a second tab that is merely open
    # must not put its older answer back.
    if choice not in _CHOICES or choice == st.session_state[seen]:
        return given
    level = None if choice == _NOT_MY_ROLE else Level(int(choice))
    rating = dataclasses.replace(
        given or Rating(skill.slug, level, visit.now), level=level, rated_at=visit.now
    )
    commands.answer(visit.db, visit.person.id, rating, library=visit.library, is_quick=is_quick)
    st.session_state[seen] = choice
    return rating


def ask(
    visit: Visit,
    skill: Skill,
    *,
    given: Rating | None,
    before: Rating | None,
    importance: Importance,
    is_quick: bool,
) -> None:
    """Ask about one skill.

    Args:
        visit: Who is looking.
        skill: What is asked.
        given: The answer of this sitting, shown again.
        before: The answer of an earlier sitting: hidden until the new one is given.
        importance: What the role says; the person's own may replace it.
        is_quick: A quick start asks for no detail.
    """
    with st.container(key=f"skill_{skill.slug}"):
        st.subheader(skill.title, anchor=False)
        ui.write("<p>{words}</p>", words=skill.definition)
        if st.session_state.get(f"skip:{skill.slug}") and given is None:
            _skipped(skill)
            return
        _choices(skill)
        # A server that was restarted learns of the browser's choices only now.
        if keep(visit, skill, given, is_quick=is_quick) != given:
            st.rerun()
        if given is None:
            st.button(
                "Skip for now",
                key=f"skip:{skill.slug}:set",
                type="tertiary",
                on_click=_skip,
                args=(skill,),
            )
            return
        _saved(skill, given, before)
        if not is_quick:
            _detail(visit, skill, given, importance)


def _choices(skill: Skill) -> None:
    st.radio(
        f"Your level in {skill.title}",
        _CHOICES,
        index=None,
        format_func=functools.partial(_words, skill),
        key=f"rate:{skill.slug}",
        label_visibility="collapsed",
        width="stretch",
    )


def _saved(skill: Skill, given: Rating, before: Rating | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"saved_{skill.slug}"):
        words = _answer(given)
        earlier = ""
        if before:
            earlier = f" On {wording.short_day(before.rated_at)} you said: {_answer(before)}."
        ui.write(
            '<p class="cc-saved" role="status"><b>Saved: {words}.</b>{earlier}</p>',
            words=words,
            earlier=earlier,
        )
        st.button("Undo", key=f"undo:{skill.slug}", type="tertiary", help=None)


def _skip(skill: Skill) -> None:
    st.session_state[f"skip:{skill.slug}"] = True


def _unskip(skill: Skill) -> None:
    st.session_state[f"skip:{skill.slug}"] = False


def _skipped(skill: Skill) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        ui.note("Skipped for now: nothing was stored.")
        st.button(
            "Show the choices",
            key=f"skip:{skill.slug}:unset",
            type="tertiary",
            on_click=_unskip,
            args=(skill,),
        )


def _detail(visit: Visit, skill: Skill, given: Rating, importance: Importance) -> None:
    box = st.expander(
        "Add detail: how sure you are, evidence, importance",
        key=f"more_{skill.slug}",
        on_change="rerun",
    )
    if not box.open:
        # Few add any, and everyone who answers would wait for four more widgets.
        return
    with box:
        changed = dataclasses.replace(
            given,
            confidence=_sureness(skill, given),
            importance=_importance(skill, given, importance),
            evidence=st.text_area(
                "Evidence, in a few words (no names of patients or staff)",
                given.evidence,
                max_chars=2000,
                key=f"evidence:{skill.slug}",
            ),
            evidence_link=st.text_input(
                "Link to evidence", given.evidence_link, max_chars=1000, key=f"link:{skill.slug}"
            ).strip(),
        )
        if changed != given:
            rating = dataclasses.replace(changed, rated_at=visit.now)
            commands.answer(visit.db, visit.person.id, rating, library=visit.library)
            ui.write('<p class="cc-saved" role="status"><b>Detail saved.</b></p>')


def _sureness(skill: Skill, given: Rating) -> Confidence | None:
    words = {value: name for name, value in _SURE.items()}
    with st.container(key=f"seg_sure_{skill.slug}"):
        choice = st.segmented_control(
            "How sure are you?",
            list(_SURE),
            default=words[given.confidence] if given.confidence else None,
            key=f"sure:{skill.slug}",
        )
    return _SURE[choice] if choice else None


def _importance(skill: Skill, given: Rating, profile: Importance) -> Importance | None:
    choice = st.selectbox(
        f"How much your role needs it (the profile says {profile})",
        ["as the profile says", *Importance],
        index=0 if given.importance is None else 1 + list(Importance).index(given.importance),
        key=f"importance:{skill.slug}",
    )
    return Importance(choice) if choice in list(Importance) else None


def _token(rating: Rating | None) -> str | None:
    if rating is None:
        return None
    return _NOT_MY_ROLE if rating.level is None else str(int(rating.level))


def _answer(rating: Rating) -> str:
    return wording.NOT_MY_ROLE if rating.level is None else wording.level_name(rating.level)


def _words(skill: Skill, token: str) -> str:
    if token == _NOT_MY_ROLE:
        return f"**{wording.NOT_MY_ROLE}:** leave it out of my gaps and my plan"
    level = Level(int(token))
    if level is Level.NONE:
        return f"**{wording.level_name(level)}**"
    return f"**{wording.level_name(level)}:** {skill.levels[level]}"
