"""People of a small survey, drawn one by one. Only what is a number of people may come here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import altair as alt

from ccio_skills import wording
from ccio_skills.survey.rules.baseline import Counted
from ccio_skills.ui import figure, theme
from ccio_skills.ui.marks import over, pixels

_ROW, _FIRST, _STEP = 56, 12, 26


def people_figure(counted: Sequence[Counted], *, title: str) -> figure.Figure:
    """Draw each result as its people: filled for those it is true of, hollow for the others.

    Args:
        counted: From :func:`baseline.counted`; an order, a word or a fraction is never drawn.
        title: What they are results of, to begin the sentence.
    """
    labels = [{"y": _ROW * row + 12, "t": one.label} for row, one in enumerate(counted)]
    figures = [
        {
            "x": _FIRST + _STEP * one.n,
            "y": _ROW * row + 34,
            "t": f"{one.count} of {one.n}{', worked out' if one.is_derived else ''}",
        }
        for row, one in enumerate(counted)
    ]
    people = [
        {"x": _FIRST + _STEP * place, "y": _ROW * row + 34, "is_counted": place < one.count}
        for row, one in enumerate(counted)
        for place in range(one.n)
    ]
    named: dict[str, figure.Rows] = {
        "counted": [one for one in people if one["is_counted"]],
        "others": [one for one in people if not one["is_counted"]],
        "figures": figures,
        "labels": labels,
    }
    said = [f"{one.label}: {one.count} of {one.n}" for one in counted]
    return figure.Figure(
        figure.fill(_template(), named, height=_ROW * len(counted)),
        sentence=f"{title}. {wording.listed(said)}." if said else title,
        columns=("Result", "People", "Of", "Where it comes from"),
        rows=[
            {
                "Result": one.label,
                "People": one.count,
                "Of": one.n,
                "Where it comes from": one.status,
            }
            for one in counted
        ],
        name="survey-2012",
    )


@cache
def _template() -> Mapping[str, Any]:
    x = alt.X("x:Q", scale=None, axis=None)
    person: dict[str, Any] = {"shape": "circle", "size": 300, "strokeWidth": 1.6, "opacity": 1}
    layers = [
        over("others").mark_point(filled=False, stroke=theme.EDGE, **person)
        .encode(x=x, y=pixels("y")),
        over("counted").mark_point(filled=True, fill=theme.DATA, stroke=theme.EDGE, **person)
        .encode(x=x, y=pixels("y")),
        over("figures").mark_text(align="left", fontSize=15, fontWeight=600, color=theme.INK)
        .encode(x=x, y=pixels("y"), text="t:N"),
        over("labels").mark_text(align="left", fontSize=15, color=theme.INK)
        .encode(x=alt.value(0), y=pixels("y"), text="t:N"),
    ]  # fmt: skip
    return alt.layer(*layers).properties(width="container").to_dict() | {"config": figure.config()}
