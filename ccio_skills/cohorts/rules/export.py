"""A chart as a table and as CSV: the same rows, and nothing that the chart does not show."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from ccio_skills.cohorts.rules import measures, wording
from ccio_skills.cohorts.rules.cohort_chart import Bar, CohortChart
from ccio_skills.cohorts.rules.items import Item
from ccio_skills.cohorts.rules.released import Released

# A spreadsheet takes a cell that begins with one of these for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_STEP = 1024
_PHRASES, _NUMBERS = 340, 20
"""Bytes of the longest sentence about a bar without names and numbers, and how many numbers."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One category of one item.

    Attributes:
        at_least, at_most: People in it; the same where nothing is hidden, empty where the item is
            not shown.
        words: In the last row of each item, what there is to say about it.
    """

    section: str
    question: str
    answer: str
    at_least: int | None
    at_most: int | None
    words: str = ""


def table(chart: Released[CohortChart]) -> tuple[TableRow, ...]:
    """Return a chart as rows: as many for each item whatever was answered."""
    members = chart.value.caption.members
    return tuple(row for one in chart.value.bars for row in _rows(one, members=members))


def as_csv(chart: Released[CohortChart]) -> bytes:
    """Write a chart as CSV that no spreadsheet runs.

    Empty lines at the end make the file as long as the longest that the same people could have
    led to, so that its size says nothing.

    Returns:
        UTF-8 with a byte-order mark, rows ending in CR LF.
    """
    caption = chart.value.caption
    before = {
        "collection": caption.header.title,
        "closed": caption.header.closed_at.date().isoformat(),
        "group": caption.part,
        "members": str(caption.members),
        "people": str(chart.value.people),
        "targets_of": caption.targets or "as opened",
        "ledger_row": str(caption.entries[0]),
    }
    rows = table(chart)
    return pad(_write(before, rows), len(_write(before, _widest(rows, chart.value))))


def pad(content: bytes, longest: int, *, filler: bytes = b"\r\n") -> bytes:
    """Lengthen a file to the next whole kibibyte after the longest that it could have been.

    Raises:
        ValueError: It is longer than that.
    """
    size = -(-longest // _STEP) * _STEP
    if len(content) > size:
        raise ValueError(f"{len(content)} bytes do not fit into {size}")
    missing = size - len(content)
    return content + (filler * (missing // len(filler) + 1))[-missing:] if missing else content


def _rows(one: Bar, *, members: int) -> Iterator[TableRow]:
    item = one.item
    known = [*zip(item.categories, measures.bounds(one), strict=True)]
    if has_lowest_two(item):
        known.append((wording.categories((0, 1), item), measures.lowest_two(one)))
    known.append((wording.NOT_ANSWERED, (one.not_answered, one.not_answered)))
    for answer, (least, most) in known:
        shown = (least, most) if one.is_shown else (None, None)
        yield TableRow(item.section, item.title, answer, *shown)
    answered = one.answered if one.is_shown else None
    said = wording.bar(one, members=members)
    yield TableRow(item.section, item.title, "All who answered", answered, answered, said)


def has_lowest_two(item: Item) -> bool:
    """Say whether the two lowest categories are one of the sets that are guarded together."""
    return (0, 1) in item.guarded


def _write(before: Mapping[str, str], rows: Sequence[TableRow]) -> bytes:
    out = io.StringIO()
    sheet = csv.writer(out, lineterminator="\r\n")
    sheet.writerow([*before, *(one.name for one in fields(TableRow))])
    for row in rows:
        sheet.writerow([*map(_harmless, before.values()), *map(_harmless, _cells(row))])
    return out.getvalue().encode("utf-8-sig")


def _cells(row: TableRow) -> tuple[str, ...]:
    least, most = ("" if one is None else str(one) for one in (row.at_least, row.at_most))
    return row.section, row.question, row.answer, least, most, row.words


def _widest(rows: Sequence[TableRow], chart: CohortChart) -> list[TableRow]:
    """Return the same rows with the longest numbers and words that there could have been."""
    digits = len(str(max(chart.people, chart.caption.members)))
    longest = iter([_longest_words(one.item, digits) for one in chart.bars])
    return [
        replace(
            row,
            at_least=chart.people,
            at_most=chart.people,
            words="," * next(longest) if row.words else "",
        )
        for row in rows
    ]


def _longest_words(item: Item, digits: int) -> int:
    """Return bytes beyond which no sentence about an item goes, quotes doubled."""
    names = [len(name.encode()) + name.count('"') for name in item.categories]
    return _PHRASES + (len(names) + 6) * (max(names) + 4) + _NUMBERS * digits


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
