"""One chart, said four ways: a sentence, a picture, a table and a CSV of the same numbers."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow as pa

from ccio_skills.ui import theme

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Figure:
    """A chart and its twins.

    Attributes:
        spec: Vega-Lite; drawn as it is.
        sentence: What the chart says; also its accessible description.
        columns: Readable names of the columns of the same numbers as a table.
        rows: Its rows; there may be none.
        name: File name of the CSV, without ending.
    """

    spec: dict[str, Any]
    sentence: str
    columns: tuple[str, ...]
    rows: Rows
    name: str

    @property
    def table(self) -> pd.DataFrame:
        """The numbers as a data frame."""
        return pd.DataFrame(list(self.rows), columns=list(self.columns))

    @property
    def arrow(self) -> pa.Table:
        """The numbers as the page sends them: a tenth of the work of a data frame."""
        return pa.table({name: [row[name] for row in self.rows] for name in self.columns})


def fill(template: Mapping[str, Any], data: Mapping[str, Rows], *, height: float) -> dict[str, Any]:
    """Put values into a chart that was authored once.

    Args:
        template: The spec of a layered Altair chart over named data sources.
        data: Rows of each named source. Layers over a source without rows are left out, because an
            empty symbol layer has no accessible name.
        height: Of the drawing, in pixels.
    """
    # A seventh of the work of a deep copy, at every drawing of every chart.
    spec: dict[str, Any] = pickle.loads(pickle.dumps(dict(template)))
    spec["layer"] = [one for one in spec["layer"] if data.get(one["data"]["name"])]
    spec["datasets"] = {name: list(rows) for name, rows in data.items() if rows}
    spec["height"] = height
    return spec


def packed(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return a chart with its rows as Arrow, which is how Streamlit sends them.

    Streamlit would make a data frame of every source first, at a millisecond each.
    """
    return {
        **spec,
        "datasets": {name: _arrow(rows) for name, rows in spec.get("datasets", {}).items()},
    }


def _arrow(rows: Rows) -> bytes:
    table = pa.Table.from_pylist(list(rows))
    out = pa.BufferOutputStream()
    with pa.ipc.new_stream(out, table.schema) as stream:
        stream.write_table(table)
    return bytes(out.getvalue())


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
