"""Where one stands: one box for each skill."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import altair as alt

from ccio_skills import wording
from ccio_skills.library import Library
from ccio_skills.ui import figure, theme
from ccio_skills.ui.marks import levels, over, pixels
from ccio_skills.vocabulary import Level, Slug

_BOX_ROW = 54


def board_figure(known: Mapping[Slug, Level | None], *, library: Library) -> figure.Figure:
    """Draw one box for each skill, by domain, with its level; unrated boxes are dashed.

    Args:
        known: Skill slug to level; ``None`` for "not part of my role"; absent when unrated.
        library: Skills and domains.
    """
    names: list[dict[str, Any]] = []
    boxes: list[dict[str, Any]] = []
    rows: list[dict[str, str]] = []
    for place, domain in enumerate(library.domains):
        top = place * _BOX_ROW
        names.append({"y": top + 9, "name": domain.short})
        for number, skill in enumerate(library.skills_of(domain.slug)):
            level = known.get(skill.slug)
            is_out = skill.slug in known and level is None
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
        columns=("Domain", "Skill", "Level"),
        rows=rows,
        name="my-levels",
    )


@cache
def _board_template() -> Mapping[str, Any]:
    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, 6], nice=False))

    box = {"x": x("x"), "x2": "x2:Q", "y": pixels("y"), "y2": alt.Y2("y2:Q")}
    box["tooltip"] = [alt.Tooltip("skill:N", title="Skill"), alt.Tooltip("said:N", title="Level")]
    fill = alt.Fill("now:O", legend=None, scale=levels(theme.LEVELS))
    ink = alt.Color("now:O", legend=None, scale=levels(theme.ON_LEVELS))
    layers = [
        over("names").mark_text(align="left", fontSize=14, color=theme.INK)
        .encode(x=alt.value(0), y=pixels("y"), text="name:N"),
        over("rated").mark_rect(cornerRadius=3, stroke=theme.EDGE, strokeWidth=1)
        .encode(**box, fill=fill),
        over("unrated").mark_rect(
            cornerRadius=3, fill=theme.PAGE, stroke=theme.EDGE, strokeWidth=1.3, strokeDash=[4, 3]
        ).encode(**box),
        over("rated").mark_text(fontSize=14, fontWeight=700)
        .encode(x=x("xc"), y=pixels("yc"), text="digit:N", color=ink),
        over("unrated").mark_text(fontSize=14, color=theme.MUTE)
        .encode(x=x("xc"), y=pixels("yc"), text="digit:N"),
    ]  # fmt: skip
    return alt.layer(*layers).properties(width="container").to_dict() | {"config": figure.config()}
