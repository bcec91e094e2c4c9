"""Numbers that claim something about the world, with no fact or source beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ccio_skills.library._blocks import Section, sections
from ccio_skills.library._evidence import Fact
from ccio_skills.library._findings import Finding
from ccio_skills.library._read import Reading

_NUMBER = re.compile(r"(?<![\w.,:/£-])(£ ?)?(\d[\d,]*(?:\.\d+)*)( ?%| per cent)?(?![\w:/]|-\d)")
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)*")
_SMALL = 100
"""Whole numbers up to here are left out: nearly all count what stands on the page."""
_STANDARD = re.compile(r"[A-Z]{2} (?=\d)")
"""What stands before the number of a standard: ISO 13485."""
_YEAR = re.compile(r"(?:19|20)\d\d")
# What somebody says in quotation marks, and what a reader is asked to write, claims nothing.
_NO_CLAIM = re.compile(r'["“][^"”\n]*["”]|^Allow \d+ minutes\.|\d+ (?:words|characters)', re.M)
_MADE_UP = (
    "(?i:fictional|made[ -]up|invent(?:ed|ion)|imagin|worked example|suppose|rule of thumb)"
    "|^## Why this matters"
)
_BY_ALL_FACTS = ("pages/", "actions/", "paths/", "profiles/", "skills/")


def check(reading: Reading) -> Iterator[Finding]:
    """Find numbers that neither a fact cited beside them nor a made-up name accounts for."""
    facts = reading.library.fact
    for module in reading.library.module.values():
        where = f"modules/{module.slug}.md"
        raw = reading.raw[where]
        known = _in_facts(facts[one] for one in module.facts if one in facts)
        names = re.compile("|".join([_MADE_UP, *(rf"\b{re.escape(n)}\b" for n in module.fiction)]))
        for section in sections(raw):
            yield from _in_section(where, section, known, names)
        yield from _in_lines(where, raw.words("keypoints", "objectives", "answers"), known)
    every = _in_facts(facts.values())
    for where, raw in reading.raw.items():
        if where.startswith(_BY_ALL_FACTS) and raw.is_shown:
            for section in sections(raw):
                yield from _in_section(where, section, every, re.compile(_MADE_UP))
            yield from _in_lines(where, raw.words(), every)


def _in_section(
    where: str, section: Section, known: set[str], names: re.Pattern[str]
) -> Iterator[Finding]:
    was_cited = False
    for block in section.blocks:
        is_cited = block.is_cited or (block.is_list and was_cited)
        was_cited = block.is_cited
        # What is quoted is somebody's, or words to copy.
        quiet = is_cited or block.is_quoted
        for line, number in () if quiet else _claims(block.line, block.text):
            # A year in a story is still a year, unless the name of the story stands beside it.
            told = block.text if _YEAR.fullmatch(number) else section.text
            if number not in known and not names.search(told):
                yield Finding(where, line, "number", number, "warning")


def _in_lines(where: str, lines: Iterable[tuple[int, str]], known: set[str]) -> Iterator[Finding]:
    for start, text in lines:
        for _, number in _claims(start, text):
            if number not in known:
                yield Finding(where, start, "number", number, "warning")


def _claims(start: int, text: str) -> Iterator[tuple[int, str]]:
    """Yield line and figure of each number that could be wrong about the world."""
    text = _NO_CLAIM.sub(lambda found: " " * len(found[0]), text)
    for found in _NUMBER.finditer(text):
        pounds, figure, share = found.groups()
        figure = figure.rstrip(",")
        is_figure = pounds or share or "," in figure or "." in figure
        if is_figure or (
            int(figure) > _SMALL and not _STANDARD.match(text, max(0, found.start() - 3))
        ):
            yield start + text.count("\n", 0, found.start()), figure


def _in_facts(facts: Iterable[Fact]) -> set[str]:
    text = " ".join(f"{fact.topic} {fact.text} {fact.note or ''}" for fact in facts)
    return {figure.rstrip(",") for figure in _FIGURE.findall(text)}
