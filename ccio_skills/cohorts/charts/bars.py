"""Diverging stacked bars on the screen, with their table. Released values in, ``Figure`` out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import altair as alt

from ccio_skills import wording
from ccio_skills.cohorts.charts import places
from ccio_skills.cohorts.charts.places import Box, Placed
from ccio_skills.cohorts.rules import measures, telling
from ccio_skills.cohorts.rules.cohort_chart import Bar, CohortChart
from ccio_skills.cohorts.rules.domains import Domain
from ccio_skills.cohorts.rules.measures import Tier
from ccio_skills.cohorts.rules.released import Released
from ccio_skills.ui import figure, theme
from ccio_skills.ui.marks import levels, over, pixels

_ROW, _TOP, _TALL = 84, 46, 26
_GLYPHS = {
    Tier.CLEAR: ("triangle-up", theme.TIERS["clear"], theme.TIERS["clear"]),
    Tier.MIXED: ("triangle-up", theme.PAGE, theme.TIERS["some"]),
    Tier.FINE: ("circle", theme.TIERS["met"], theme.TIERS["met"]),
}
Data = dict[str, list[dict[str, Any]]]


def domain_figure(chart: Released[CohortChart], *, is_as_asked: bool = False) -> figure.Figure:
    """Draw the domains, each the sum of the answers to its skills.

    Args:
        chart: What is drawn.
        is_as_asked: In the order of the questions, so that two pictures have one order; otherwise
            the largest share below the targets first.
    """
    lines = places.place(places.domain_lines(chart, is_as_asked=is_as_asked))
    found = places.domains_of(chart, is_as_asked=is_as_asked)
    said = "; ".join(f"{one.name}, {telling.short_domain(one)}" for one in found)
    order = "as they were asked" if is_as_asked else "largest share below the targets first"
    return _figure(
        lines,
        sentence=f"Answers by domain, {order}: {said}.",
        first="Domain",
        rows=[_domain_row(one) for one in found],
        name="cohort-domains",
    )


def skill_figure(chart: Released[CohortChart], section: str | None = None) -> figure.Figure:
    """Draw the questions of a domain, or all: people in each answer.

    Args:
        chart: What is drawn.
        section: Name of the domain.
    """
    members = chart.value.caption.members
    bars = places.bars_of(chart, section)
    said = "; ".join(f"{one.item.title}, {telling.short(one, members=members)}" for one in bars)
    return _figure(
        places.place(places.skill_lines(chart, section)),
        sentence=f"People by answer, largest share below the target first: {said}.",
        first="Question",
        rows=[_bar_row(one, members=members) for one in bars],
        name="cohort-skills",
    )


def _figure(
    lines: Sequence[Placed],
    *,
    sentence: str,
    first: str,
    rows: Sequence[dict[str, str]],
    name: str,
) -> figure.Figure:
    columns = dict.fromkeys(column for row in rows for column in row)
    return figure.Figure(
        figure.fill(_template(), _marks(lines), height=_ROW * len(lines)),
        sentence=sentence,
        columns=(first, *(one for one in columns if one != "name")),
        rows=[{first: row["name"]} | {one: row.get(one, "") for one in columns} for row in rows],
        name=name,
    )


def _marks(lines: Sequence[Placed]) -> Data:
    data: Data = {
        name: []
        for name in ("names", "words", "middles", "boxes", "labels", "joint", "held", "strokes")
    }
    data |= {f"tier_{tier}": [] for tier in Tier}
    for place, one in enumerate(lines):
        top = place * _ROW
        y, y2 = top + _TOP, top + _TOP + _TALL
        indent = 24 if one.line.tier else 0
        data["names"].append({"y": top + 12, "name": one.line.title, "indent": indent})
        data["words"].append({"y": top + 32, "name": one.line.words})
        data["middles"].append({"x": one.middle, "y": y - 5, "y2": y2 + 5})
        if one.line.tier:
            data[f"tier_{one.line.tier}"].append({"y": top + 12})
        for box in one.boxes:
            mark = {
                "x": box.left, "x2": box.right, "y": y, "y2": y2, "level": box.level,
                "people": box.people,
            }  # fmt: skip
            data["joint" if box.is_joint else "boxes" if box.level else "held"].append(mark)
            if box.label:
                label = {"x": (box.left + box.right) / 2, "y": (y + y2) / 2, "text": box.label}
                data["labels"].append(label | {"level": 0 if box.is_joint else box.level})
            if not box.level:
                data["strokes"] += _hatch(box, y, y2)
    return data


def _hatch(box: Box, top: float, bottom: float) -> list[dict[str, Any]]:
    """Return diagonal strokes that end within the box, whatever its width in pixels."""
    number = max(2, round((box.right - box.left) * 40))
    step = (box.right - box.left) / number
    return [
        {"x": box.left + one * step, "x2": box.left + (one + 1) * step, "y": bottom, "y2": top}
        for one in range(number)
    ]


def _at(field: str) -> alt.X:
    return alt.X(f"{field}:Q", scale=alt.Scale(domain=[0, 1], nice=False), axis=None)


@cache
def _template() -> Mapping[str, Any]:
    y, y2 = pixels("y"), alt.Y2("y2:Q")
    box: dict[str, Any] = {"x": _at("x"), "x2": "x2:Q", "y": y, "y2": y2}
    fill = alt.Fill("level:O", legend=None, scale=levels(theme.LEVELS))
    ink = alt.Color("level:O", legend=None, scale=levels(theme.ON_LEVELS))
    layers = [
        over("middles").mark_rule(color=theme.INK, strokeWidth=1.5)
        .encode(x=_at("x"), y=y, y2=y2),
        over("boxes").mark_rect(stroke=theme.EDGE, strokeWidth=1).encode(fill=fill, **box),
        over("joint").mark_rect(
            fill=theme.PANEL, stroke=theme.EDGE, strokeWidth=1.5, strokeDash=[5, 3]
        ).encode(**box),
        over("held").mark_rect(fill=theme.PAGE, stroke=theme.EDGE, strokeWidth=1).encode(**box),
        over("strokes").mark_rule(color=theme.LINE, strokeWidth=1.2).encode(**box),
        over("labels").mark_text(fontSize=13, fontWeight=600)
        .encode(x=_at("x"), y=y, text="text:N", color=ink),
        over("names").mark_text(align="left", fontSize=14.5, fontWeight=600, limit=420,
                                color=theme.INK)
        .encode(x=alt.X("indent:Q", scale=None, axis=None), y=y, text="name:N"),
        over("words").mark_text(align="left", fontSize=13, limit=420, color=theme.MUTE)
        .encode(x=alt.value(0), y=y, text="name:N"),
        *[
            over(f"tier_{tier}").mark_point(
                shape=shape, filled=True, size=120, opacity=1, fill=filling, stroke=edge,
                strokeWidth=2,
            ).encode(x=alt.value(8), y=y)
            for tier, (shape, filling, edge) in _GLYPHS.items()
        ],
    ]  # fmt: skip
    spec = alt.layer(*layers).properties(width="container").to_dict()
    return spec | {"config": figure.config()}


def _domain_row(one: Domain) -> dict[str, str]:
    counts = {
        name: _known(one.parts, place, one.hidden) for place, name in enumerate(one.categories)
    }
    return {"name": one.name, **counts, **_joint(one.parts), **_rest(one)}


def _bar_row(one: Bar, *, members: int) -> dict[str, str]:
    if not one.is_shown:
        return {"name": one.item.title, "Said of it": telling.short(one, members=members)}
    counts = {
        name: wording.spread(*bounds)
        for name, bounds in zip(one.item.categories, measures.bounds(one), strict=True)
    }
    said = {"Said of it": telling.short(one, members=members)}
    return {"name": one.item.title, **counts, **_joint(one.parts), **_rest(one), **said}


def _known(parts: Mapping[tuple[int, ...], int], place: int, hidden: int) -> str:
    least = parts.get((place,), 0)
    most = sum(people for part, people in parts.items() if place in part) + hidden
    return wording.spread(least, most)


def _joint(parts: Mapping[tuple[int, ...], int]) -> dict[str, str]:
    return {"1 or 2, not told apart": str(parts[0, 1])} if parts.get((0, 1)) else {}


def _rest(one: Domain | Bar) -> dict[str, str]:
    return {
        "Answered, not shown": str(one.hidden),
        "Answered": str(one.answered),
        "Did not answer": str(one.not_answered),
    }
