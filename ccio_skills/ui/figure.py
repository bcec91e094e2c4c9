"""One chart, said four ways: a sentence, a picture, a table and a CSV of the same numbers."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ccio_skills.ui import theme

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Figure:
    """A chart and its twins.

    Attributes:
        spec: Vega-Lite; drawn as it is.
        sentence: What the chart says; also its accessible description.
        table: The same numbers, with readable column names. May have no rows.
        name: File name of the CSV, without ending.
    """

    spec: dict[str, Any]
    sentence: str
    table: pd.DataFrame
    name: str


def fill(template: Mapping[str, Any], data: Mapping[str, Rows], *, height: float) -> dict[str, Any]:
    """Put values into a chart that was authored once.

    Args:
        template: The spec of a layered Altair chart over named data sources.
        data: Rows of each named source. Layers over a source without rows are left out, because an
            empty symbol layer has no accessible name.
        height: Of the drawing, in pixels.
    """
    spec = copy.deepcopy(dict(template))
    spec["layer"] = [one for one in spec["layer"] if data.get(one["data"]["name"])]
    spec["datasets"] = {name: list(rows) for name, rows in data.items() if rows}
    spec["height"] = height
    return spec


def config() -> dict[str, Any]:
    """Return the look that all charts share, as Vega-Lite configuration."""
    return {
        "background": "transparent",
        "font": theme.FONT,
        "view": {"stroke": None},
        "padding": {"left": 2, "right": 2, "top": 4, "bottom": 4},
        "axis": {"labelColor": theme.MUTE, "domainColor": theme.LINE, "labelFontSize": 13},
        "text": {"font": theme.FONT, "color": theme.INK},
    }
