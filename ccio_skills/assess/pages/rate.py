"""Rate my skills: one domain a page, ten skills for a quick start, or the skills a link names."""

from __future__ import annotations

import html

import streamlit as st

from ccio_skills import ui, wording
from ccio_skills.assess import commands, queries
from ccio_skills.assess.pages import question
from ccio_skills.assess.rules import course
from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.people import queries as people_queries
from ccio_skills.ui import Visit
from ccio_skills.vocabulary import LEVEL_NAMES, Level, Slug

_QUICK_HINT = (
    "Ten answers miss about half of your five biggest gaps. "
    "Finishing a domain sharpens the picture, now or later."
)
_SCOPES = {
    Level.AWARE: "You know it and can explain it; you act with help.",
    Level.CONTRIBUTING: "You do parts of it under guidance, in a team or project.",
    Level.PRACTISING: "You do it alone and reliably, for a service or department.",
    Level.LEADING: "You lead others and handle the unusual, across the organisation.",
    Level.SHAPING: "You change how others do it, in a system, region or nation. Rare.",
}


def show(visit: Visit) -> None:
    """Ask about what is due next, and keep each answer as it is given."""
    me = people_queries.settings(visit.db, visit.person.id)
    if me is None:
        ui.go(visit, "home")
        return
    sitting = queries.open_sitting(visit.db, visit.person.id, now=visit.now)
    before = queries.current_ratings(visit.db, visit.person.id, without=sitting)
    answered = dict(sitting.answers) if sitting else {}
    asked = course.choose_round(
        visit.library,
        profile=me.profile,
        params=visit.params,
        in_sitting=list(answered),
        is_quick=bool(sitting and sitting.is_quick),
        rated={*before, *answered},
    )
    if asked is None:
        _all_rated(visit)
        return
    if visit.params != asked.params:
        st.query_params.from_dict(asked.params)
    for skill in asked.skills:
        given = question.keep(visit, skill, answered.pop(skill.slug, None), is_quick=asked.is_quick)
        answered |= {skill.slug: given} if given else {}
    _draw(visit, asked, answered=answered, before=before, profile=me.profile)


def _draw(
    visit: Visit,
    asked: course.Round,
    *,
    answered: dict[Slug, Rating],
    before: dict[Slug, Rating],
    profile: Slug,
) -> None:
    rated = {*before, *answered}
    with ui.page(visit, asked.title, course.LEDE, side=_counter(visit, asked, answered, rated)):
        main, aside = st.columns([5, 2], gap="large")
        with main:
            for skill in asked.skills:
                question.ask(
                    visit,
                    skill,
                    given=answered.get(skill.slug),
                    before=before.get(skill.slug),
                    importance=visit.library.profile[profile].targets[skill.slug].importance,
                    is_quick=asked.is_quick,
                )
            _onward(visit, asked, rated=rated)
        with aside:
            _aside(visit, asked, has_answers=bool(answered))


def _counter(
    visit: Visit, asked: course.Round, answered: dict[Slug, Rating], rated: set[Slug]
) -> str:
    if asked.domain:
        done = course.progress(visit.library.skills, answered=rated, library=visit.library)
        where = f"Domain {asked.domain.order} of {len(visit.library.domains)}"
    else:
        done = course.progress(asked.skills, answered=answered, library=visit.library)
        where = "Quick start" if asked.is_quick else "Re-rating"
    left = f", {wording.minutes_left(done.minutes_left)} left" if done.answered < done.asked else ""
    words = f"{done.answered} of {wording.count(done.asked, 'skill')} rated"
    return (
        f'<p class="cc-eyebrow">{html.escape(where)}</p><p><b>{html.escape(words)}</b>{left}</p>'
        f'<div class="cc-steps" role="progressbar" aria-label="Skills rated" aria-valuemin="0" '
        f'aria-valuemax="{done.asked}" aria-valuenow="{done.answered}">'
        f'<i style="width:{done.share:.0%}"></i></div>'
    )


def _onward(visit: Visit, asked: course.Round, *, rated: set[Slug]) -> None:
    after = asked.domain.slug if asked.domain else None
    following = course.next_domain(visit.library, answered=rated, after=after)
    if asked.is_quick:
        ui.note(_QUICK_HINT)
    with st.container(horizontal=True, key="onward"):
        if asked.domain and following and following.slug != after:
            if st.button(f"Next: {following.short}", type="primary"):
                ui.go(visit, "rate", domain=following.slug)
            is_main = False
        else:
            is_main = True
        if st.button("See my gaps", type="primary" if is_main else "secondary"):
            ui.go(visit, "gaps")


def _aside(visit: Visit, asked: course.Round, *, has_answers: bool) -> None:
    ui.note("Each answer is saved as you give it. You can stop at any time.")
    with st.expander("What the five levels mean", key="levels"):
        ui.rows((str(int(one)), LEVEL_NAMES[one], words) for one, words in _SCOPES.items())
    if asked.domain:
        _domains(visit, asked)
    if has_answers:
        ui.note("A sitting ends by itself after 12 hours without an answer.")
        if st.button("I am done for now", key="rate:done"):
            commands.end_sitting(visit.db, visit.person.id, at=visit.now)
            ui.go(visit, "gaps")


def _domains(visit: Visit, asked: course.Round) -> None:
    names = {one.slug: f"{one.order} {one.short}" for one in visit.library.domains}
    here = asked.domain.slug if asked.domain else next(iter(names))
    choice = st.selectbox(
        "Go to another domain",
        list(names),
        index=list(names).index(here),
        format_func=names.__getitem__,
        key=f"rate:domain:{here}",
    )
    if choice != here:
        ui.go(visit, "rate", domain=choice)


def _all_rated(visit: Visit) -> None:
    lede = "Every skill has an answer. Rate a domain again when something has changed."
    with ui.page(visit, f"All {len(visit.library.skills)} skills are rated", lede):
        current = queries.current_ratings(visit.db, visit.person.id)
        for domain in visit.library.domains:
            skills = visit.library.skills_of(domain.slug)
            newest = max(current[skill.slug].rated_at for skill in skills)
            with st.container(
                horizontal=True, vertical_alignment="center", key=f"dom_{domain.slug}"
            ):
                ui.write(
                    "<p><b>{title}</b><br><span>{when}</span></p>",
                    title=domain.title,
                    when=f"Last rated on {wording.day(newest)}",
                )
                ui.link(
                    visit,
                    "rate",
                    "Rate again",
                    key=f"again_{domain.slug}",
                    params={"domain": domain.slug},
                )
