"""Something to do at work, where no module reaches a step."""

from __future__ import annotations

import streamlit as st

from ccio_skills import ui, wording
from ccio_skills.learn import commands, queries
from ccio_skills.learn.rules.week import AtWork
from ccio_skills.ui import Visit
from ccio_skills.vocabulary import Level

_SHOWN = 3


def draw(visit: Visit, steps: tuple[AtWork, ...], *, has_modules: bool) -> None:
    """Offer the most worthwhile workplace actions, the first one open."""
    done = {(one.skill, one.step) for one in queries.actions_done(visit.db, visit.person.id)}
    shown = [one for one in steps if (one.skill, one.step) not in done][:_SHOWN]
    if not shown:
        ui.note("You did what we could suggest at work. Rate those skills again to see what moved.")
        return
    ui.heading("At work instead" if has_modules else "Something to do at work")
    ui.note("No module reaches these steps yet.")
    for place, one in enumerate(shown):
        _draw(visit, one, is_open=place == 0)


def _draw(visit: Visit, one: AtWork, *, is_open: bool) -> None:
    skill, step = visit.library.skill[one.skill], one.action
    label = f"{step.title} ({skill.title})"
    with st.expander(label, expanded=is_open, key=f"work_{one.skill}_{one.step}"):
        ui.write(
            '<p class="cc-meta"><b>{minutes}</b><span>{to}</span></p><p>{do}</p>'
            '<p class="cc-why"><b>What it would show:</b> {proves}</p>'
            "<p><b>Keep:</b> {keep}</p>",
            minutes=f"first sitting {wording.count(step.minutes, 'minute')}",
            to=f"from {_name(one.step - 1)} to {_name(one.step)}",
            do=step.do,
            proves=step.proves,
            keep=step.keep,
        )
        if one.unwritten:
            ui.note(f"Still to be written: {one.unwritten.code} {one.unwritten.title}.")
        evidence = st.text_input(
            "What shows it, in one line (no names of patients or staff)",
            key=f"did:{one.skill}:{one.step}:evidence",
            max_chars=500,
        )
        if st.button("I did this", key=f"did:{one.skill}:{one.step}"):
            commands.do_action(
                visit.db,
                visit.person.id,
                one.skill,
                step=one.step,
                evidence=evidence.strip(),
                at=visit.now,
            )
            ui.go(visit, "rate", skills=one.skill)


def _name(level: int) -> str:
    return wording.level_name(Level(level))
