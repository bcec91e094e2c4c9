"""The first visit: two questions, then rating starts."""

from __future__ import annotations

import streamlit as st

from ccio_skills import ui
from ccio_skills.people import commands
from ccio_skills.ui import Visit

_LEDE = (
    "Rate your digital leadership skills, see the gaps that matter for your role, "
    "and get a short plan that fits the time you have."
)
_PERSONAL = (
    ("0", "accounts, e-mails or trackers", "Nothing is sent to anyone."),
    ("1", "file, on this computer", "Yours to export or erase at any time."),
)
_SHARED = (
    ("0", "people who see your answers", "Not your organisation, not an administrator."),
    ("1", "click to take or erase it all", "Your answers are yours, and so is your account."),
)
MINUTES = {15: "15 minutes", 30: "30 minutes", 60: "1 hour", 120: "2 hours", 240: "4 hours"}


def show(visit: Visit) -> None:
    """Ask two questions and start the quick start."""
    with ui.page(visit, "See where you stand, in four minutes", _LEDE):
        main, aside = st.columns([5, 3], gap="large")
        with main:
            with st.container(key="choice_role"):
                profile = st.radio(
                    "Where are you?",
                    list(visit.library.profile),
                    format_func=lambda slug: visit.library.profile[slug].says,
                    key="welcome:profile",
                    width="stretch",
                )
            with st.container(key="seg_minutes"):
                minutes = st.segmented_control(
                    "How much time can you give this week?",
                    list(MINUTES),
                    format_func=MINUTES.__getitem__,
                    default=60,
                    required=True,
                    key="welcome:minutes",
                )
            if st.button("Start with ten questions", type="primary", key="welcome:start"):
                commands.settle(
                    visit.db,
                    visit.person.id,
                    profile=profile,
                    minutes_a_week=minutes or 60,
                    at=visit.now,
                )
                ui.go(visit, "rate", quick="1")
        with aside:
            _promises(visit)


def _promises(visit: Visit) -> None:
    first = ("10", "questions, about four minutes", "Then your first gaps and your first plan.")
    ui.rows([first, *(_SHARED if visit.place.is_shared else _PERSONAL)])
    ui.link(visit, "privacy", "Where your answers are kept", key="welcome_privacy")
    if visit.library.survey:
        ui.link(visit, "survey-2012", "The survey this answers", key="welcome_survey")
