"""Cut a module's text into parts and count their minutes."""

from __future__ import annotations

import re
from dataclasses import dataclass

WORDS_PER_MINUTE = 200
"""Slow enough for new material read on a phone."""

_HEADING = re.compile(r"^## +(.+?) *$", re.MULTILINE)
_ALLOW = re.compile(r"^Allow (\d+) minutes\.", re.MULTILINE)
_CITED = re.compile(r"\[F\d+\]")
_MARKUP = "#|*_>`"


@dataclass(frozen=True, slots=True)
class Part:
    """One section of a module, read in one sitting."""

    title: str
    body: str
    words: int
    doing_minutes: int
    """Minutes the text asks the reader to spend ("Allow 8 minutes."), besides reading."""

    @property
    def minutes(self) -> int:
        """Reading and doing together, at least 1."""
        return max(1, round(self.words / WORDS_PER_MINUTE + self.doing_minutes))


def split(body: str) -> tuple[Part, ...]:
    """Return the ## sections of ``body``, in order; text before the first one is left out."""
    pieces = _HEADING.split(body)[1:]
    return tuple(_part(title, text) for title, text in zip(pieces[::2], pieces[1::2], strict=True))


def reading_minutes(words: int) -> int:
    """Return whole minutes to read ``words``, at least 1."""
    return max(1, round(words / WORDS_PER_MINUTE))


def _part(title: str, text: str) -> Part:
    plain = _CITED.sub(" ", f"{title} {text}")
    for mark in _MARKUP:
        plain = plain.replace(mark, " ")
    words = len(plain.split())
    doing = sum(int(minutes) for minutes in _ALLOW.findall(text))
    return Part(title, text.strip(), words, doing)
