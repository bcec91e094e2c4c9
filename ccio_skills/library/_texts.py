"""Pass two, within a file: text, parts, minutes and questions of a module; bodies of all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ccio_skills.library._files import RawFile
from ccio_skills.library._findings import Finding
from ccio_skills.library._module import Module
from ccio_skills.library._parts import WORDS_PER_MINUTE
from ccio_skills.library._read import Reading

_SECTIONS = (
    "Why this matters",
    "How it works here",
    "Do it",
    "Evidence for your portfolio",
    "What may change",
)
_SHORTEST, _LONGEST = 5, 12
_TAG = re.compile(r"<[a-zA-Z/!][^>]*>")
_NO_ALT = re.compile(r"!\[\s*\]\(")
_HEADING = re.compile(r"(#+) ")
_DIAGRAM = re.compile(r"^```mermaid\n.*?^```\n\s*(In words: )?", re.M | re.S)
_CITED = re.compile(r"\[(F\d+)\]")
_TEMPLATE = re.compile(r"^```template$", re.MULTILINE)


def check(reading: Reading) -> Iterator[Finding]:
    """Find what is wrong inside each file."""
    for where, raw in reading.raw.items():
        yield from _body(where, raw)
    for module in reading.library.modules:
        where = f"modules/{module.slug}.md"
        raw = reading.raw[where]
        yield from _facts(where, raw, module.facts)
        yield from _questions(where, raw, module)
        if module.status.is_shown:
            yield from _minutes(where, raw, module)
            yield from _sections(where, raw)
    for path in reading.library.paths:
        where = f"paths/{path.slug}.md"
        yield from _facts(where, reading.raw[where], path.facts)
        if path.status.is_shown and not _TEMPLATE.search(path.closing):
            yield Finding(where, reading.raw[where].body_line, "closing")
    for page in reading.library.pages:
        where = f"pages/{page.slug}.md"
        yield from _facts(where, reading.raw[where], page.facts)
    for survey in reading.library.surveys:
        where = f"surveys/{survey.slug}.md"
        yield from _facts(where, reading.raw[where], survey.facts)


def _body(where: str, raw: RawFile) -> Iterator[Finding]:
    in_fence = False
    level = 1
    for number, line in enumerate(raw.body.splitlines(), start=raw.body_line):
        in_fence ^= line.startswith("```")
        if in_fence:
            continue
        if heading := _HEADING.match(line):
            depth = len(heading[1])
            if not 1 < depth <= level + 1:
                yield Finding(where, number, "heading", line)
            level = depth
        if "![" in line and _NO_ALT.search(line):
            yield Finding(where, number, "alt-text", line.strip())
        if "<" in line and _TAG.search(line):
            yield Finding(where, number, "html", line.strip()[:60])
    for diagram in _DIAGRAM.finditer(raw.body):
        if not diagram[1]:
            line_number = raw.body_line + raw.body.count("\n", 0, diagram.start())
            yield Finding(where, line_number, "alt-text", "mermaid")


def _facts(where: str, raw: RawFile, facts: tuple[str, ...]) -> Iterator[Finding]:
    cited, listed = set(_CITED.findall(raw.body)), set(facts)
    for name in sorted(cited - listed):
        yield Finding(where, raw.line("facts"), "facts", f"{name} is cited but not listed")
    for name in sorted(listed - cited):
        yield Finding(where, raw.line("facts"), "facts", f"{name} is listed but not cited")


def _questions(where: str, raw: RawFile, module: Module) -> Iterator[Finding]:
    for index, one in enumerate(module.checks):
        line = raw.line("checks", index, "id")
        if sum(option.best for option in one.options) != 1:
            yield Finding(where, line, "best", one.id)
        if not one.id.startswith(f"{module.code.lower()}-"):
            yield Finding(where, line, "check-id", one.id)
        if one.objective > len(module.objectives):
            yield Finding(where, line, "unknown", f"{one.id}: objective {one.objective}")
    tested = {one.objective for one in module.checks}
    for number, objective in enumerate(module.objectives, start=1):
        if number not in tested:
            line = raw.line("objectives", number - 1)
            yield Finding(where, line, "objective", objective)


def _minutes(where: str, raw: RawFile, module: Module) -> Iterator[Finding]:
    line = raw.line("minutes")
    total = sum(part.minutes for part in module.parts) + module.check_minutes
    if abs(total - module.minutes) > max(3, module.minutes / 10):
        yield Finding(where, line, "minutes", f"parts come to {total}, minutes: {module.minutes}")
    reading = sum(part.words for part in module.parts) / WORDS_PER_MINUTE
    if reading > module.minutes / 2:
        yield Finding(where, line, "reading", f"{reading:.0f} of {module.minutes} minutes")
    sizes = [(part.title, part.minutes) for part in module.parts]
    for title, minutes in [*sizes, ("Check yourself", module.check_minutes)]:
        if not _SHORTEST <= minutes <= _LONGEST:
            yield Finding(where, _line_of(raw, title), "part", f"{title}: {minutes} minutes")


def _sections(where: str, raw: RawFile) -> Iterator[Finding]:
    headings = [line for line in raw.body.splitlines() if _HEADING.match(line)]
    for name in _SECTIONS:
        found = [place for place, line in enumerate(headings) if name in line]
        if found:
            headings = headings[found[0] :]
        else:
            yield Finding(where, raw.body_line, "sections", name)
    if not _TEMPLATE.search(raw.body):
        yield Finding(where, raw.body_line, "template")


def _line_of(raw: RawFile, title: str) -> int:
    for number, line in enumerate(raw.body.splitlines(), start=raw.body_line):
        if line.startswith("## ") and line[3:].strip() == title:
            return number
    return raw.line("checks")
