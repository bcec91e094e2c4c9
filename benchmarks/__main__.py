"""Everything, in one run: ``make bench``. Writes build/bench.json; ends with 1 on a miss."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks import content, crash, pages, plan, search, serve, table
from benchmarks.table import Row

KILLS = 50


def _crash() -> list[Row]:
    with tempfile.TemporaryDirectory() as place:
        outcome = crash.play(KILLS, folder=Path(place))
    faults = (outcome.lost, outcome.doubled, outcome.never_sent)
    names = ("answers lost", "answers doubled", "answers never sent")
    return [
        Row(f"{KILLS} kills: answers a second", outcome.per_second, "1/s", limit=10, at_least=True),
        *(
            Row(f"{KILLS} kills: {name}", len(found), "count", limit=0)
            for name, found in zip(names, faults, strict=True)
        ),
    ]


found = [
    *content.rows(),
    *pages.rows(),
    *serve.rows(),
    *plan.rows(),
    *search.rows(),
    *_crash(),
]
table.show(found)
table.write(found)
sys.exit(0 if all(row.ok for row in found) else 1)
