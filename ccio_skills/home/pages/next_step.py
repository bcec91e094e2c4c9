"""The one next step: go on reading, a path, the plan's first module, or rating."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from ccio_skills import ui, wording
from ccio_skills.assess import queries as assess_queries
from ccio_skills.assess.rules.gaps import Gap
from ccio_skills.learn import queries as learn_queries
from ccio_skills.learn.rules import week as week_rules
from ccio_skills.learn.rules.journey import Journey
from ccio_skills.library import Path
from ccio_skills.people import queries as people_queries
from ccio_skills.ui import Visit


@dataclass(frozen=True)
class _Step:
    eyebrow: str
    title: str
    why: str
    button: str
    page: str
    params: dict[str, str] = field(default_factory=dict)
    beside: tuple[str, str, dict[str, str]] | None = None


@dataclass(frozen=True)
class Standing:
    """What the next step is chosen from; the page has asked for it already."""

    visit: Visit
    me: people_queries.Settings
    gaps: tuple[Gap, ...]
    ratings: assess_queries.Ratings
    done: tuple[learn_queries.Completion, ...]
    paths: tuple[tuple[Path, Journey], ...]
    """The paths that count now, the one taken up last first."""


def draw(now: Standing) -> None:
    """Draw the card with the one thing to do next."""
    visit = now.visit
    step = _rate(now.gaps) or _path(now) or _plan(now)
    with st.container(key="next"):
        ui.write(
            '<p class="cc-eyebrow">{eyebrow}</p><p class="cc-big" role="heading" aria-level="2">'
            "{title}</p><p>{why}</p>",
            eyebrow=step.eyebrow,
            title=step.title,
            why=step.why,
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            if st.button(step.button, type="primary", key="home:next"):
                ui.go(visit, step.page, **step.params)
            if step.beside:
                path, label, params = step.beside
                ui.link(visit, path, label, key="home_beside", params=params or None)


def _rate(gaps: tuple[Gap, ...]) -> _Step | None:
    if any(gap.now is not None for gap in gaps):
        return None
    return _Step(
        "About four minutes",
        "Answer ten questions",
        "They cover every domain of the role you chose, and give you first gaps and a first plan.",
        "Start",
        "rate",
        {"quick": "1"},
    )


def _path(now: Standing) -> _Step | None:
    """Return the next module of the first path on which something is left."""
    for path, walked in now.paths:
        if stage := walked.next:
            place, length = walked.place(stage.slug), len(walked.stages)
            minutes = wording.count(stage.minutes, "minute")
            return _Step(
                f"Step {place} of {length} on your path, {minutes}",
                stage.title,
                f"{stage.why} It is next on the path {path.title}. Nothing is locked.".lstrip(),
                "Start reading",
                "module",
                {"module": stage.slug},
                ("path", "See the path", {"path": path.slug}),
            )
    return None


def _plan(now: Standing) -> _Step:
    visit, gaps = now.visit, now.gaps
    wishes = week_rules.wishes_from(
        {
            slug: one.decision
            for slug, one in learn_queries.choices(visit.db, visit.person.id).items()
        },
        done={one.module for one in now.done},
    )
    week = week_rules.plan_week(
        gaps, library=visit.library, minutes=now.me.minutes_a_week, wishes=wishes
    )
    items = week.plan.items or ((week.plan.smallest,) if week.plan.smallest else ())
    role = visit.library.profile[now.me.profile].title
    beside: tuple[str, str, dict[str, str]] = ("plan", "See the plan", {})
    if items:
        module = visit.library.module[items[0].slug]
        return _Step(
            f"First in your plan, {wording.count(module.minutes, 'minute')}",
            module.title,
            week_rules.why(items[0], gaps=gaps, library=visit.library, role=role),
            "Start reading",
            "module",
            {"module": module.slug},
            beside,
        )
    done = {(one.skill, one.step) for one in learn_queries.actions_done(visit.db, visit.person.id)}
    at_work = [one for one in week.at_work if (one.skill, one.step) not in done]
    if at_work:
        first = at_work[0]
        return _Step(
            "At work",
            first.action.title,
            f"No module reaches the next step in {visit.library.skill[first.skill].title} yet.",
            "See what to do",
            "plan",
        )
    return _Step(
        "Nothing is open",
        "Rate more skills, or try the next role",
        "You meet every target you rated in this role.",
        "See my gaps",
        "gaps",
    )
