"""Draw the distance to a role. Values in, ``Figure`` out; no Streamlit."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import altair as alt

from ccio_skills.learn.rules import towards
from ccio_skills.learn.rules.basis import Basis
from ccio_skills.learn.rules.distance import Distance, Share
from ccio_skills.library import Library
from ccio_skills.ui import figure, theme
from ccio_skills.ui.marks import over, pixels

_ROW, _MIDDLE = 52, 33
# Firmer is both darker and taller, so that it is seen without colour.
_FIRM = {Basis.QUESTIONS: (1.0, 22), Basis.EVIDENCE: (0.62, 16), Basis.RATING: (0.3, 10)}
_OPEN, _UNRATED = "open", "unrated"
_PARTS = (*(str(one) for one in Basis), _OPEN, _UNRATED)
_HEIGHTS = {**{str(one): height for one, (_, height) in _FIRM.items()}, _OPEN: 10, _UNRATED: 10}
_COLUMNS = {
    Basis.QUESTIONS: "Questions answered",
    Basis.EVIDENCE: "Rating with evidence",
    Basis.RATING: "Rating only",
}
_WHOLE = "All domains"


def distance_figure(distance: Distance, *, library: Library) -> figure.Figure:
    """Draw one bar for the role and one for each domain: what is met, by what it rests on.

    Args:
        distance: What is met of what the role asks for.
        library: Names of domains and of the role.
    """
    shares = {_WHOLE: distance.whole} | {
        library.domain[slug].short: share for slug, share in distance.domains.items()
    }
    data: dict[str, list[dict[str, Any]]] = {"names": []}
    for place, (name, share) in enumerate(shares.items()):
        top = place * _ROW + (8 if place else 0)
        data["names"].append({"y": top + 9, "name": name, "t": _met(share)})
        for part, bar in _bars(share, middle=top + _MIDDLE).items():
            data.setdefault(part, []).append(bar)
    height = _ROW * len(shares) + 8
    return figure.Figure(
        figure.fill(_template(), data, height=height),
        sentence=towards.sentence(distance, library=library),
        columns=("Domain", "Met", *_COLUMNS.values(), "Still open", "Not rated", "Asked for"),
        rows=[_row(name, share) for name, share in shares.items()],
        name="distance-to-the-role",
    )


def _met(share: Share) -> str:
    return f"{share.percent}%" if share.unrated < share.asked else "not rated"


def _bars(share: Share, *, middle: float) -> dict[str, dict[str, Any]]:
    bars, start = {}, 0
    for part, size in zip(_PARTS, share.percentages(), strict=True):
        half = _HEIGHTS[part] / 2
        if size:
            bars[part] = {"a": start, "b": start + size, "y": middle - half, "y2": middle + half}
        start += size
    return bars


def _row(name: str, share: Share) -> dict[str, Any]:
    return {
        "Domain": name,
        "Met": _met(share),
        **{title: share.resting[basis] for basis, title in _COLUMNS.items()},
        "Still open": share.left,
        "Not rated": share.unrated,
        "Asked for": share.asked,
    }


@cache
def _template() -> Mapping[str, Any]:
    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, 100], nice=False))

    box = {"x": x("a"), "x2": "b:Q", "y": pixels("y"), "y2": alt.Y2("y2:Q")}
    edge: dict[str, Any] = {"stroke": theme.EDGE, "strokeWidth": 1}
    layers = [
        over("names").mark_text(align="left", fontSize=14.5, color=theme.INK)
        .encode(x=alt.value(0), y=pixels("y"), text="name:N"),
        over("names").mark_text(align="right", fontSize=14.5, fontWeight=700, color=theme.INK)
        .encode(x=alt.value("width"), y=pixels("y"), text="t:N"),
        over(_UNRATED).mark_rect(fill=theme.PAGE, strokeDash=[4, 3], **edge).encode(**box),
        over(_OPEN).mark_rect(fill=theme.PAGE, **edge).encode(**box),
        *[
            over(str(basis)).mark_rect(fill=theme.DATA, fillOpacity=strength, **edge).encode(**box)
            for basis, (strength, _) in _FIRM.items()
        ],
    ]  # fmt: skip
    return alt.layer(*layers).properties(width="container").to_dict() | {"config": figure.config()}
