"""What each page costs beside an empty page in the same shell: ``python -m benchmarks.pages``."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks import floor, history
from benchmarks.client import Tab
from benchmarks.serving import ScriptServer
from benchmarks.table import Row, show

RUNS, ROUNDS, WARM = 60, 5, 15
UNIT = "ms CPU"


@dataclass(frozen=True)
class Place:
    """A page to be measured, with the words that must be on the screen, and its limit."""

    name: str
    page: str
    title: str
    query: str = ""
    limit: float = 8.0


BARE = Place("bare Streamlit", "", "Bare")
FLOOR = Place("empty page in the shell", "floor", floor.TITLE)
PLACES = (
    Place("home", "", "Your next step", limit=4),
    Place("rate, a domain", "rate", "Clinical engagement", "domain=change", limit=4),
    Place("rate, all rated", "rate", "All 45 skills are rated", limit=4),
    Place("gaps", "gaps", "My gaps", limit=5),
    Place("plan", "plan", "My plan"),
    Place("library", "library", "Library"),
    Place("progress", "progress", "Progress"),
    Place("about me", "me", "About me"),
    Place(
        "module, a part",
        "module",
        "How software is built",
        "module=how-software-is-built-and-deployed&part=2",
    ),
    Place(
        "module, questions", "module", "What a CCIO is", "module=what-a-ccio-is-and-does&part=99"
    ),
    Place("path", "path", "Aspiring CCIO", "path=aspiring-ccio-foundations"),
    Place("about", "about", "About"),
    Place("content health", "health", "How healthy is this library?"),
)


def rows() -> list[Row]:
    """Measure every page in turn, several rounds, and take the median of each."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        history.fill(folder)
        server = ScriptServer(folder, script="floor.py")
        bare = ScriptServer(folder / "bare", script="bare.py")
        try:
            server.start()
            bare.start()
            cost = asyncio.run(_measure(server, bare))
        finally:
            server.kill()
            bare.kill()
    empty = cost[FLOOR]
    return [
        Row(f"page: {BARE.name}", cost[BARE], UNIT),
        Row(f"page: {FLOOR.name}", empty, UNIT, cost[BARE]),
        *(Row(f"page: {one.name}", cost[one], UNIT, empty, one.limit) for one in PLACES),
    ]


async def _measure(server: ScriptServer, bare: ScriptServer) -> dict[Place, float]:
    """Return milliseconds of CPU for one run of each page: the median of several rounds."""
    found: dict[Place, list[float]] = {}
    for _ in range(ROUNDS):
        for place in (BARE, FLOOR, *PLACES):
            cost = await _cost(bare if place is BARE else server, place)
            found.setdefault(place, []).append(cost)
    return {place: statistics.median(costs) for place, costs in found.items()}


async def _cost(server: ScriptServer, place: Place) -> float:
    process = psutil.Process(server.pid)
    async with Tab(server.url, page=place.page, query=place.query, title=place.title) as tab:
        for _ in range(WARM):
            await tab.run()
        before = process.cpu_times()
        for _ in range(RUNS):
            await tab.run()
        after = process.cpu_times()
    seconds = float(after.user - before.user + after.system - before.system)
    return seconds * 1000 / RUNS


if __name__ == "__main__":
    show(rows())
