"""A body as readers meet it: sections, and in each the blocks of lines between blank ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ccio_skills.library._files import RawFile

_HEADING = re.compile(r"^#{1,6} ")
_CITED = re.compile(r"\[F\d+\]")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a list, a table or a quotation."""

    line: int
    """Line number, from 1, of the first line."""

    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)

    @property
    def is_quoted(self) -> bool:
        """True for somebody's words, or words to copy."""
        return self.lines[0].startswith(">")

    @property
    def is_list(self) -> bool:
        """True for a list or a table, which the block before it often introduces."""
        return self.lines[0].startswith(("|", "- ", "* ", "1. "))

    @property
    def is_cited(self) -> bool:
        """True when a fact or an address stands in it."""
        return bool(_CITED.search(self.text)) or "](http" in self.text


@dataclass(frozen=True, slots=True)
class Section:
    """What stands below one heading, of whatever level."""

    heading: str
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """Heading and blocks as one text."""
        return "\n\n".join([self.heading, *(block.text for block in self.blocks)])


def sections(raw: RawFile) -> tuple[Section, ...]:
    """Return the sections of a body, in order; what stands in fences is no prose and left out."""
    found: list[tuple[str, list[Block]]] = [("", [])]
    block: list[str] = []
    start = raw.body_line
    for number, line in _unfenced(raw):
        if block and (not line.strip() or _HEADING.match(line)):
            found[-1][1].append(Block(start, tuple(block)))
            block = []
        if _HEADING.match(line):
            found.append((line, []))
        elif line.strip():
            start = start if block else number
            block.append(line)
    if block:
        found[-1][1].append(Block(start, tuple(block)))
    return tuple(Section(heading, tuple(blocks)) for heading, blocks in found)


def _unfenced(raw: RawFile) -> Iterator[tuple[int, str]]:
    in_fence = False
    for number, line in enumerate(raw.body.splitlines(), start=raw.body_line):
        if line.startswith("```"):
            in_fence = not in_fence
            yield number, ""
        elif not in_fence:
            yield number, line
