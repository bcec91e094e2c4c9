"""Real questions, and whether the search answers them: ``python -m benchmarks.search``.

The questions were written before the ranking was tuned. Half of them, fixed by the hash of their
words, is for tuning; the other half is never looked at, and only its two shares are printed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from benchmarks.table import Row
from ccio_skills import library
from ccio_skills.learn.rules import search

FILE = Path(__file__).parent / "questions.yml"
_CONTENT = Path(__file__).parent.parent.parent / "content"
FIRST, FIRST_THREE = 0.70, 0.90
"""What is asked of the half that nobody looked at."""

Search = Callable[[str], Sequence[str]]
"""From a question to codes of modules, best first."""


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks, and the codes of the modules that answer it."""

    ask: str
    modules: tuple[str, ...]

    @property
    def is_held_out(self) -> bool:
        """True for about half of all questions: those whose SHA-256 begins with an odd byte."""
        return hashlib.sha256(self.ask.encode()).digest()[0] % 2 == 1


@dataclass(frozen=True, slots=True)
class Answered:
    """How a search does on some questions.

    Attributes:
        first: Share of questions with a right module in first place.
        first_three: Share with one among the first three.
        misses: Questions without a right one in first place, and what stood there instead.
    """

    asked: int
    first: float
    first_three: float
    misses: tuple[tuple[Question, tuple[str, ...]], ...]


def read(path: Path = FILE) -> tuple[tuple[Question, ...], tuple[Question, ...]]:
    """Return the questions for tuning and those held out."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    every = [Question(one["ask"], tuple(one["module"])) for one in entries]
    return (
        tuple(one for one in every if not one.is_held_out),
        tuple(one for one in every if one.is_held_out),
    )


def judge(questions: Sequence[Question], search: Search) -> Answered:
    """Ask each question and count where the first right module stands."""
    ranks, misses = [], []
    for one in questions:
        found = tuple(search(one.ask)[:3])
        ranks.append(next((at for at, code in enumerate(found) if code in one.modules), None))
        if ranks[-1] != 0:
            misses.append((one, found))
    return Answered(
        asked=len(questions),
        first=sum(rank == 0 for rank in ranks) / len(ranks),
        first_three=sum(rank is not None for rank in ranks) / len(ranks),
        misses=tuple(misses),
    )


def answer() -> tuple[Answered, Answered]:
    """Let the search of the app answer both halves: for tuning, and held out."""
    shipped = library.load(_CONTENT)
    index = search.index(shipped)

    def find(query: str) -> list[str]:
        return [shipped.module[hit.slug].code for hit in search.find(index, query)]

    tuning, held_out = read()
    return judge(tuning, find), judge(held_out, find)


def rows() -> list[Row]:
    """Return both shares of both halves, judging only the half that nobody looked at."""
    return list(make_rows(*answer()))


def make_rows(tuning: Answered, held_out: Answered) -> Iterator[Row]:
    """Yield the shares as figures with their limits."""
    for half, name, is_judged in ((tuning, "for tuning", False), (held_out, "held out", True)):
        for share, what, limit in (
            (half.first, "first", FIRST),
            (half.first_three, "in the first three", FIRST_THREE),
        ):
            label = f"search: right module {what}, {half.asked} questions {name}"
            judged = limit if is_judged else None
            yield Row(label, share, "share", limit=judged, at_least=True)
