"""One module in the plan: why it is there, what it costs and opens, and what would change it."""

from __future__ import annotations

import streamlit as st

from ccio_skills import ui, wording
from ccio_skills.assess.rules.gaps import Gap
from ccio_skills.learn import commands, queries
from ccio_skills.learn.rules import planner
from ccio_skills.learn.rules import week as rules
from ccio_skills.learn.rules.week import Wishes
from ccio_skills.library import Module
from ccio_skills.ui import Visit
from ccio_skills.vocabulary import LEVEL_NAMES, WEIGHTS, Level


def draw(
    visit: Visit,
    item: planner.Item,
    *,
    number: int,
    gaps: tuple[Gap, ...],
    role: str,
    minutes: int,
    wishes: Wishes,
) -> None:
    """Draw one module of the plan; only the first has the filled button."""
    module = visit.library.module[item.slug]
    with st.container(key=f"mod_{item.slug}"):
        ui.write(
            '<div class="cc-card"><span class="cc-num" aria-hidden="true">{number}</span>'
            '<div><p class="cc-big" role="heading" aria-level="2">{title}</p>'
            '<p class="cc-meta"><b>{minutes}</b><span>{level}</span><span>{code}</span></p>'
            "</div></div>"
            '<p class="cc-why"><b>Why this:</b> {why}</p>',
            number=number,
            title=module.title,
            minutes=wording.count(module.minutes, "minute"),
            level=f"leads to level {module.level}, {LEVEL_NAMES[Level(module.level)]}",
            code=module.code,
            why=rules.why(item, gaps=gaps, library=visit.library, role=role),
        )
        _more(visit, item, module, wishes)
        with st.container(horizontal=True, key=f"act_{item.slug}"):
            label = "Start reading" if _is_new(visit, module) else "Go on reading"
            if st.button(
                label, type="primary" if number == 1 else "secondary", key=f"read:{item.slug}"
            ):
                ui.go(visit, "module", module=item.slug)
            _change(visit, module, wishes)
            _what_would(visit, item, gaps=gaps, minutes=minutes, wishes=wishes)


def _is_new(visit: Visit, module: Module) -> bool:
    return module.slug not in queries.readings(visit.db, visit.person.id)


def _more(visit: Visit, item: planner.Item, module: Module, wishes: Wishes) -> None:
    opens = [
        visit.library.module[slug].title
        for slug in planner.unlocks(rules.catalogue(visit.library), module.slug, done=wishes.done)
    ]
    also = rules.also_helps(item, visit.library)
    said = []
    if also:
        said.append(f"It also helps with {wording.listed(list(also))}.")
    said.append(f"It opens {wording.listed(opens)}." if opens else "It stands alone.")
    ui.note(" ".join(said))


def _change(visit: Visit, module: Module, wishes: Wishes) -> None:
    with st.popover("Change this", key=f"change_{module.slug}"):
        if module.slug in wishes.pinned:
            if st.button("Take the pin off", key=f"unpin:{module.slug}"):
                _decide(visit, module, None)
        elif st.button("Pin: keep it in the plan", key=f"pin:{module.slug}"):
            _decide(visit, module, "pinned")
        if st.button("Not now", key=f"not_now:{module.slug}"):
            _decide(visit, module, "not_now")
        evidence = st.text_input(
            "I know this already. What shows it, in one line?",
            key=f"known:{module.slug}:evidence",
            max_chars=300,
        )
        if st.button("I know this already", key=f"known:{module.slug}"):
            if evidence.strip():
                _decide(visit, module, "known", evidence.strip())
            else:
                ui.error("Write one line about what shows it; it is for you alone.")


def _decide(
    visit: Visit, module: Module, decision: queries.Decision | None, evidence: str = ""
) -> None:
    commands.decide(
        visit.db, visit.person.id, module.slug, decision, evidence=evidence, at=visit.now
    )
    if decision == "known":
        ui.go(visit, "rate", skills=module.skills[0])
    st.rerun()


def _what_would(
    visit: Visit, item: planner.Item, *, gaps: tuple[Gap, ...], minutes: int, wishes: Wishes
) -> None:
    # Up to eight plans for each card: worked out for the one that is opened.
    shown = st.popover("What would change it?", key=f"what_{item.slug}", on_change="rerun")
    if not shown.open:
        return
    with shown:
        change = planner.what_changes(
            rules.catalogue(visit.library),
            rules.standing(gaps),
            item.slug,
            minutes=minutes,
            done=wishes.done,
            banned=wishes.not_now,
            pinned=wishes.pinned,
        )
        for line in _changes(visit, change):
            ui.note(line)


def _changes(visit: Visit, change: planner.Change) -> list[str]:
    names = {weight: importance for importance, weight in WEIGHTS.items()}
    lines = []
    if change.minutes:
        lines.append(f"With {change.minutes} minutes this week it would not be in the plan.")
    if change.weight:
        skill, weight = change.weight
        title = visit.library.skill[skill].title
        lines.append(f"If {title} were {names[weight]} to your role, other modules would win.")
    if change.level:
        skill, level = change.level
        title = visit.library.skill[skill].title
        name = wording.level_name(Level(level))
        lines.append(f"If you rated {title} {name}, it would leave the plan.")
    return lines or ["No small change removes it: neither an hour nor one level either way."]


def undo_list(visit: Visit, wishes: Wishes) -> None:
    """List what was put off or said to be known, each with a way back."""
    choices = queries.choices(visit.db, visit.person.id)
    held = [slug for slug, one in choices.items() if one.decision != "pinned"]
    if not held:
        return
    ui.heading("Put aside by you")
    for slug in held:
        module = visit.library.module.get(slug)
        if module is None:
            continue
        words = "not now" if slug in wishes.not_now else "you know this"
        ui.write("<p><b>{title}</b>: {words}</p>", title=module.title, words=words)
        if st.button("Put it back", key=f"back:{slug}"):
            _decide(visit, module, None)
