"""Draw gaps and levels. Values in, ``Figure`` out; no Streamlit, so a chart is tested as JSON.

Each kind of chart is authored once in Altair over named data; drawing only puts values in. Rows are
placed in pixels, their labels stand above them, so one drawing serves a phone and a desk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any

import altair as alt

from ccio_skills import wording
from ccio_skills.assess.rules.gaps import Gap, Tier
from ccio_skills.library import Library
from ccio_skills.ui import figure, theme
from ccio_skills.ui.marks import levels, over, pixels
from ccio_skills.vocabulary import LEVEL_NAMES, Level

_GLYPHS = {
    Tier.CLEAR: ("triangle-up", theme.TIERS["clear"], [1, 0]),
    Tier.SOME: ("triangle-up", theme.PAGE, [1, 0]),
    Tier.MET: ("circle", theme.TIERS["met"], [1, 0]),
    Tier.UNRATED: ("circle", theme.PAGE, [3, 2]),
}
_HEAD, _ROW, _BETWEEN = 34, 56, 10
_SCALE: list[dict[str, Any]] = [
    {"x": int(one), "digit": str(int(one)), "name": LEVEL_NAMES[one].removesuffix(" of these yet")}
    for one in Level
]


def gap_figure(gaps: Sequence[Gap], *, library: Library) -> figure.Figure:
    """Draw one line per skill, from the level now to the level the role asks for.

    Args:
        gaps: What to show, in any order; drawn by domain, in framework order.
        library: Names of skills and domains.
    """
    order = {skill.slug: place for place, skill in enumerate(library.skills)}
    ordered = sorted(gaps, key=lambda gap: order[gap.skill])
    heads, points, height = _places(ordered, library)
    rated = [one for one in points if one["now"] is not None]
    data = {
        # Every other name stands lower: six names in a row do not fit on a phone.
        "scale": [one | {"y_digit": 8, "y_name": 24 + 14 * (one["x"] % 2)} for one in _SCALE],
        "heads": heads,
        "lines": [{"a": 0, "b": 5, "y": one["y"]} for one in rated],
        "ticks": [
            {"x": level, "y": one["y"] - 8, "y2": one["y"] + 8}
            for one in rated
            for level in range(6)
        ],
        "rated": rated,
        "spans": [one for one in rated if one["now"] != one["target"]],
        "targets": points,
        "rings": [one for one in rated if one["now"] == one["target"]],
        "unrated": [one for one in points if one["now"] is None],
        "names": points,
        "evidence": [one for one in points if one["has_evidence"]],
        **{f"tier_{tier}": [one for one in points if one["tier"] == tier.value] for tier in Tier},
    }
    return figure.Figure(
        figure.fill(_gap_template(), data, height=height),
        sentence=_gap_sentence(ordered, library),
        columns=("Domain", "Skill", "Now", "Target", "Gap", "Importance", "Evidence"),
        rows=_gap_rows(ordered, library),
        name="my-gaps",
    )


def _places(
    gaps: Sequence[Gap], library: Library
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], float]:
    heads: list[dict[str, Any]] = []
    points: list[dict[str, Any]] = []
    y = 56.0
    for domain, members in groupby(gaps, key=lambda gap: library.skill[gap.skill].domain):
        y += _BETWEEN if heads else 0
        heads.append({"y": y + 12, "name": library.domain[domain].short})
        y += _HEAD
        for gap in members:
            points.append(
                {
                    "name": library.skill[gap.skill].title,
                    "now": gap.now,
                    "digit": "" if gap.now is None else str(int(gap.now)),
                    "target": int(gap.target),
                    "tier": gap.tier.value,
                    "has_evidence": gap.has_evidence,
                    "y_name": y + 10,
                    "y": y + 35,
                }
            )
            y += _ROW
    return heads, points, y + 4


def _at(field: str) -> alt.X:
    scale = alt.Scale(domain=[-0.45, 5.45], nice=False, zero=False)
    return alt.X(f"{field}:Q", scale=scale, axis=None)


@cache
def _gap_template() -> Mapping[str, Any]:
    layers = [*_ground(), *_levels(), *_labels()]
    spec = alt.layer(*layers).properties(width="container").to_dict()
    return spec | {"config": figure.config()}


def _ground() -> list[alt.Chart]:
    # The scale is drawn as marks: an axis would take its room from the rows below it.
    y = pixels("y")
    return [
        over("scale").mark_text(fontSize=13, color=theme.MUTE)
        .encode(x=_at("x"), y=pixels("y_digit"), text="digit:N"),
        over("scale").mark_text(fontSize=13, color=theme.MUTE)
        .encode(x=_at("x"), y=pixels("y_name"), text="name:N"),
        over("heads").mark_text(align="left", fontSize=16, fontWeight=700, color=theme.INK)
        .encode(x=alt.value(0), y=y, text="name:N"),
        over("lines").mark_rule(color=theme.LINE, strokeWidth=1.5)
        .encode(x=_at("a"), x2="b:Q", y=y),
        over("ticks").mark_rule(color=theme.EDGE, strokeWidth=1.2)
        .encode(x=_at("x"), y=y, y2=alt.Y2("y2:Q")),
    ]  # fmt: skip


def _levels() -> list[alt.Chart]:
    diamond: dict[str, Any] = {
        "shape": "diamond", "filled": True, "fill": theme.PAGE, "stroke": theme.AIM,
        "strokeWidth": 2.4, "opacity": 1,
    }  # fmt: skip
    fill = alt.Fill("now:O", legend=None, scale=levels(theme.LEVELS))
    ink = alt.Color("now:O", legend=None, scale=levels(theme.ON_LEVELS))
    y = pixels("y")
    return [
        over("spans").mark_rule(strokeWidth=6, color=theme.EDGE)
        .encode(x=_at("now"), x2="target:Q", y=y),
        over("targets").mark_point(size=560, **diamond).encode(x=_at("target"), y=y),
        over("targets").mark_text(fontSize=12, fontWeight=700, color=theme.AIM)
        .encode(x=_at("target"), y=y, text="target:N"),
        over("rings").mark_point(size=1150, **diamond).encode(x=_at("target"), y=y),
        over("rated").mark_point(
            shape="circle", size=430, filled=True, opacity=1, stroke=theme.EDGE, strokeWidth=1.2
        ).encode(x=_at("now"), y=y, fill=fill),
        over("rated").mark_text(fontSize=13, fontWeight=700)
        .encode(x=_at("now"), y=y, text="digit:N", color=ink),
    ]  # fmt: skip


def _labels() -> list[alt.Chart]:
    y = pixels("y_name")
    return [
        over("unrated").mark_text(align="left", fontSize=13, fontStyle="italic", color=theme.MUTE)
        .encode(x=alt.value(24), y=pixels("y"), text=alt.value("not rated yet")),
        over("evidence").mark_text(align="right", fontSize=13, color=theme.MUTE)
        .encode(x=alt.value("width"), y=y, text=alt.value("with evidence")),
        over("names").mark_text(align="left", fontSize=14.5, limit=420, color=theme.INK)
        .encode(x=alt.value(24), y=y, text="name:N"),
        *[
            over(f"tier_{tier}").mark_point(
                shape=shape, filled=True, size=120, opacity=1, fill=filling,
                stroke=theme.TIERS[tier], strokeWidth=2, strokeDash=dash,
            ).encode(x=alt.value(8), y=y)
            for tier, (shape, filling, dash) in _GLYPHS.items()
        ],
    ]  # fmt: skip


def _gap_sentence(gaps: Sequence[Gap], library: Library) -> str:
    wide = [library.skill[gap.skill].title for gap in gaps if gap.tier is Tier.CLEAR]
    some = sum(gap.tier is Tier.SOME for gap in gaps)
    met = sum(gap.tier is Tier.MET for gap in gaps)
    unrated = sum(gap.tier is Tier.UNRATED for gap in gaps)
    said = f"Clear gaps in {wording.listed(wide)}" if wide else "No clear gap"
    return (
        f"{wording.count(len(gaps), 'skill')}, from the level now to the level the role asks for. "
        f"{said}; {some} with some gap, {met} met, {unrated} not rated."
    )


def _gap_rows(gaps: Sequence[Gap], library: Library) -> list[dict[str, str]]:
    return [
        {
            "Domain": library.domain[library.skill[gap.skill].domain].short,
            "Skill": library.skill[gap.skill].title,
            "Now": "not rated" if gap.now is None else wording.level_name(gap.now),
            "Target": wording.level_name(gap.target),
            "Gap": "" if gap.levels is None else str(gap.levels),
            "Importance": str(gap.importance),
            "Evidence": "yes" if gap.has_evidence else "",
        }
        for gap in gaps
    ]
