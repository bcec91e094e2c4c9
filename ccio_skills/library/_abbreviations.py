"""Abbreviations in modules that neither the text nor common knowledge explains."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ccio_skills.library._blocks import sections
from ccio_skills.library._files import RawFile
from ccio_skills.library._findings import Finding
from ccio_skills.library._read import Reading

# Letters of one kind are a grade (level AA); a number after them makes them a standard (ISO 13485).
_SHORT = re.compile(r"(?<![\w&/.-])(?!([A-Z])\1+\b)([A-Z]{2,})s?(?![\w&-]| \d)")
_CAPITALS = re.compile(r"[A-Z][A-Z]")
_ROMAN = re.compile(r"[IVX]+")
_SMALL = re.compile(r"\b[a-z]{2,}\b")
_LETTERS = re.compile(r"[a-z0-9]+")
_SAID = re.compile(r'["“][^"”\n]*["”]')
_WHAT_IT_IS = re.compile(r",? (?:is |means |stands for )?(?:a|an|the) ")
_BESIDE = re.compile(r"(?:, | \(| \| )([^,.;|()]+)")
_IN_BRACKETS = re.compile(r"\([^()|.]{0,12}$")
_ASKED = ("keypoints", "objectives", "answers", "checks")


def check(reading: Reading) -> Iterator[Finding]:
    """Find abbreviations that nothing explains where they first stand in a module."""
    known = _Known(reading)
    for module in reading.library.module.values():
        where = f"modules/{module.slug}.md"
        seen: set[str] = set()
        so_far = ""
        for start, text in _read_in_order(reading.raw[where]):
            so_far += f" {_plain(text)} "
            read = known.without_names(text) if _CAPITALS.search(text) else ""
            for found in _SHORT.finditer(read):
                short = found[2]
                if short in seen or known.needs_nothing(short):
                    continue
                seen.add(short)
                if not known.is_explained(short, so_far, read[: found.end()], read[found.end() :]):
                    line = start + read.count("\n", 0, found.start())
                    yield Finding(where, line, "abbreviation", short, "warning")


class _Known:
    """What needs no explanation, and what an explanation would say."""

    def __init__(self, reading: Reading) -> None:
        terms = reading.library.terms
        self._everyday = {term.term for term in terms if term.everyday or not term.long}
        self._long = {term.term: _plain(term.long) for term in terms if term.long}
        # What is also written in small letters is a word, and in capitals only a loud one.
        self._words = {word for raw in reading.raw.values() for word in _SMALL.findall(raw.body)}
        names = [one for one in self._everyday if " " in one and _CAPITALS.search(one)]
        longest_first = sorted(map(re.escape, names), key=len, reverse=True)
        self._names = re.compile("|".join([_SAID.pattern, *longest_first]))

    def without_names(self, text: str) -> str:
        """Blank out names that the glossary has, and what somebody is quoted to say."""
        return self._names.sub(lambda found: " " * len(found[0]), text)

    def needs_nothing(self, short: str) -> bool:
        """Say whether every reader knows it, or it is a name, a numeral or a word."""
        if short in self._long or short in self._everyday:
            return short in self._everyday
        return short.lower() in self._words or bool(_ROMAN.fullmatch(short))

    def is_explained(self, short: str, so_far: str, before: str, after: str) -> bool:
        """Say whether what it stands for, or what it is, has been said by the end of its block."""
        beside = _BESIDE.match(after)
        return (
            (after.startswith((")", " is ")) and bool(_IN_BRACKETS.search(before)))
            or bool(_WHAT_IT_IS.match(after))
            or bool(beside and _initials(beside[1]).startswith(short))
            or (short in self._long and self._long[short] in so_far)
        )


def _read_in_order(raw: RawFile) -> Iterator[tuple[int, str]]:
    for section in sections(raw):
        for block in section.blocks:
            if not block.is_quoted:
                yield block.line, block.text
    for line, text in raw.words(*_ASKED):
        yield line, text.replace("\n", " ")


def _initials(text: str) -> str:
    return "".join(word[0] for word in text.split()).upper()


def _plain(text: str) -> str:
    """Return a text in small letters without punctuation and "and", to find words in it."""
    return " ".join(word for word in _LETTERS.findall(text.lower()) if word != "and")
