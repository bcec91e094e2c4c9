"""Minutes of learning, by month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import altair as alt

from ccio_skills import wording
from ccio_skills.ui import figure, theme
from ccio_skills.ui.marks import over, pixels


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
        columns=("Month", "Minutes", "Modules"),
        rows=rows,
        name="my-minutes",
    )


@cache
def _minutes_template() -> Mapping[str, Any]:
    x = alt.X("x:Q", axis=None, scale=alt.Scale(padding=30, nice=False, zero=False))
    layers = [
        over("bars").mark_bar(color=theme.DATA, size=26)
        .encode(x=x, y=pixels("y"), y2=alt.Y2("y2:Q")),
        over("bars").mark_text(fontSize=13, color=theme.INK)
        .encode(x=x, y=pixels("y_text"), text="t:N"),
        over("base").mark_rule(color=theme.EDGE)
        .encode(x=alt.value(0), x2=alt.value("width"), y=pixels("y")),
        over("bars").mark_text(fontSize=13, color=theme.MUTE)
        .encode(x=x, y=pixels("y_month"), text="month:N"),
    ]  # fmt: skip
    return alt.layer(*layers).properties(width="container").to_dict() | {"config": figure.config()}
