"""Colours of both schemes. One value serves light and dark: the browser picks.

``light-dark()`` follows the theme switch, and the print style sheet asks for the light side, so a
chart drawn once is right on a light page, a dark page and paper. Contrasts: look.md of the design.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

FONT = "Atkinson Hyperlegible Next, Segoe UI, sans-serif"


def _both(light: str, dark: str) -> str:
    return f"light-dark({light},{dark})"


PAGE = _both("#FFFFFF", "#17131A")
PANEL = _both("#F5F2F6", "#231D28")
INK = _both("#1D1721", "#F2EDF4")
MUTE = _both("#564D5C", "#BDB2C3")
LINE = _both("#CFC6D3", "#51475A")
GRID = _both("#E6E0E9", "#332B39")
EDGE = _both("#6F6876", "#A79FAE")
AIM = _both("#5B2A63", "#DDB0E6")
DATA = _both("#216A73", "#4F9E94")

LEVELS = (
    PAGE,
    _both("#F7E4B5", "#4E3A14"),
    _both("#E0AC58", "#8C6422"),
    _both("#5B9C92", "#4F9E94"),
    _both("#216A73", "#97D1C8"),
    _both("#0F3444", "#E9FAF5"),
)
"""Fill of levels 0 to 5."""

ON_LEVELS = (
    INK,
    _both("#1D1721", "#FFFFFF"),
    _both("#1D1721", "#FFFFFF"),
    _both("#1D1721", "#17131A"),
    _both("#FFFFFF", "#17131A"),
    _both("#FFFFFF", "#17131A"),
)
"""Text on the fill of levels 0 to 5."""

TIERS = {
    "clear": _both("#8F2F0E", "#FF8F66"),
    "some": _both("#B9791A", "#F0C878"),
    "met": _both("#1F6A6B", "#6FC4B9"),
    "unrated": EDGE,
}


@cache
def style_sheet() -> str:
    """Return the style sheet that every page carries."""
    return resources.files(__package__).joinpath("style.css").read_text(encoding="utf-8")
