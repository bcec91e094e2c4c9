"""Kill the server while answers arrive; then compare every "Saved" mark with the store.

``python -m benchmarks.crash 50`` plays 50 kills.
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
import sys
import tempfile
import time
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from benchmarks.client import ClientError, Screen, Tab
from benchmarks.serving import ROOT, Server
from ccio_skills import library, wording
from ccio_skills.library import Library, Skill
from ccio_skills.vocabulary import Level

_TABS = 4
_ROUND = (0.4, 1.4)
"""Seconds from the first answer after a start to the kill."""


@dataclass
class Line:
    """What was said about one skill, in order: levels sent, and how many were marked as saved."""

    sent: list[int] = field(default_factory=list)
    marked: int = 0
    """Answers up to this one are saved, says the screen."""


@dataclass
class Outcome:
    """What came of it. The three lists must be empty."""

    kills: int = 0
    sent: int = 0
    marks: int = 0
    seconds: float = 0.0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    never_sent: list[str] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        """Answers sent a second, while a server ran."""
        return self.sent / self.seconds if self.seconds else 0.0

    def __str__(self) -> str:
        """Say it in a line."""
        return (
            f"{self.kills} kills, {self.sent} answers at {self.per_second:.0f} a second, "
            f"{self.marks} marked as saved; lost {len(self.lost)}, doubled {len(self.doubled)}, "
            f"never sent {len(self.never_sent)}"
        )


def play(kills: int, *, folder: Path, seed: int = 2012) -> Outcome:
    """Answer from several tabs at once, kill, start again, compare; as often as asked."""
    chance = random.Random(seed)
    shipped = library.load(ROOT / "content")
    lines = {skill.slug: Line() for skill in shipped.skills}
    domains = [one.slug for one in shipped.domains][:_TABS]
    outcome = Outcome()
    server = Server(folder)
    server.start()
    try:
        asyncio.run(_settle(server.url))
        for _ in range(kills):
            asyncio.run(_round(server, domains, shipped, lines, chance, outcome))
            outcome.kills += 1
            server.start()
            _compare(server.store, lines, outcome)
    finally:
        server.kill()
    outcome.sent = sum(len(line.sent) for line in lines.values())
    return outcome


async def _settle(address: str) -> None:
    """Answer the two questions of the first visit."""
    async with Tab(address) as tab:
        await tab.choose("welcome:profile", tab.find("welcome:profile").options[0])
        await tab.click("welcome:start")


async def _round(
    server: Server,
    domains: list[str],
    shipped: Library,
    lines: dict[str, Line],
    chance: random.Random,
    outcome: Outcome,
) -> None:
    seeds = [chance.random() for _ in domains]
    tabs = [
        asyncio.create_task(
            _answer(server.url, domain, shipped, lines, random.Random(one), outcome)
        )
        for domain, one in zip(domains, seeds, strict=True)
    ]
    started = time.perf_counter()
    await asyncio.sleep(chance.uniform(*_ROUND))
    server.kill()
    outcome.seconds += time.perf_counter() - started
    await asyncio.gather(*tabs)


async def _answer(
    address: str,
    domain: str,
    shipped: Library,
    lines: dict[str, Line],
    chance: random.Random,
    outcome: Outcome,
) -> None:
    """Answer the skills of a domain, one after the other, until the server is gone."""
    skills = shipped.skills_of(domain)
    tab = Tab(address, page="rate", query=f"domain={domain}")
    try:
        async with tab:
            while True:
                skill = chance.choice(skills)
                line = lines[skill.slug]
                before = line.sent[-1] if line.sent else -1
                level = chance.choice([one for one in range(6) if one != before])
                line.sent.append(level)
                words = tab.find(f"rate:{skill.slug}").options[level]
                try:
                    await tab.choose(f"rate:{skill.slug}", words)
                finally:
                    # A mark counts from the moment it arrives, though the run was cut off.
                    if _is_marked(tab.screen, skill, skills, level):
                        line.marked = len(line.sent)
                        outcome.marks += 1
    except (ClientError, OSError):
        return


def _is_marked(screen: Screen, skill: Skill, skills: tuple[Skill, ...], level: int) -> bool:
    """Say whether the screen marks this answer as saved, between this title and the next."""
    titles = [one.title for one in skills]
    after = screen.words.partition(skill.title)[2]
    for earlier, following in pairwise(titles):
        if earlier == skill.title:
            after = after.partition(following)[0]
    return f"Saved: {wording.level_name(Level(level))}." in " ".join(after.split())


def _compare(store: Path, lines: dict[str, Line], outcome: Outcome) -> None:
    """Compare what the store holds with what was sent and what was marked."""
    for skill, line in lines.items():
        with sqlite3.connect(store) as opened:
            query = "SELECT level FROM assess_rating WHERE skill = ? ORDER BY id"
            kept = [row[0] for row in opened.execute(query, (skill,))]
        opened.close()
        said = f"{skill}: sent {line.sent}, marked {line.marked}, kept {kept}"
        if kept[: line.marked] != line.sent[: line.marked]:
            outcome.lost.append(said)
        elif any(a == b for a, b in pairwise(kept)):
            outcome.doubled.append(said)
        elif kept != line.sent[: len(kept)]:
            outcome.never_sent.append(said)
        # What was sent and never marked may be kept or not; from here on it is what the store says.
        line.sent, line.marked = kept, len(kept)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        print(play(int(sys.argv[1]), folder=Path(place)))
