"""My plan: what is worth the minutes of this week, and why."""

from __future__ import annotations

import streamlit as st

from ccio_skills import ui, wording
from ccio_skills.assess import queries as assess_queries
from ccio_skills.assess.rules import gaps as gap_rules
from ccio_skills.assess.rules.gaps import Gap
from ccio_skills.learn import queries
from ccio_skills.learn.pages import at_work, card
from ccio_skills.learn.rules import week as rules
from ccio_skills.learn.rules.week import Week
from ccio_skills.people import commands as people_commands
from ccio_skills.people import queries as people_queries
from ccio_skills.ui import Visit

_WEEK = {15: "15 minutes", 30: "30 minutes", 60: "1 hour", 120: "2 hours", 240: "4 hours"}
_TODAY = (5, 10, 20, 40, 60)
_NUMBERS = ("none", "this one", "these two", "these three", "these four", "these five")


def show(visit: Visit) -> None:
    """Show the week's plan, or an invitation to rate when there is nothing to plan from."""
    me = people_queries.settings(visit.db, visit.person.id)
    ratings = assess_queries.current_ratings(visit.db, visit.person.id)
    if me is None or not ratings:
        with ui.page(visit, "My plan", "A short plan that fits the time you have."):
            ui.empty(
                "A plan needs a few answers first. Ten questions take about four minutes.",
                button="Start the quick start",
                visit=visit,
                path="rate" if me else "home",
                **({"quick": "1"} if me else {}),
            )
        return
    minutes = _minutes(visit, me)
    gaps = gap_rules.find_gaps(ratings, library=visit.library, profile=me.profile)
    decisions = {
        slug: one.decision for slug, one in queries.choices(visit.db, visit.person.id).items()
    }
    wishes = rules.wishes_from(decisions, done=queries.finished(visit.db, visit.person.id))
    week = rules.plan_week(gaps, library=visit.library, minutes=minutes, wishes=wishes)
    with ui.page(visit, "My plan", _lede(visit, week, minutes)):
        main, aside = st.columns([7, 3], gap="large")
        with main:
            _draw(visit, week, gaps=gaps, minutes=minutes, profile=me.profile, wishes=wishes)
        with aside:
            _aside(visit, week, wishes)


def _minutes(visit: Visit, me: people_queries.Settings) -> int:
    """Return the week's minutes: the choice below if it has just changed, else the kept one."""
    chosen = ui.picked("plan:minutes", me.minutes_a_week)
    if chosen == me.minutes_a_week:
        return me.minutes_a_week
    people_commands.settle(
        visit.db, visit.person.id, profile=me.profile, minutes_a_week=chosen, at=visit.now
    )
    return int(chosen)


def _draw(
    visit: Visit,
    week: Week,
    *,
    gaps: tuple[Gap, ...],
    minutes: int,
    profile: str,
    wishes: rules.Wishes,
) -> None:
    _time_controls(minutes)
    role = visit.library.profile[profile].title
    if week.note:
        ui.note(week.note)
    items = week.plan.items or ((week.plan.smallest,) if week.plan.smallest else ())
    for number, item in enumerate(items, start=1):
        card.draw(visit, item, number=number, gaps=gaps, role=role, minutes=minutes, wishes=wishes)
    if week.at_work:
        at_work.draw(visit, week.at_work, has_modules=bool(items))
    elif not items:
        ui.empty(
            "Nothing is left to plan: you meet what you rated. Rate more, or try the next role.",
            button="See my gaps",
            visit=visit,
            path="gaps",
        )


def _time_controls(minutes: int) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="plan_time"):
        options = sorted({*_WEEK, minutes})
        with st.container(key="seg_week", width="content"):
            st.segmented_control(
                "Minutes this week",
                options,
                format_func=lambda one: _WEEK.get(one, f"{one} minutes"),
                required=True,
                key="plan:minutes",
            )
        st.session_state.setdefault("plan:today", 10)
        with st.container(key="seg_today", width="content"):
            st.selectbox(
                "And today?",
                _TODAY,
                format_func=lambda one: f"{one} minutes",
                key="plan:today",
                width=160,
            )


def _lede(visit: Visit, week: Week, minutes: int) -> str:
    items = week.plan.items
    if not items:
        if week.plan.smallest:
            title = visit.library.module[week.plan.smallest.slug].title
            return (
                f"You have {wording.hours(minutes)} this week: begin {title}. {_today(visit, week)}"
            )
        if week.at_work:
            return "No module reaches your open steps yet: here is something to do at work instead."
        return "You meet every target you rated."
    which = _NUMBERS[len(items)] if len(items) < len(_NUMBERS) else f"these {len(items)}"
    return f"You have {wording.hours(minutes)} this week: {which}. {_today(visit, week)}"


def _today(visit: Visit, week: Week) -> str:
    first = (week.plan.items or (week.plan.smallest,))[0]
    if first is None:
        return ""
    module = visit.library.module[first.slug]
    reading = queries.readings(visit.db, visit.person.id).get(module.slug)
    today, minutes = rules.parts_for(
        module, part=reading.part if reading else 0, minutes=st.session_state.get("plan:today", 10)
    )
    numbers = [str(number + 1) for number, _, _ in today]
    what = f"part {numbers[0]}" if len(numbers) == 1 else f"parts {wording.listed(numbers)}"
    of = "the first" if len(week.plan.items) > 1 else "it"
    return f"Today, {what} of {of}, {wording.count(minutes, 'minute')}."


def _aside(visit: Visit, week: Week, wishes: rules.Wishes) -> None:
    if week.plan.runners_up:
        ui.heading("Not this week")
        ui.rows(
            (f"{one.minutes} min", one.title, one.code)
            for one in (visit.library.module[slug] for slug in week.plan.runners_up)
        )
    card.undo_list(visit, wishes)
    if week.unrated:
        ui.link(visit, "rate", "Rate more skills", key="plan_rate")
    ui.note(
        "The plan weighs each gap by how much your role needs the skill, keeps to your minutes, "
        "and puts what comes first first. It is worked out afresh each time."
    )
