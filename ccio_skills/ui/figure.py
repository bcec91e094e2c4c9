"""One chart, said four ways: a sentence, a picture, a table and a CSV of the same numbers."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ccio_skills.ui import theme

if TYPE_CHECKING:
    import pandas as pd

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
        # Loaded when a file is asked for: it is a fifth of the start and of the memory.
        import pandas as pd

        return pd.DataFrame(list(self.rows), columns=list(self.columns))


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


def whole(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return a chart that holds its rows where they are first drawn.

    Streamlit takes named sources out of a chart and makes a data frame of each, which loads pandas
    and costs every drawing of the page a millisecond a source.
    """
    rest = dict(spec)
    unseen = dict(rest.pop("datasets", {}))
    rest["layer"] = [_with_rows(one, unseen) for one in spec["layer"]]
    return rest


def _with_rows(layer: Mapping[str, Any], unseen: dict[str, Rows]) -> dict[str, Any]:
    name = layer["data"]["name"]
    if name not in unseen:
        return dict(layer)
    return {**layer, "data": {"name": name, "values": unseen.pop(name)}}


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
