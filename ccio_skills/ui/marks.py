"""Small pieces that all charts are drawn from; Altair, no Streamlit."""

from __future__ import annotations

import altair as alt


def over(name: str) -> alt.Chart:
    """Return a chart over a named data source."""
    return alt.Chart(alt.NamedData(name))


def pixels(field: str) -> alt.Y:
    """Place marks by pixels from the top: rows keep their size whatever the width."""
    return alt.Y(f"{field}:Q", scale=None, axis=None)


def levels(colours: tuple[str, ...]) -> alt.Scale:
    """Colour levels 0 to 5."""
    return alt.Scale(domain=[0, 1, 2, 3, 4, 5], range=list(colours))
