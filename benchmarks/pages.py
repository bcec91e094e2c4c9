"""What each page costs beside an empty page in the same shell: ``python -m benchmarks.pages``."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks import floor, history
from benchmarks.client import ClientError, Tab
from benchmarks.serving import ScriptServer
from benchmarks.table import Row, show
from ccio_skills import wording
from ccio_skills.vocabulary import Level

RUNS, ROUNDS, WARM = 60, 5, 15
UNIT = "ms CPU"


@dataclass(frozen=True)
class Place:
    """A page to be measured, with the words that must be on the screen, and its limit.

    Attributes:
        answers: Give another answer at every run, so that the page stores it as well.
    """

    name: str
    page: str
    title: str
    query: str = ""
    limit: float = 8.0
    answers: bool = False


BARE = Place("bare Streamlit", "", "Bare")
FLOOR = Place("empty page in the shell", "floor", floor.TITLE)
PLACES = (
    Place("home", "", "Your next step", limit=4),
    Place("rate, a domain", "rate", "Clinical engagement", "domain=change", limit=4),
    Place(
        "rate, an answer each run",
        "rate",
        "Clinical engagement",
        "domain=change",
        limit=4,
        answers=True,
    ),
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
    Place("paths", "paths", "Learning paths", limit=5),
    Place("path", "path", "Aspiring CCIO", "path=aspiring-ccio-foundations", limit=5),
    Place("glossary", "glossary", "Glossary"),
    Place("about", "about", "About"),
    Place("role survey, a section", "survey", "Time, authority", "section=B"),
    Place("first survey", "survey-2012", "The first survey, 2012"),
    Place("content health", "health", "How healthy is this library?"),
)


def rows() -> list[Row]:
    """Measure every page in turn, several rounds, and take the median of each."""
    with tempfile.TemporaryDirectory() as place:
        servers = Servers(Path(place))
        try:
            servers.start()
            cost = asyncio.run(_measure(servers))
        finally:
            servers.kill()
    empty = cost[FLOOR]
    return [
        Row(f"page: {BARE.name}", cost[BARE], UNIT),
        Row(f"page: {FLOOR.name}", empty, UNIT, cost[BARE]),
        *(Row(f"page: {one.name}", cost[one], UNIT, empty, one.limit) for one in PLACES),
    ]


class Servers:
    """The app, the app for a person who gives answers, and Streamlit without the app."""

    def __init__(self, folder: Path) -> None:
        # What is answered stays in a store of its own: the other pages read no more for it.
        stores = [folder / "app", folder / "answers"]
        for store in stores:
            history.fill(store)
        self.app, self.answers = (ScriptServer(store, script="floor.py") for store in stores)
        self.bare = ScriptServer(folder / "bare", script="bare.py")
        self.every = (self.app, self.answers, self.bare)

    def start(self) -> None:
        """Start them all."""
        for one in self.every:
            one.start()

    def kill(self) -> None:
        """Stop them all."""
        for one in self.every:
            one.kill()

    def of(self, place: Place) -> ScriptServer:
        """Return the server of a page."""
        return self.bare if place is BARE else self.answers if place.answers else self.app


async def _measure(servers: Servers) -> dict[Place, float]:
    """Return milliseconds of CPU for one run of each page: the median of several rounds."""
    found: dict[Place, list[float]] = {}
    for _ in range(ROUNDS):
        for place in (BARE, FLOOR, *PLACES):
            cost = await _cost(servers.of(place), place)
            found.setdefault(place, []).append(cost)
    return {place: statistics.median(costs) for place, costs in found.items()}


async def _cost(server: ScriptServer, place: Place) -> float:
    process = psutil.Process(server.pid)
    async with Tab(server.url, page=place.page, query=place.query, title=place.title) as tab:
        for turn in range(WARM):
            await _run(tab, place, turn)
        before = process.cpu_times()
        for turn in range(RUNS):
            await _run(tab, place, WARM + turn)
        after = process.cpu_times()
    seconds = float(after.user - before.user + after.system - before.system)
    return seconds * 1000 / RUNS


async def _run(tab: Tab, place: Place, turn: int) -> None:
    """Draw the page once more; where answers are given, hold it to the answer."""
    if not place.answers:
        await tab.run()
        return
    widget = tab.widgets("rate:")[0]
    level = Level(turn % len(Level))
    await tab.choose(widget.key, widget.options[level])
    if f"Saved: {wording.level_name(level)}" not in tab.screen.words:
        raise ClientError(f"not saved: {tab.screen.words[:200]!r}")


if __name__ == "__main__":
    show(rows())
