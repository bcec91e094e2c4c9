"""How levels moved: a line of steps for each domain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

import altair as alt

from ccio_skills import wording
from ccio_skills.home.rules import Point
from ccio_skills.library import Library
from ccio_skills.ui import figure, theme
from ccio_skills.ui.marks import levels, over, pixels
from ccio_skills.vocabulary import Slug

_PANEL, _FLOOR, _STEP = 108, 96, 13


Data = dict[str, list[dict[str, Any]]]


def history_figure(
    history: Mapping[Slug, Sequence[Point]], *, library: Library, today: date
) -> figure.Figure:
    """Draw the mean level of each domain as steps: a level holds until one rates again.

    Args:
        history: Domain slug to points, oldest first, at least one each.
        library: Names of domains.
        today: Where the lines end.
    """
    first = min(points[0].day for points in history.values())
    start = min(first, today - timedelta(days=60))
    data: Data = {"days": _days(start, today)}
    for place, (slug, points) in enumerate(history.items()):
        name = library.domain[slug].short
        for layer, marks in _panel(name, points, top=26 + place * _PANEL, today=today).items():
            data.setdefault(layer, []).extend(marks)
    # The number stands beside the line's end: over it, it would hide a fall.
    beside = today + timedelta(days=max(42, (today - start).days) // 12)
    data["ends"] = [one | {"beside": beside.isoformat()} for one in data["ends"]]
    spec = figure.fill(_history_template(), data, height=26 + _PANEL * len(history))
    _set_days(spec, start, today)
    return figure.Figure(
        spec,
        sentence=_history_sentence(history, library),
        columns=("Domain", "From", "Mean level", "Skills rated"),
        rows=_history_rows(history, library),
        name="my-levels-over-time",
    )


def _days(start: date, today: date) -> list[dict[str, Any]]:
    middle = start + (today - start) / 2
    return [
        {"day": one.isoformat(), "y": 8, "name": f"{one:%b %Y}"} for one in (start, middle, today)
    ]


def _panel(name: str, points: Sequence[Point], *, top: float, today: date) -> Data:
    """Return the marks of one domain, its panel beginning at ``top`` pixels."""
    base = top + _FLOOR - 8
    line: list[dict[str, Any]] = [
        {"domain": name, "day": one.day.isoformat(), "y": base - one.mean * _STEP} for one in points
    ]
    last = points[-1]
    end = {"y": line[-1]["y"], "level": int(last.mean + 0.5), "t": wording.decimal(last.mean)}
    return {
        "names": [{"y": top + 8, "name": name}],
        "boxes": [{"y": top + 20, "y2": base + 6}],
        "grid": [{"y": base - level * _STEP} for level in range(1, 5)],
        "edges": [{"y": base}, {"y": base - 5 * _STEP}],
        "marks": [{"y": base, "t": "0"}, {"y": base - 5 * _STEP, "t": "5"}],
        "points": line,
        "steps": [*line, line[-1] | {"day": today.isoformat()}],
        "ends": [end],
    }


def _history_rows(
    history: Mapping[Slug, Sequence[Point]], library: Library
) -> list[dict[str, Any]]:
    return [
        {
            "Domain": library.domain[slug].short,
            "From": wording.short_day(one.day),
            "Mean level": wording.decimal(one.mean),
            "Skills rated": one.rated,
        }
        for slug, points in history.items()
        for one in points
    ]


def _history_sentence(history: Mapping[Slug, Sequence[Point]], library: Library) -> str:
    said = []
    for slug, points in history.items():
        ends = [points[0], points[-1]] if len(points) > 1 else [points[-1]]
        way = " to ".join(wording.decimal(one.mean) for one in ends)
        said.append(f"{library.domain[slug].short} {way}")
    return f"Mean level of the rated skills in each domain, first to now: {'; '.join(said)}."


def _set_days(spec: dict[str, Any], start: date, today: date) -> None:
    """Put the time span into the scale: the one thing in the drawing that is not a row."""
    days = max(42, (today - start).days)
    span = [
        (start - timedelta(days=days // 14)).isoformat(),
        (today + timedelta(days=days // 6)).isoformat(),
    ]
    for layer in spec["layer"]:
        x = layer["encoding"]["x"]
        if x.get("field") in ("day", "beside"):
            x["scale"] = {"domain": span}


@cache
def _history_template() -> Mapping[str, Any]:
    day, beside = alt.X("day:T", axis=None), alt.X("beside:T", axis=None)
    fill = alt.Fill("level:O", legend=None, scale=levels(theme.LEVELS))
    ink = alt.Color("level:O", legend=None, scale=levels(theme.ON_LEVELS))
    y = pixels("y")
    layers = [
        over("days").mark_text(fontSize=13, color=theme.MUTE)
        .encode(x=day, y=y, text="name:N"),
        over("boxes").mark_rect(color=theme.PANEL)
        .encode(x=alt.value(0), x2=alt.value("width"), y=y, y2=alt.Y2("y2:Q")),
        over("grid").mark_rule(color=theme.LINE, strokeWidth=0.8)
        .encode(x=alt.value(20), x2=alt.value("width"), y=y),
        over("edges").mark_rule(color=theme.EDGE)
        .encode(x=alt.value(20), x2=alt.value("width"), y=y),
        over("marks").mark_text(fontSize=12, color=theme.MUTE)
        .encode(x=alt.value(9), y=y, text="t:N"),
        over("names").mark_text(align="left", fontSize=14.5, fontWeight=600, color=theme.INK)
        .encode(x=alt.value(0), y=y, text="name:N"),
        over("steps").mark_line(interpolate="step-after", strokeWidth=3, color=theme.DATA)
        .encode(x=day, y=y, detail="domain:N"),
        over("points").mark_point(filled=True, size=60, opacity=1, color=theme.DATA)
        .encode(x=day, y=y),
        over("ends").mark_point(
            shape="circle", filled=True, size=640, opacity=1, stroke=theme.EDGE, strokeWidth=1.2
        ).encode(x=beside, y=y, fill=fill),
        over("ends").mark_text(fontSize=12.5, fontWeight=700)
        .encode(x=beside, y=y, text="t:N", color=ink),
    ]  # fmt: skip
    return alt.layer(*layers).properties(width="container").to_dict() | {"config": figure.config()}
