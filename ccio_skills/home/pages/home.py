"""Home: the one next step, where I stand in one sentence, what I finished lately."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ccio_skills import ui, wording
from ccio_skills.assess import queries as assess_queries
from ccio_skills.assess.rules import course
from ccio_skills.assess.rules import gaps as gap_rules
from ccio_skills.assess.rules.gaps import Gap, Tier
from ccio_skills.home import charts
from ccio_skills.home.pages import next_step, on_paths, welcome
from ccio_skills.learn import queries as learn_queries
from ccio_skills.people import queries as people_queries
from ccio_skills.ui import Visit, glyphs

_LATELY = 4


def show(visit: Visit) -> None:
    """Show the next step, or the two questions of the first visit."""
    me = people_queries.settings(visit.db, visit.person.id)
    if me is None:
        welcome.show(visit)
        return
    ratings = assess_queries.current_ratings(visit.db, visit.person.id)
    gaps = gap_rules.find_gaps(ratings, library=visit.library, profile=me.profile)
    done = learn_queries.completions(visit.db, visit.person.id)
    role = visit.library.profile[me.profile].title
    paths = on_paths.gather(visit, me, ratings, done)
    with ui.page(visit, "Your next step", _stand(gaps, role)):
        main, aside = st.columns([7, 4], gap="large")
        with main:
            next_step.draw(next_step.Standing(visit, me, gaps, ratings, done, paths))
            on_paths.draw(visit, paths, has_step=bool(ratings))
            _due(visit, ratings, done)
            _lately(visit, done[-_LATELY:])
        with aside:
            ui.heading("Where you stand")
            st.html(f'<div class="cc">{glyphs.tiers(gap_rules.count_tiers(gaps))}</div>')
            if ratings:
                ui.link(visit, "gaps", "See your gaps", key="home_gaps")
                levels = {slug: one.level for slug, one in ratings.items()}
                ui.note(
                    "One box is one skill, its number the level you gave, 0 to 5. "
                    "A dashed box is not rated (–) or not part of your role (n/a)."
                )
                ui.draw(charts.board_figure(levels, library=visit.library), key="board")


def _stand(gaps: tuple[Gap, ...], role: str) -> str:
    counts = gap_rules.count_tiers(gaps)
    rated = len(gaps) - counts[Tier.UNRATED]
    if not rated:
        return "Ten questions, about four minutes, and you see where you stand."
    return (
        f"For the role {role} you meet {counts[Tier.MET]} of "
        f"{wording.count(rated, 'rated skill')}; "
        f"{wording.count(counts[Tier.CLEAR], 'clear gap')}, {counts[Tier.UNRATED]} not rated yet."
    )


def _due(
    visit: Visit, ratings: assess_queries.Ratings, done: Sequence[learn_queries.Completion]
) -> None:
    learnt = learn_queries.learnt_at(visit.db, visit.person.id, visit.library, done=done)
    due = course.due_again(ratings, library=visit.library, now=visit.now, learnt=learnt)
    if due:
        names = wording.listed([skill.title for skill in due[:3]])
        more = f" and {len(due) - 3} more" if len(due) > 3 else ""
        ui.note(f"Worth rating again, because time passed or you learnt something: {names}{more}.")
        ui.link(
            visit,
            "rate",
            "Rate again",
            key="home_again",
            params={"skills": ",".join(skill.slug for skill in due[:5])},
        )


def _lately(visit: Visit, done: Sequence[learn_queries.Completion]) -> None:
    if not done:
        return
    modules = {one.module for one in done}
    right = learn_queries.first_answers_right(visit.db, visit.person.id, modules=modules)
    ui.heading("Finished lately")
    ui.rows(
        (
            wording.short_day(one.finished_at),
            visit.library.module[one.module].title if one.module in visit.library.module else "",
            _small(one, right.get(one.module)),
        )
        for one in reversed(done)
    )
    ui.link(visit, "progress", "See all progress", key="home_progress")


def _small(one: learn_queries.Completion, right: tuple[int, int] | None) -> str:
    said = [wording.count(one.minutes, "minute")]
    if right:
        said.append(f"{right[0]} of {right[1]} answers right first time")
    if one.has_reflection:
        said.append("reflection written")
    return ", ".join(said)
