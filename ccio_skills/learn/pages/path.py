"""A learning path: what is done, what is next, what may be skipped, what is still to be written."""

from __future__ import annotations

import streamlit as st

from ccio_skills import ui, wording
from ccio_skills.assess import queries as assess_queries
from ccio_skills.learn import commands, queries
from ccio_skills.learn.rules import journey
from ccio_skills.learn.rules.journey import Stage, State
from ccio_skills.library import Path
from ccio_skills.people import queries as people_queries
from ccio_skills.ui import Visit

_WORDS = {
    State.DONE: "Done",
    State.NEXT: "Next",
    State.SKIPPABLE: "May be skipped",
    State.OPEN: "",
    State.UNWRITTEN: "To be written",
}


def show(visit: Visit) -> None:
    """Show the path that the link names."""
    path = visit.library.path.get(visit.params.get("path", ""))
    if path is None:
        with ui.page(visit, "No such path", "The link names no path that can be followed now."):
            ui.link(visit, "library", "Look in the library", key="no_path")
        return
    stages = journey.walk(
        path,
        library=visit.library,
        ratings=assess_queries.current_ratings(visit.db, visit.person.id),
        done=frozenset(queries.finished(visit.db, visit.person.id)),
    )
    with ui.page(visit, path.title, _lede(path, stages)):
        main, aside = st.columns([7, 3], gap="large")
        with main:
            ui.prose(path.opening, path.facts)
            _stages(visit, stages)
            ui.bullets("The closing task", [path.closing_task])
            ui.prose(path.closing, path.facts)
            ui.sources(visit, path.facts)
        with aside:
            _aside(visit, path, stages)


def _lede(path: Path, stages: tuple[Stage, ...]) -> str:
    left = sum(one.minutes for one in stages if one.state in (State.NEXT, State.OPEN))
    done = sum(one.state is State.DONE for one in stages)
    return (
        f"{path.summary} {done} of {len(stages)} modules done; "
        f"{wording.hours(left)} left of what is written."
    )


def _stages(visit: Visit, stages: tuple[Stage, ...]) -> None:
    for number, stage in enumerate(stages, start=1):
        with st.container(key=f"stage_{number}"):
            ui.write(
                '<div class="cc-card"><span class="cc-stage">{number}</span><div>'
                '<p><b>{title}</b></p><p class="cc-meta"><b>{state}</b><span>{minutes}</span></p>'
                '<p class="cc-mute">{why}</p></div></div>',
                number=number,
                title=stage.title,
                state=_WORDS[stage.state],
                minutes=wording.count(stage.minutes, "minute"),
                why=stage.why,
            )
            if stage.state is State.NEXT:
                with st.container(key=f"stage_go_{number}"):
                    if st.button("Start reading", type="primary", key=f"stage:{stage.slug}"):
                        ui.go(visit, "module", module=stage.slug)
            elif stage.state is not State.UNWRITTEN:
                ui.link(
                    visit,
                    "module",
                    "Open",
                    key=f"stage_{stage.slug}",
                    params={"module": stage.slug},
                )


def _aside(visit: Visit, path: Path, stages: tuple[Stage, ...]) -> None:
    follow = queries.follows(visit.db, visit.person.id).get(path.slug)
    if follow and follow.left_at is None:
        ui.note(f"You follow this path since {wording.day(follow.started_at)}.")
        if st.button("Leave the path", key="path:leave"):
            commands.leave(visit.db, visit.person.id, path.slug, at=visit.now)
            st.rerun()
    else:
        if follow and follow.left_at:
            ui.note(f"You left this path on {wording.day(follow.left_at)}. Nothing done is lost.")
        if st.button("Follow this path", key="path:follow"):
            commands.follow(visit.db, visit.person.id, path.slug, at=visit.now)
            st.rerun()
    ui.note("Nothing is locked: open any module in any order.")
    me = people_queries.settings(visit.db, visit.person.id)
    left = sum(one.minutes for one in stages if one.state in (State.NEXT, State.OPEN))
    if me and left:
        weeks = -(-left // me.minutes_a_week)
        pace = wording.hours(me.minutes_a_week)
        ui.note(f"At {pace} a week, what is written takes about {wording.count(weeks, 'week')}.")
