"""Draw where one stands and how it moved. Values in, ``Figure`` out; no Streamlit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from ccio_skills import wording
from ccio_skills.home.rules import Point
from ccio_skills.library import Library
from ccio_skills.ui import figure, theme
from ccio_skills.vocabulary import Level, Slug

_PANEL, _FLOOR, _STEP = 108, 96, 13
_BOX_ROW = 54


def _over(name: str) -> alt.Chart:
    return alt.Chart(alt.NamedData(name))


def _pixels(field: str) -> alt.Y:
    return alt.Y(f"{field}:Q", scale=None, axis=None)


def _levels(colours: tuple[str, ...]) -> alt.Scale:
    return alt.Scale(domain=[0, 1, 2, 3, 4, 5], range=list(colours))


def board_figure(levels: Mapping[Slug, Level | None], *, library: Library) -> figure.Figure:
    """Draw one box for each skill, by domain, with its level; unrated boxes are dashed.

    Args:
        levels: Skill slug to level; ``None`` for "not part of my role"; absent when unrated.
        library: Skills and domains.
    """
    names: list[dict[str, Any]] = []
    boxes: list[dict[str, Any]] = []
    rows: list[dict[str, str]] = []
    for place, domain in enumerate(library.domains):
        top = place * _BOX_ROW
        names.append({"y": top + 9, "name": domain.short})
        for number, skill in enumerate(library.skills_of(domain.slug)):
            level = levels.get(skill.slug)
            is_out = skill.slug in levels and level is None
            unknown = "n/a" if is_out else "–"
            digit = unknown if level is None else str(int(level))
            said = wording.NOT_MY_ROLE if is_out else "not rated"
            said = said if level is None else wording.level_name(level)
            boxes.append(
                {
                    "x": number, "x2": number + 0.94, "xc": number + 0.47, "y": top + 20,
                    "y2": top + 44, "yc": top + 32, "now": level, "digit": digit,
                    "skill": skill.title, "said": said,
                }
            )  # fmt: skip
            rows.append({"Domain": domain.short, "Skill": skill.title, "Level": said})
    data = {
        "names": names,
        "rated": [one for one in boxes if one["now"] is not None],
        "unrated": [one for one in boxes if one["now"] is None],
    }
    rated = len(data["rated"])
    return figure.Figure(
        figure.fill(_board_template(), data, height=_BOX_ROW * len(library.domains)),
        sentence=f"{rated} of {len(boxes)} skills have a level, shown by domain, one box a skill.",
        table=pd.DataFrame(rows, columns=["Domain", "Skill", "Level"]),
        name="my-levels",
    )


@cache
def _board_template() -> Mapping[str, Any]:
    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, 6], nice=False))

    box = {"x": x("x"), "x2": "x2:Q", "y": _pixels("y"), "y2": alt.Y2("y2:Q")}
    box["tooltip"] = [alt.Tooltip("skill:N", title="Skill"), alt.Tooltip("said:N", title="Level")]
    fill = alt.Fill("now:O", legend=None, scale=_levels(theme.LEVELS))
    ink = alt.Color("now:O", legend=None, scale=_levels(theme.ON_LEVELS))
    layers = [
        _over("names").mark_text(align="left", fontSize=14, color=theme.INK)
        .encode(x=alt.value(0), y=_pixels("y"), text="name:N"),
        _over("rated").mark_rect(cornerRadius=3, stroke=theme.EDGE, strokeWidth=1)
        .encode(**box, fill=fill),
        _over("unrated").mark_rect(
            cornerRadius=3, fill=theme.PAGE, stroke=theme.EDGE, strokeWidth=1.3, strokeDash=[4, 3]
        ).encode(**box),
        _over("rated").mark_text(fontSize=14, fontWeight=700)
        .encode(x=x("xc"), y=_pixels("yc"), text="digit:N", color=ink),
        _over("unrated").mark_text(fontSize=14, color=theme.MUTE)
        .encode(x=x("xc"), y=_pixels("yc"), text="digit:N"),
    ]  # fmt: skip
    return alt.layer(*layers).properties(width="container").to_dict() | {"config": figure.config()}


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
    middle = start + (today - start) / 2
    # The number stands beside the line's end: over it, it would hide a fall.
    beside = today + timedelta(days=max(42, (today - start).days) // 12)
    data: dict[str, list[dict[str, Any]]] = {
        "days": [
            {"day": one.isoformat(), "y": 8, "name": f"{one:%b %Y}"}
            for one in (start, middle, today)
        ],
        "names": [], "boxes": [], "grid": [], "edges": [], "marks": [], "steps": [], "points": [],
        "ends": [],
    }  # fmt: skip
    rows = []
    for place, (slug, points) in enumerate(history.items()):
        top = 26 + place * _PANEL
        base = top + _FLOOR - 8
        name = library.domain[slug].short
        data["names"].append({"y": top + 8, "name": name})
        data["boxes"].append({"y": top + 20, "y2": base + 6})
        data["grid"] += [{"y": base - level * _STEP} for level in range(1, 5)]
        data["edges"] += [{"y": base}, {"y": base - 5 * _STEP}]
        data["marks"] += [{"y": base, "t": "0"}, {"y": base - 5 * _STEP, "t": "5"}]
        line = [
            {"domain": name, "day": one.day.isoformat(), "y": base - one.mean * _STEP}
            for one in points
        ]
        last = points[-1]
        end = {"domain": name, "day": today.isoformat(), "y": line[-1]["y"]}
        data["points"] += line
        data["steps"] += [*line, end]
        data["ends"].append(
            {
                "beside": beside.isoformat(),
                "y": end["y"],
                "level": int(last.mean + 0.5),
                "t": wording.decimal(last.mean),
            }
        )
        rows += [
            {
                "Domain": name,
                "From": wording.short_day(one.day),
                "Mean level": wording.decimal(one.mean),
                "Skills rated": one.rated,
            }
            for one in points
        ]
    spec = figure.fill(_history_template(), data, height=26 + _PANEL * len(history))
    _set_days(spec, start, today)
    return figure.Figure(
        spec,
        sentence=_history_sentence(history, library),
        table=pd.DataFrame(rows, columns=["Domain", "From", "Mean level", "Skills rated"]),
        name="my-levels-over-time",
    )


def _history_sentence(history: Mapping[Slug, Sequence[Point]], library: Library) -> str:
    said = []
    for slug, points in history.items():
        levels = [points[0], points[-1]] if len(points) > 1 else [points[-1]]
        way = " to ".join(wording.decimal(one.mean) for one in levels)
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
    fill = alt.Fill("level:O", legend=None, scale=_levels(theme.LEVELS))
    ink = alt.Color("level:O", legend=None, scale=_levels(theme.ON_LEVELS))
    y = _pixels("y")
    layers = [
        _over("days").mark_text(fontSize=13, color=theme.MUTE)
        .encode(x=day, y=y, text="name:N"),
        _over("boxes").mark_rect(color=theme.PANEL)
        .encode(x=alt.value(0), x2=alt.value("width"), y=y, y2=alt.Y2("y2:Q")),
        _over("grid").mark_rule(color=theme.LINE, strokeWidth=0.8)
        .encode(x=alt.value(20), x2=alt.value("width"), y=y),
        _over("edges").mark_rule(color=theme.EDGE)
        .encode(x=alt.value(20), x2=alt.value("width"), y=y),
        _over("marks").mark_text(fontSize=12, color=theme.MUTE)
        .encode(x=alt.value(9), y=y, text="t:N"),
        _over("names").mark_text(align="left", fontSize=14.5, fontWeight=600, color=theme.INK)
        .encode(x=alt.value(0), y=y, text="name:N"),
        _over("steps").mark_line(interpolate="step-after", strokeWidth=3, color=theme.DATA)
        .encode(x=day, y=y, detail="domain:N"),
        _over("points").mark_point(filled=True, size=60, opacity=1, color=theme.DATA)
        .encode(x=day, y=y),
        _over("ends").mark_point(
            shape="circle", filled=True, size=640, opacity=1, stroke=theme.EDGE, strokeWidth=1.2
        ).encode(x=beside, y=y, fill=fill),
        _over("ends").mark_text(fontSize=12.5, fontWeight=700)
        .encode(x=beside, y=y, text="t:N", color=ink),
    ]  # fmt: skip
    return alt.layer(*layers).properties(width="container").to_dict() | {"config": figure.config()}


def minutes_figure(months: Sequence[tuple[str, int, int]]) -> figure.Figure:
    """Draw minutes of learning by month, the number over each bar.

    Args:
        months: (month as 2026-11, minutes, modules), oldest first.
    """
    most = max([minutes for _, minutes, _ in months] + [1])
    bars = [
        {
            "x": place,
            "month": f"{date.fromisoformat(f'{month}-01'):%b}",
            "t": str(minutes),
            "y": 150 - 120 * minutes / most,
            "y2": 150,
            "y_text": 150 - 120 * minutes / most - 10,
            "y_month": 164,
        }
        for place, (month, minutes, _) in enumerate(months)
    ]
    total, modules = sum(one[1] for one in months), sum(one[2] for one in months)
    rows = [
        {"Month": month, "Minutes": minutes, "Modules": count} for month, minutes, count in months
    ]
    return figure.Figure(
        figure.fill(_minutes_template(), {"bars": bars, "base": [{"y": 150}]}, height=174),
        sentence=(
            f"{wording.hours(total)} and {wording.count(modules, 'module')} "
            f"in the last {len(months)} months, by month."
        ),
        table=pd.DataFrame(rows, columns=["Month", "Minutes", "Modules"]),
        name="my-minutes",
    )


@cache
def _minutes_template() -> Mapping[str, Any]:
    x = alt.X("x:Q", axis=None, scale=alt.Scale(padding=30, nice=False, zero=False))
    layers = [
        _over("bars").mark_bar(color=theme.DATA, size=26)
        .encode(x=x, y=_pixels("y"), y2=alt.Y2("y2:Q")),
        _over("bars").mark_text(fontSize=13, color=theme.INK)
        .encode(x=x, y=_pixels("y_text"), text="t:N"),
        _over("base").mark_rule(color=theme.EDGE)
        .encode(x=alt.value(0), x2=alt.value("width"), y=_pixels("y")),
        _over("bars").mark_text(fontSize=13, color=theme.MUTE)
        .encode(x=x, y=_pixels("y_month"), text="month:N"),
    ]  # fmt: skip
    return alt.layer(*layers).properties(width="container").to_dict() | {"config": figure.config()}
