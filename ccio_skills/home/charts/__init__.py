"""Draw where one stands and how it moved. Values in, ``Figure`` out; no Streamlit."""

from ccio_skills.home.charts.board import board_figure
from ccio_skills.home.charts.history import history_figure
from ccio_skills.home.charts.minutes import minutes_figure

__all__ = ["board_figure", "history_figure", "minutes_figure"]
