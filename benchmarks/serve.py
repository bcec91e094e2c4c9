"""Start, memory, growth and a crowd: what a server costs as people come."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import psutil
from sqlalchemy import func, select
from sqlmodel import Session

from benchmarks import history
from benchmarks.client import Tab
from benchmarks.serving import ROOT, ScriptServer, Server
from benchmarks.table import Row
from ccio_skills import library, schema, store
from ccio_skills.people import commands as people

STARTS, SESSIONS, RUNS = 3, 50, 100
CROWD, EVERY, LASTING = 100, 10.0, 60.0
PEOPLE = 10_000
HOME = "Your next step"


def rows() -> list[Row]:
    """Measure all of it."""
    return [*_start(), *_memory(), *_growth(), *_crowd()]


def _tree(server: Server) -> list[psutil.Process]:
    assert server.process is not None
    root = psutil.Process(server.process.pid)
    return [root, *root.children(recursive=True)]


def _cpu(server: Server) -> float:
    """Return the seconds of CPU that a server and its command have used."""
    times = [one.cpu_times() for one in _tree(server)]
    return float(sum(one.user + one.system for one in times))


async def _draw(url: str, title: str) -> None:
    async with Tab(url, title=title):
        pass


def _start() -> list[Row]:
    """From the command to the first whole home page, beside a one-page app with one chart."""
    found: dict[str, list[tuple[float, float]]] = {"app": [], "page": []}
    for _ in range(STARTS):
        for name in found:
            with tempfile.TemporaryDirectory() as place:
                folder = Path(place)
                if name == "app":
                    history.fill(folder)
                    server, title = Server(folder), HOME
                else:
                    server = ScriptServer(folder, script="one_page.py", ready="/_stcore/health")
                    title = "One page"
                began = time.perf_counter()
                server.start()
                asyncio.run(_draw(server.url, title))
                found[name].append((_cpu(server), time.perf_counter() - began))
                server.kill()
    cpu = {name: statistics.median(one for one, _ in both) for name, both in found.items()}
    wall = {name: statistics.median(one for _, one in both) for name, both in found.items()}
    return [
        Row("start to the first home page", cpu["app"], "s CPU", cpu["page"], 1.5),
        Row("start to the first home page, wall", wall["app"], "s", wall["page"]),
    ]


def _memory() -> list[Row]:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        history.fill(folder)
        server = ScriptServer(folder, script="floor.py")
        server.start()
        try:
            process = psutil.Process(server.pid)
            asyncio.run(_draw(server.url, HOME))
            first = process.memory_info().rss / 2**20
            grown = asyncio.run(_open_many(server.url, process)) / 2**20 - first
        finally:
            server.kill()
    return [
        Row("memory after the first page", first, "MiB"),
        Row(f"memory a session, {SESSIONS} open", grown / SESSIONS, "MiB"),
    ]


async def _open_many(url: str, process: psutil.Process) -> float:
    tabs = [Tab(url, title=HOME) for _ in range(SESSIONS)]
    for tab in tabs:
        await tab.__aenter__()
    used = float(process.memory_info().rss)
    for tab in tabs:
        await tab.__aexit__()
    return used


def _growth() -> list[Row]:
    """Home and gaps of one person, alone in the store and among many."""
    found = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        history.fill(folder)
        for many in (1, PEOPLE):
            if many > 1:
                _multiply(folder, many)
            server = ScriptServer(folder, script="floor.py")
            server.start()
            try:
                found.append(
                    [asyncio.run(_page(server, *one)) for one in (("", HOME), ("gaps", "My gaps"))]
                )
            finally:
                server.kill()
    alone, among = found
    return [
        Row(f"growth: {name}, {PEOPLE:,} people", after, "ms CPU", before, 1.3)
        for name, before, after in zip(("home", "gaps"), alone, among, strict=True)
    ]


def _multiply(folder: Path, many: int) -> None:
    """Give every other person a copy of the last sitting of the first one."""
    engine = store.open_engine(f"sqlite:///{folder / 'ccio-skills.db'}")
    table = schema.metadata.tables["assess_rating"]
    names = ", ".join(one.name for one in table.c if one.name not in ("id", "person_id"))
    with engine.connect() as connection:
        connection.exec_driver_sql(
            f"WITH RECURSIVE others(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM others WHERE n < ?)"
            f" INSERT INTO assess_rating (person_id, {names}) SELECT n, {names}"
            f" FROM others, (SELECT {names} FROM assess_rating"
            f" WHERE person_id = ? AND sitting_id = ?)",
            (many, history.ME, history.SITTINGS),
        )
        connection.commit()
    engine.dispose()


async def _page(server: ScriptServer, page: str, title: str) -> float:
    async with Tab(server.url, page=page, title=title) as tab:
        for _ in range(15):
            await tab.run()
        before = _cpu(server)
        for _ in range(RUNS):
            await tab.run()
        return (_cpu(server) - before) * 1000 / RUNS


def _crowd() -> list[Row]:
    """A hundred people on the rating page, each answering every ten seconds."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        engine = store.open_engine(f"sqlite:///{folder / 'ccio-skills.db'}")
        store.upgrade(engine)
        with Session(engine) as db:
            now = datetime.now(UTC)
            people.settle(db, history.ME, profile="new-ccio", minutes_a_week=60, at=now)
        server = ScriptServer(folder, script="floor.py")
        server.start()
        try:
            floor = asyncio.run(_all("floor", server.url, ""))
            crowd = asyncio.run(_all("rate", server.url, "domain="))
        finally:
            server.kill()
        with engine.connect() as connection:
            table = schema.metadata.tables["assess_rating"]
            kept = connection.execute(select(func.count()).select_from(table)).scalar_one()
        engine.dispose()
    return [
        Row(f"crowd of {CROWD}: p95", _p95(crowd), "ms", _p95(floor)),
        Row(f"crowd of {CROWD}: answers not stored", len(crowd) - kept, "count", limit=0),
    ]


def _p95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1] * 1000


async def _all(page: str, url: str, query: str) -> list[float]:
    domains = [one.slug for one in library.load(ROOT / "content").domains]
    found: list[float] = []

    async def person(number: int) -> None:
        await asyncio.sleep(EVERY * number / CROWD)
        asked = f"{query}{domains[number % len(domains)]}" if query else ""
        async with Tab(url, page=page, query=asked) as tab:
            for turn in range(int(LASTING / EVERY)):
                began = time.perf_counter()
                if query:
                    widget = tab.widgets("rate:")[0]
                    # Each tab says something new each time: what was said before is no answer.
                    level = (number // len(domains) + turn) % len(widget.options)
                    taken = await tab.choose(widget.key, widget.options[level])
                else:
                    taken = await tab.run()
                found.append(taken)
                await asyncio.sleep(max(0.0, EVERY - (time.perf_counter() - began)))

    await asyncio.gather(*(person(number) for number in range(CROWD)))
    return found
