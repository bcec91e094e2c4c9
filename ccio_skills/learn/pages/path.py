"""A learning path: where one is on it, what is next, what may be skipped, and where it leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from ccio_skills import ui, wording
from ccio_skills.assess import queries as assess_queries
from ccio_skills.learn import queries
from ccio_skills.learn.pages import distance, following, opening, stages
from ccio_skills.learn.rules import journey as rules
from ccio_skills.learn.rules.journey import Journey, Record, State
from ccio_skills.library import Path
from ccio_skills.people import queries as people_queries
from ccio_skills.ui import Visit
from ccio_skills.vocabulary import Slug


def show(visit: Visit) -> None:
    """Show the path that the link names."""
    path = visit.library.path.get(visit.params.get("path", ""))
    if path is None:
        with ui.page(visit, "No such path", "The link names no path that can be followed now."):
            ui.link(visit, "paths", "See all paths", key="no_path")
        return
    ratings = assess_queries.current_ratings(visit.db, visit.person.id)
    record = queries.record(visit.db, visit.person.id, ratings)
    follows = queries.follows(visit.db, visit.person.id)
    follow = follows.get(path.slug)
    journey = rules.walk(path, record, library=visit.library)
    me = people_queries.settings(visit.db, visit.person.id)
    pace = me.minutes_a_week if me else None
    with ui.page(visit, path.title, _lede(visit, path, journey, pace)):
        main, aside = st.columns([7, 3], gap="large")
        with main:
            following.draw(visit, path, journey, follow)
            opening.draw(visit, path, is_open=follow is None)
            stages.draw(visit, journey)
            _closing(visit, path)
            distance.draw(visit, record, profile=path.profile)
        with aside:
            _time(visit, path, [journey, *_others(visit, path, record, follows)], pace)
            ui.note(
                "Nothing is locked: open any module in any order. "
                "What you finish elsewhere in the app counts here."
            )
            ui.link(visit, "paths", "See all paths", key="all_paths")


def _lede(visit: Visit, path: Path, journey: Journey, pace: int | None) -> str:
    done, skip = journey.count(State.DONE), journey.count(State.SKIPPABLE)
    said = f"{path.summary} {done} of {len(journey.stages)} modules done"
    said += f", {skip} you may skip" if skip else ""
    if unwritten := journey.count(State.UNWRITTEN):
        said += f", {unwritten} still to be written"
    if not journey.minutes_left:
        return f"{said}; nothing left."
    said += f"; {wording.hours(journey.minutes_left)} left"
    if pace:
        day = _finish(visit, journey.minutes_left, pace)
        said += f", done by {day} at your {wording.hours(pace)} a week"
    return f"{said}."


def _finish(visit: Visit, minutes: int, pace: int) -> str:
    day = rules.finish_day(minutes, minutes_a_week=pace, today=visit.now.date())
    return wording.day(day)


def _closing(visit: Visit, path: Path) -> None:
    ui.heading("Closing task")
    with st.container(key="prose"):
        ui.write("<p>{task}</p>", task=path.closing_task)
        ui.prose(path.closing, path.facts)
        ui.write(
            '<p class="cc-why"><b>For your portfolio:</b> {evidence}</p>', evidence=path.evidence
        )
    ui.sources(visit, path.facts)


def _time(visit: Visit, path: Path, journeys: Sequence[Journey], pace: int | None) -> None:
    """Say what is left of this path, the first, and when it and the others are done."""
    journey, *others = journeys
    whole = wording.hours(sum(one.minutes for one in journey.stages))
    left = wording.hours(journey.minutes_left) if journey.minutes_left else "Nothing"
    said = [("Left", left, f"of {whole} in all; what you may skip takes none")]
    if pace and journey.minutes_left:
        at = f"at your {wording.hours(pace)} a week, all of it for this path"
        said.append(("Done by", _finish(visit, journey.minutes_left, pace), at))
        if others:
            minutes = rules.minutes_together(journeys)
            count = f"{len(others)} other paths" if len(others) > 1 else "other path"
            small = f"with the {count} you follow: {wording.hours(minutes)} left"
            said.append(("Together", _finish(visit, minutes, pace), small))
    said.append(("Leads to", visit.library.profile[path.profile].title, ""))
    ui.rows(said)


def _others(
    visit: Visit, path: Path, record: Record, follows: Mapping[Slug, queries.Follow]
) -> list[Journey]:
    """Walk the other paths that are followed now."""
    active = [slug for slug, one in follows.items() if one.is_active and slug != path.slug]
    known = (visit.library.path[slug] for slug in active if slug in visit.library.path)
    return [rules.walk(one, record, library=visit.library) for one in known]
