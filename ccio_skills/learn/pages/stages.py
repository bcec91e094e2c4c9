"""The modules of a path, stretch by stretch, each with its state and why."""

from __future__ import annotations

import streamlit as st

from ccio_skills import ui, wording
from ccio_skills.learn.rules.journey import Journey, Stage, State, Stretch
from ccio_skills.library import Milestone
from ccio_skills.ui import Visit, glyphs

_META = '<p class="cc-meta">{state}<span>{{minutes}}</span></p>'
_WHY = '<p class="cc-mute">{why}</p>'
_MARKUP = {
    State.DONE: _META.format(state=f"<b class='cc-done'>{glyphs.TIERS['met']}Done</b>"),
    State.NEXT: _META.format(state="<b>Next</b>"),
    State.SKIPPABLE: _META.format(state="<b>May be skipped</b>"),
    State.OPEN: _META.format(state=""),
    State.UNWRITTEN: "<p>{name}</p>" + _META.format(state="<b>To be written</b>"),
}


def draw(visit: Visit, journey: Journey) -> None:
    """List every module; what is done elsewhere is done here."""
    ui.heading("The way")
    ui.note(
        "Each module comes after what it needs. Within a stretch, what closes more of your own "
        "gaps comes first; with none, the order is the author's."
    )
    number = 0
    for place, stretch in enumerate(journey.stretches):
        with st.container(key=f"lnk_stretch_{place}", gap=None):
            for stage in stretch.stages:
                number += 1
                _draw(visit, stage, number)
        if stretch.milestone:
            _milestone(stretch, stretch.milestone)


def _draw(visit: Visit, stage: Stage, number: int) -> None:
    name = f"{number}. {stage.title}"
    if stage.state is not State.UNWRITTEN:
        params = {"module": stage.slug}
        st.page_link(visit.link("module"), label=name, query_params=params)
    ui.write(
        f'<div class="cc-stage">{_MARKUP[stage.state]}{_WHY if stage.why else ""}</div>',
        name=name,
        minutes=wording.count(stage.minutes, "minute"),
        why=stage.why,
    )


def _milestone(stretch: Stretch, milestone: Milestone) -> None:
    ui.write(
        '<div class="cc-milestone"><p class="cc-mid" role="heading" aria-level="3">'
        'Milestone: {title}</p><p>{means}</p><p class="cc-mute">{where}</p></div>',
        title=milestone.title,
        means=milestone.means,
        where=_where(stretch),
    )


def _where(stretch: Stretch) -> str:
    """Say how far the milestone is; what is skipped on one's own word is not called reached."""
    if stretch.left:
        return f"{wording.count(stretch.left, 'module')} to go."
    skipped = sum(one.state is State.SKIPPABLE for one in stretch.stages)
    if not skipped:
        return "Reached."
    return (
        f"Nothing is left to read; {wording.count(skipped, 'module')} you may skip by your rating."
    )
