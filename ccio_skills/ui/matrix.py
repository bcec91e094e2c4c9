"""A table of two kinds of things, in which each cell says how much there is: words and colour."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import streamlit as st


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands where a row and a column meet.

    Attributes:
        tone: How much there is; the colour that the words repeat.
        words: Always shown, so a few letters.
        more: Goes on after the words; on a phone it is left to those who listen.
        tail: Ends it, always shown.
    """

    tone: Literal["much", "some", "else", "none"]
    words: str
    more: str = ""
    tail: str = ""


Row = tuple[str, Sequence[Cell]]
"""Name of the row, and a cell for each column."""


def matrix(
    caption: str, corner: str, columns: Sequence[Cell], groups: Iterable[tuple[str, Iterable[Row]]]
) -> None:
    """Draw a matrix of groups of rows.

    Args:
        caption: What it shows, for those who cannot see it; above it for all.
        corner: What the names of the rows are.
        columns: Heads of the columns; their tone is not used.
        groups: Name of each group, and its rows.
    """
    head = "".join(f'<th scope="col">{_say(one)}</th>' for one in columns)
    bodies = "".join(_body(name, rows, width=len(columns) + 1) for name, rows in groups)
    st.html(
        f'<div class="cc"><table class="cc-matrix"><caption>{html.escape(caption)}</caption>'
        f'<thead><tr><th scope="col">{html.escape(corner)}</th>{head}</tr></thead>{bodies}'
        "</table></div>"
    )


def _body(name: str, rows: Iterable[Row], *, width: int) -> str:
    group = f'<tr><th colspan="{width}" scope="rowgroup">{html.escape(name)}</th></tr>'
    return f"<tbody>{group}{''.join(map(_row, rows))}</tbody>"


def _row(row: Row) -> str:
    title, cells = row
    said = "".join(f'<td class="{cell.tone}">{_say(cell)}</td>' for cell in cells)
    return f'<tr><th scope="row">{html.escape(title)}</th>{said}</tr>'


def _say(cell: Cell) -> str:
    words, more, tail = (html.escape(one) for one in (cell.words, cell.more, cell.tail))
    return words + (f"<span> {more}</span>" if more else "") + (f" {tail}" if tail else "")
