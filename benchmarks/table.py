"""Figures and their limits: as a table on the screen and as a file."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

FILE = Path("build/bench.json")
KEYS = ("name", "value", "unit", "floor", "ratio", "limit", "ok")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure.

    Attributes:
        unit: Of value and floor: "ms CPU", "share", "count".
        floor: What the same costs with nothing of ours in it, measured in the same run.
        limit: Of the ratio where there is a floor, else of the value; ``None`` judges nothing.
        at_least: The limit is the least that is good enough, not the most.
    """

    name: str
    value: float
    unit: str
    floor: float | None = None
    limit: float | None = None
    at_least: bool = False

    @property
    def ratio(self) -> float | None:
        """Return value / floor, if there is a floor above 0."""
        return self.value / self.floor if self.floor else None

    @property
    def ok(self) -> bool:
        """Say whether the figure keeps its limit."""
        judged = self.value if self.floor is None else self.ratio
        if self.limit is None:
            return True
        if judged is None:
            return False
        return judged >= self.limit if self.at_least else judged <= self.limit


def write(rows: Iterable[Row], path: Path = FILE) -> None:
    """Write rows as a JSON list of objects with exactly the ``KEYS``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    found = [{key: getattr(row, key) for key in KEYS} for row in rows]
    path.write_text(json.dumps(found, indent=2, allow_nan=False) + "\n", encoding="utf-8")


def show(rows: Iterable[Row], console: Console | None = None) -> None:
    """Print rows as a table, a mark beside each that misses its limit."""
    table = Table("figure", "unit")
    for heading in ("value", "floor", "ratio", "limit"):
        table.add_column(heading, justify="right")
    table.add_column("ok")
    for row in rows:
        sign = "≥ " if row.at_least else "≤ "
        limit = "" if row.limit is None else sign + _format(row.limit)
        ok = "" if row.limit is None else "yes" if row.ok else "[bold red]NO[/]"
        figures = [_format(each) for each in (row.value, row.floor, row.ratio)]
        table.add_row(row.name, row.unit, *figures, limit, ok)
    (console or Console()).print(table)


def _format(figure: float | None) -> str:
    return "" if figure is None else f"{figure:,.4g}"
