"""How the text reads: sentences that are too long."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ccio_skills.library._blocks import sections
from ccio_skills.library._files import RawFile
from ccio_skills.library._findings import Finding
from ccio_skills.library._read import Reading

_LONGEST = 35
"""Words of the longest sentence that a tired reader takes in at once."""

_MARK = re.compile(r"\[F\d+\]|^\s*(?:[-*]|\d+\.)\s+|[*_`]")
_END = re.compile(r"(?<=[.!?;])[\"”’)]*\s+|\s*\|\s*")
_WORD = re.compile(r"\w")


def check(reading: Reading) -> Iterator[Finding]:
    """Find long sentences in everything that is shown."""
    for where, raw in reading.raw.items():
        if not raw.is_shown:
            continue
        for line, text in _pieces(raw):
            if text.count(" ") < _LONGEST:
                continue
            for sentence in _END.split(_MARK.sub("", text)):
                words = [word for word in sentence.split() if _WORD.search(word)]
                if len(words) > _LONGEST:
                    detail = f"{len(words)} words: {' '.join(words[:6])} ..."
                    yield Finding(where, line, "sentence", detail, "warning")


def _pieces(raw: RawFile) -> Iterator[tuple[int, str]]:
    """Yield what is read, line by line; a quotation stays as its speaker left it."""
    yield from raw.words()
    for section in sections(raw):
        for block in section.blocks:
            if not block.is_quoted:
                yield from enumerate(block.lines, start=block.line)
