"""A module: one part at a time, then the questions, then what to take away."""

from __future__ import annotations

import streamlit as st

from ccio_skills import ui, wording
from ccio_skills.learn import commands, queries
from ccio_skills.learn.pages import ending, prose, quiz
from ccio_skills.library import Module
from ccio_skills.ui import Visit
from ccio_skills.vocabulary import LEVEL_NAMES, Level


def show(visit: Visit) -> None:
    """Show where the person is in the module that the link names."""
    module = visit.library.module.get(visit.params.get("module", ""))
    if module is None:
        with ui.page(visit, "No such module", "The link names no module that can be read now."):
            ui.link(visit, "library", "Look in the library", key="no_module")
        return
    reading = queries.readings(visit.db, visit.person.id).get(module.slug)
    place = _place(visit, module, reading)
    st.query_params.from_dict({"module": module.slug, "part": str(place + 1)})
    is_end = place > len(module.parts)
    if reading is None or (reading.part != place and not is_end):
        commands.turn_to(visit.db, visit.person.id, module.slug, part=place, at=visit.now)
    with ui.page(visit, module.title, _lede(visit, module)):
        main, aside = st.columns([7, 3], gap="large")
        with main:
            # On a phone the text must not begin below a screen of dates.
            if place == 0:
                _about(visit, module)
            _stage(visit, module, place)
            if place:
                _about(visit, module)
        with aside:
            _contents(visit, module, place)
            _notes(visit, module, reading)


def _place(visit: Visit, module: Module, reading: queries.Reading | None) -> int:
    """Return which part to show, from 0: the link's, else where the person was."""
    wanted = visit.params.get("part", "")
    part = int(wanted) - 1 if wanted.isdecimal() and len(wanted) < 4 else None
    if part is None:
        part = reading.part if reading else 0
    return max(0, min(part, len(module.parts) + 1))


def _lede(visit: Visit, module: Module) -> str:
    skill = visit.library.skill[module.skills[0]]
    domain = visit.library.domain[skill.domain].short
    level = LEVEL_NAMES[Level(module.level)]
    return f"{domain}: {skill.title}, towards level {module.level} {level}."


def _about(visit: Visit, module: Module) -> None:
    ui.meta(
        wording.count(module.minutes, "minute"),
        f"checked {wording.day(module.last_checked)}",
        f"review due {wording.day(module.review_by)}",
        f"applies to {wording.listed([str(one) for one in module.nations])}",
    )
    if module.review_by < visit.now.date():
        st.warning(
            f"Due for review on {wording.day(module.review_by)}. "
            "Check the sources before you quote this."
        )
    if module.reviewed_by:
        ui.note(f"Reviewed by {module.reviewed_by}.")
    else:
        ui.note(
            "Written from the cited sources, checked against them on "
            f"{wording.day(module.last_checked)}. Not yet reviewed by a clinician."
        )


def _stage(visit: Visit, module: Module, place: int) -> None:
    last = len(module.parts)
    if place < last:
        if place == 0:
            _opening(visit, module)
        part = module.parts[place]
        ui.write(
            '<p class="cc-eyebrow">Part {number} of {all}, {minutes}</p>',
            number=place + 1,
            all=last,
            minutes=wording.count(part.minutes, "minute"),
        )
        prose.draw(part, module, visit.library)
    elif place == last:
        quiz.draw(visit, module)
    else:
        ending.draw(visit, module)
        return
    _onward(visit, module, place)


def _opening(visit: Visit, module: Module) -> None:
    with st.container(key="opening"):
        ui.bullets("It answers", module.answers)
        ui.bullets("After this you can", module.objectives)
        if asked := visit.library.skill[module.skills[0]].survey_2012:
            ui.note(f"In the 2012 survey of CCIOs: {asked}")


def _onward(visit: Visit, module: Module, place: int) -> None:
    last = len(module.parts)
    if place < last - 1:
        part = module.parts[place + 1]
        label = f"Next: part {place + 2}, {wording.count(part.minutes, 'minute')}"
    elif place == last - 1:
        label = f"Check yourself, {wording.count(module.check_minutes, 'minute')}"
    else:
        label = "Finish and reflect"
    with st.container(horizontal=True, key="onward"):
        if st.button(label, type="primary", key=f"onward:{place}"):
            _turn(visit, module, place + 1)
        if place and st.button("Back", key=f"back:{place}"):
            _turn(visit, module, place - 1)


def _turn(visit: Visit, module: Module, place: int) -> None:
    ui.go(visit, "module", module=module.slug, part=str(place + 1))


def _contents(visit: Visit, module: Module, place: int) -> None:
    ui.write('<p class="cc-eyebrow">In this module</p>')
    entries = [(one.title, one.minutes) for one in module.parts]
    entries.append(("Check yourself", module.check_minutes))
    entries.append(("Finish and reflect", 0))
    with st.container(key="contents", gap=None):
        for number, (title, minutes) in enumerate(entries):
            length = f" ({minutes} min)" if minutes else ""
            label = f"**{title}**{length}" if number == place else f"{title}{length}"
            st.page_link(
                visit.link("module"),
                label=label,
                query_params={"module": module.slug, "part": str(number + 1)},
                width="stretch",
            )


def _notes(visit: Visit, module: Module, reading: queries.Reading | None) -> None:
    saved = reading.notes if reading else ""
    with st.expander("My notes", expanded=bool(saved), key="notes"):
        written = ui.picked(f"notes:{module.slug}", saved)
        st.text_area(
            "Notes on this module, for you alone", key=f"notes:{module.slug}", max_chars=5000
        )
        if written != saved:
            commands.keep_notes(visit.db, visit.person.id, module.slug, notes=written, at=visit.now)
            ui.saved("Notes saved.")
    if visit.place.mistakes_address:
        with st.container(key="lnk_mistake"):
            st.link_button(
                f"Report a mistake in {module.code}",
                visit.place.mistakes_address,
                type="tertiary",
            )
