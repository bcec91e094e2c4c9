"""About me: the role and time I gave, where my answers lie, export and erase."""

from __future__ import annotations

import streamlit as st

from ccio_skills import ui
from ccio_skills.people import commands, queries, rules
from ccio_skills.people.pages import account
from ccio_skills.people.pages.bringing import bring_in
from ccio_skills.ui import Visit

_NOTHING = "Nothing is kept about you yet."
_PERSONAL = (
    "your role and minutes",
    "every rating with its evidence",
    "what you read, answered, noted and finished",
    "your decisions about plan and paths",
    "your answers to the role survey",
)


def show(visit: Visit) -> None:
    """Show what is kept about me, and let me change, take, bring or erase it."""
    with ui.page(visit, "About me", "What is kept about you, where it lies, and how to take it."):
        main, aside = st.columns([5, 4], gap="large")
        with aside:
            above = st.container()
            bring_in(visit)
        me = queries.settings(visit.db, visit.person.id)
        is_shared = visit.place.is_shared
        with main:
            if me:
                _role(visit, me)
            else:
                what = "No answer of yours is kept yet." if is_shared else _NOTHING
                ui.empty(what, button="Start", visit=visit, path="home")
            if is_shared:
                account.show_who(visit)
        with above:
            if me and not is_shared:
                _file(visit)
            if me or is_shared:
                _export(visit)
        with aside:
            if me:
                _erase(visit)
            if is_shared:
                account.delete(visit)


def _role(visit: Visit, me: queries.Settings) -> None:
    ui.heading("My role and time")
    slugs = list(visit.library.profile)
    ui.picked("me:profile", me.profile if me.profile in slugs else slugs[0])
    ui.picked("me:minutes", me.minutes_a_week)
    with st.container(key="choice_role"):
        profile = st.radio(
            "Where are you?",
            slugs,
            format_func=lambda slug: visit.library.profile[slug].says,
            key="me:profile",
            width="stretch",
        )
    minutes = st.number_input(
        "Minutes you can give in a week",
        commands.SHORTEST_WEEK,
        commands.LONGEST_WEEK,
        step=15,
        key="me:minutes",
        width=200,
    )
    if (profile, minutes) != (me.profile, me.minutes_a_week):
        commands.settle(
            visit.db,
            visit.person.id,
            profile=profile,
            minutes_a_week=int(minutes),
            at=visit.now,
        )
        ui.saved("Saved.")
    ui.note(visit.library.profile[profile].description)


def _file(visit: Visit) -> None:
    ui.heading("Where it lies")
    ui.write("<p><code>{store}</code></p>", store=visit.place.store)
    ui.note("Readable by your user account, and by whoever administers this computer.")


def _export(visit: Visit) -> None:
    ui.heading("Take it with you")
    ui.note("Everything that is kept about you, as JSON and CSV in one zip.")
    ui.download(
        "Export everything",
        lambda: _packed(visit),
        file_name=f"ccio-skills-{visit.now:%Y-%m-%d}.zip",
        mime="application/zip",
        key="me:export",
    )


def _packed(visit: Visit) -> bytes:
    with ui.again(visit) as now:
        me, at = now.person.id, now.now
        kept = commands.export(now.db, me, at=at)
        return rules.archive(kept, account=queries.account(now.db, me), at=at)


def _erase(visit: Visit) -> None:
    ui.heading("Erase everything")
    rest = "Your account stays" if visit.place.is_shared else "Nothing stays"
    ui.note(f"What goes: {', '.join(_PERSONAL)}. {rest}, and nothing can be brought back.")
    sure = st.checkbox("I want all of it erased", key="me:sure")
    if st.button("Erase everything", disabled=not sure, key="me:erase"):
        commands.erase(visit.db, visit.person.id, at=visit.now)
        st.session_state.clear()
        ui.go(visit, "home")
