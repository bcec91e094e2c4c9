"""What reviewers would see, with made-up figures: by the rules that a real chart goes through."""

from __future__ import annotations

import streamlit as st

from ccio_skills import ui
from ccio_skills.cohorts.queries import Cohort
from ccio_skills.cohorts.rules import desk, wording
from ccio_skills.cohorts.rules.instrument import skill_items
from ccio_skills.cohorts.rules.sample import KEY, sample
from ccio_skills.ui import Visit

_SHOWN = 3
_MADE_UP = "Made-up figures. Nobody has answered this: it shows what a chart of this cohort says."


def draw_sample(visit: Visit, cohort: Cohort) -> None:
    """Draw a made-up chart of a cohort in words and numbers."""
    profile = next(iter(visit.library.profile))
    items = skill_items(visit.library, profile=profile)[:_SHOWN]
    made = sample(items, name=cohort.name, thresholds=cohort.thresholds, now=visit.now)
    sheet = desk.sheet(made, KEY)
    with st.container(key="askcard"):
        ui.note(_MADE_UP)
        ui.write("<p><b>{title}</b></p><p>{words}</p>", title=sheet.title, words=sheet.words)
        if sheet.chart is None:
            return
        chart = sheet.chart.value
        for one in chart.bars:
            ui.write(
                '<p><b>{title}</b></p><p class="cc-mute">{words}</p>',
                title=one.item.title,
                words=wording.bar(one, members=chart.caption.members),
            )
        ui.note(wording.rules(cohort.thresholds))
