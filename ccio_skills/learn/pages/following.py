"""The card on a path: what to read next, and to follow, pause, go on with or leave the path."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st

from ccio_skills import ui, wording
from ccio_skills.learn import commands, queries
from ccio_skills.learn.rules.journey import Journey
from ccio_skills.library import Path
from ccio_skills.ui import Visit

_Kind = Literal["primary", "secondary"]


def draw(visit: Visit, path: Path, journey: Journey, follow: queries.Follow | None) -> None:
    """Show the next module and what a person can say about the path."""
    is_followed = follow is not None and follow.is_active
    with st.container(key="next"):
        _next(journey)
        with st.container(horizontal=True, key="path_do"):
            if is_followed:
                _read(visit, journey, kind="primary")
            _say(visit, path, follow)
            if not is_followed:
                _read(visit, journey, kind="secondary")
        if follow:
            ui.note(_since(follow))


def _read(visit: Visit, journey: Journey, *, kind: _Kind) -> None:
    if journey.next is None:
        return
    slug = journey.next.slug
    is_begun = slug in queries.readings(visit.db, visit.person.id)
    label = "Go on reading" if is_begun else "Start reading"
    if st.button(label, type=kind, key=f"stage:{slug}"):
        ui.go(visit, "module", module=slug)


def _next(journey: Journey) -> None:
    stage = journey.next
    if stage is None:
        title, why = (
            "Nothing is left to read",
            "The closing task is below: it is what you can show.",
        )
        ui.write('<p class="cc-big">{title}</p><p>{why}</p>', title=title, why=why)
        return
    ui.write(
        '<p class="cc-eyebrow">Next: step {place} of {all}, {minutes}</p>'
        '<p class="cc-big" role="heading" aria-level="2">{title}</p><p>{why}</p>',
        place=journey.place(stage.slug),
        all=len(journey.stages),
        minutes=wording.count(stage.minutes, "minute"),
        title=stage.title,
        why=stage.why,
    )


def _say(visit: Visit, path: Path, follow: queries.Follow | None) -> None:
    """Offer what can be said now: the first is the main one while the path is not followed."""
    if follow is None or follow.left_at:
        _offer(visit, path, "Follow this path", commands.follow, kind="primary")
    elif follow.paused_at:
        _offer(visit, path, "Go on with this path", commands.follow, kind="primary")
        _offer(visit, path, "Leave", commands.leave)
    else:
        _offer(visit, path, "Pause", commands.pause)
        _offer(visit, path, "Leave", commands.leave)


def _offer(
    visit: Visit, path: Path, label: str, command: Callable[..., None], *, kind: _Kind = "secondary"
) -> None:
    if st.button(label, type=kind, key=f"path:{label}"):
        command(visit.db, visit.person.id, path.slug, at=visit.now)
        st.rerun()


def _since(follow: queries.Follow) -> str:
    if follow.left_at:
        return f"You left this path on {wording.day(follow.left_at)}. Nothing done is lost."
    if follow.paused_at:
        return f"Paused since {wording.day(follow.paused_at)}. It asks for no time until you go on."
    return f"You follow this path since {wording.day(follow.started_at)}."
