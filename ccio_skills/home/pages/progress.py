"""Progress: levels over time, what changed since a day, modules and minutes by month."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import streamlit as st

from ccio_skills import ui, wording
from ccio_skills.assess import queries as assess_queries
from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.home import charts, rules
from ccio_skills.home.pages import distance
from ccio_skills.learn import queries as learn_queries
from ccio_skills.ui import Visit
from ccio_skills.vocabulary import Slug


def show(visit: Visit) -> None:
    """Show what moved, in words first, or an invitation when nothing is rated."""
    history = assess_queries.history(visit.db, visit.person.id)
    finished = learn_queries.completions(visit.db, visit.person.id)
    if not history:
        with ui.page(visit, "Progress", "Your levels over time, and what you learnt."):
            ui.empty(
                "Nothing to show yet: progress begins with your first ratings.",
                button="Start",
                visit=visit,
                path="home",
            )
        return
    days = sorted({one.rated_at.date() for one in history})
    with ui.page(visit, "Progress", _lede(days, finished)):
        main, aside = st.columns([7, 4], gap="large")
        with main:
            distance.draw(visit, finished)
            ui.heading("Level per domain")
            ui.note(
                "Mean level, 0 to 5, of the skills you rated in each domain. A dot is a day on "
                "which you rated; the line stays flat until you rate again."
            )
            lines = rules.domain_history(history, library=visit.library)
            if lines:
                ui.draw(
                    charts.history_figure(lines, library=visit.library, today=visit.now.date()),
                    key="history",
                )
        with aside:
            _changes(visit, days)
            _minutes(visit, finished)


def _lede(days: list[date], finished: tuple[learn_queries.Completion, ...]) -> str:
    rated = f"You rated yourself on {wording.count(len(days), 'day')}"
    since = f" since {wording.day(days[0])}" if len(days) > 1 else ""
    if not finished:
        return f"{rated}{since}. No module is finished yet."
    spent = wording.hours(sum(one.minutes for one in finished))
    return f"{rated}{since}, and finished {wording.count(len(finished), 'module')} in {spent}."


def _changes(visit: Visit, days: list[date]) -> None:
    ui.heading("What changed")
    if len(days) < 2:
        ui.note("You have rated on one day only. Rate again later, and changes appear here.")
        return
    since = st.selectbox("Since", days[:-1], format_func=wording.day, key="progress:since")
    moment = datetime.combine(since, time.max, tzinfo=UTC)
    before = assess_queries.current_ratings(visit.db, visit.person.id, until=moment)
    now = assess_queries.current_ratings(visit.db, visit.person.id)
    _domains(visit, before, now)
    _skills(visit, before, now)
    ui.note(wording.NOISE)


def _domains(visit: Visit, before: dict[Slug, Rating], now: dict[Slug, Rating]) -> None:
    moves = rules.domain_moves(before, now, library=visit.library)
    moved = [one for one in moves if one.is_real]
    if not moved:
        ui.note("No domain mean moved by more than the noise of self-rating.")
        return
    ui.rows(
        (
            f"{wording.decimal(one.before)} to {wording.decimal(one.now)}",
            visit.library.domain[one.domain].short,
            f"{'up' if one.change > 0 else 'down'} by {wording.decimal(abs(one.change))} over "
            f"{wording.count(one.skills, 'skill')}: more than noise",
        )
        for one in moved
    )


def _skills(visit: Visit, before: dict[Slug, Rating], now: dict[Slug, Rating]) -> None:
    moves = rules.skill_moves(before, now, library=visit.library)
    if not moves:
        ui.note("No single skill has another level.")
        return
    with st.expander(f"{wording.count(len(moves), 'skill')} with another level", key="moved"):
        ui.rows(
            (
                f"{int(one.before)} to {int(one.now)}",
                visit.library.skill[one.skill].title,
                "within the noise" if abs(one.now - one.before) < 2 else "two levels or more",
            )
            for one in moves
        )


def _minutes(visit: Visit, finished: tuple[learn_queries.Completion, ...]) -> None:
    if not finished:
        return
    ui.heading("Minutes of learning")
    ui.note("Minutes you logged for finished modules, by month. This month is not over.")
    months = rules.minutes_by_month(
        [(one.finished_at, one.minutes) for one in finished], now=visit.now
    )
    ui.draw(charts.minutes_figure(months), key="minutes")
