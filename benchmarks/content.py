"""How long the content check takes, as an author waits for it: ``python -m benchmarks.content``."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import psutil

from benchmarks import table
from benchmarks.table import Row

RUNS = 5
LIMIT = 2.0
"""Seconds that an author may wait for everything to be checked, on a machine of their own."""

_ROOT = Path(__file__).parent.parent
_CHECK = (sys.executable, "-m", "ccio_skills.cli", "check")


def rows() -> list[Row]:
    """Run the check of all content several times; the least counts, as others use the machine."""
    waits, costs = zip(*(_run() for _ in range(RUNS)), strict=True)
    return [
        Row("content check of everything, with its start", min(costs), "s CPU", limit=LIMIT),
        Row("content check of everything, with its start", min(waits), "s wall"),
    ]


def _run() -> tuple[float, float]:
    """Return seconds of wall clock and of CPU."""
    spent = psutil.Process().cpu_times()
    begun = time.perf_counter()
    subprocess.run(_CHECK, cwd=_ROOT, stdout=subprocess.DEVNULL, check=True)
    wait = time.perf_counter() - begun
    now = psutil.Process().cpu_times()
    user = now.children_user - spent.children_user
    return wait, user + now.children_system - spent.children_system


if __name__ == "__main__":
    measured = rows()
    table.show(measured)
    sys.exit(not all(row.ok for row in measured))
