"""My gaps: where I am, where the role asks me to be."""

from __future__ import annotations

import streamlit as st

from ccio_skills import ui, wording
from ccio_skills.assess import charts, queries
from ccio_skills.assess.rules import gaps as rules
from ccio_skills.assess.rules.gaps import Gap, Tier
from ccio_skills.people import commands as people_commands
from ccio_skills.people import queries as people_queries
from ccio_skills.ui import Visit, glyphs
from ccio_skills.vocabulary import Slug

_TOP, _ALL = "The ten that matter most", "All skills"
_KEY = (
    '<div class="cc-key"><span>{now}you now</span><span>{target}the role asks</span>'
    "<span>{met}the same: met</span><span>{clear}clear gap, two levels or more</span>"
    "<span>{some}some gap, one level</span></div>"
)


def show(visit: Visit) -> None:
    """Show the gap chart, or an invitation when nothing is rated yet."""
    me = people_queries.settings(visit.db, visit.person.id)
    ratings = queries.current_ratings(visit.db, visit.person.id)
    if me is None or not ratings:
        with ui.page(visit, "My gaps", "Your level beside the level a role asks for."):
            ui.empty(
                "Nothing to compare yet. Answer ten questions, about four minutes, "
                "and your first gaps appear here.",
                button="Start the quick start",
                visit=visit,
                path="rate" if me else "home",
                **({"quick": "1"} if me else {}),
            )
        return

    profile = _chosen(visit, me.profile)
    if profile != me.profile:
        people_commands.settle(
            visit.db,
            visit.person.id,
            profile=profile,
            minutes_a_week=me.minutes_a_week,
            at=visit.now,
        )
    gaps = rules.find_gaps(ratings, library=visit.library, profile=profile)
    with ui.page(visit, "My gaps", _lede(gaps, visit.library.profile[profile].title)):
        _draw(visit, gaps, profile)


def _chosen(visit: Visit, saved: Slug) -> Slug:
    """Return the role picked in the box below, read before the page is drawn."""
    choice = ui.picked("gaps:profile", saved)
    return choice if choice in visit.library.profile else saved


def _draw(visit: Visit, gaps: tuple[Gap, ...], profile: Slug) -> None:
    main, aside = st.columns([7, 3], gap="large")
    with main:
        shown = _controls(visit, gaps, profile)
        st.html(f'<div class="cc">{_KEY.format(**glyphs.TIERS | glyphs.KEY)}</div>')
        ui.draw(charts.gap_figure(shown, library=visit.library), key="gaps")
    with aside:
        st.html(f'<div class="cc">{glyphs.tiers(rules.count_tiers(gaps))}</div>')
        if st.button("Plan my time", type="primary", key="gaps:plan"):
            ui.go(visit, "plan")
        ui.note(
            "The ten are chosen by the size of the gap and by how much the role needs the skill; "
            "then what is not rated yet. Treat the order as rough: a self-rating can be one "
            "level out."
        )
        _next_roles(visit, profile)
        ui.link(visit, "progress", "Distance to the role", key="gaps_distance")
        if any(gap.tier is Tier.UNRATED for gap in gaps):
            ui.link(visit, "rate", "Rate more skills", key="gaps_rate")


def _controls(visit: Visit, gaps: tuple[Gap, ...], profile: Slug) -> tuple[Gap, ...]:
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        st.selectbox(
            "Compare me with",
            list(visit.library.profile),
            format_func=lambda slug: visit.library.profile[slug].title,
            key="gaps:profile",
        )
    with right, st.container(key="seg_gaps"):
        choice = st.segmented_control(
            "Show", [_TOP, _ALL], default=_TOP, required=True, key="gaps:shown"
        )
    return gaps if choice == _ALL else rules.most_important(gaps)


def _next_roles(visit: Visit, profile: Slug) -> None:
    names = [visit.library.profile[slug].title for slug in visit.library.profile[profile].next]
    if names:
        ui.note(
            f"Roles that commonly follow: {wording.listed(names)}. Choose one above to compare."
        )


def _lede(gaps: tuple[Gap, ...], role: str) -> str:
    counts = rules.count_tiers(gaps)
    rated = len(gaps) - counts[Tier.UNRATED]
    if not rated:
        return f"For the role {role} no skill has a level yet: rate some to see your gaps."
    met, clear = counts[Tier.MET], counts[Tier.CLEAR]
    if rated and met == rated:
        return f"You meet every target you rated for the role {role}. Try the next role."
    wide = f"{wording.count(clear, 'shows', 'show')} a clear gap." if clear else "None is wide."
    return f"For the role {role} you meet {met} of {wording.count(rated, 'rated skill')}. {wide}"
