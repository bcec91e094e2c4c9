"""The words of every question that was ever asked, so that none is edited in place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ccio_skills.library._findings import Finding
from ccio_skills.library._instrument import Instrument
from ccio_skills.library._library import Library
from ccio_skills.library._read import Reading

_FILE = "wording.lock"
_HEAD = "# Hash of each question that was ever asked. Only ever add: ccio-skills check --lock\n"


def extend(root: Path, library: Library) -> None:
    """Add the questions of instruments that are shown for the first time."""
    known = _locked(root)
    there = {name.partition("/")[0] for name in known}
    new = {
        name: words
        for slug, one in library.instrument.items()
        if slug not in there
        for name, words in _wording(one).items()
    }
    if new:
        lines = [f"{name} {words}\n" for name, words in sorted((known | new).items())]
        (root / _FILE).write_text(_HEAD + "".join(lines), encoding="utf-8")


def check(root: Path, reading: Reading) -> Iterator[Finding]:
    """Find questions of a locked version that were changed, added or left out."""
    known = _locked(root)
    locked = {name.partition("/")[0] for name in known}
    for one in reading.library.instruments:
        where = f"instruments/{one.slug}.md"
        if one.slug not in locked:
            if one.status.is_shown:
                yield Finding(_FILE, 1, "lock", f"wording of {one.slug}")
            continue
        now = _wording(one)
        before = {name: words for name, words in known.items() if name.startswith(f"{one.slug}/")}
        for name in sorted({*now, *before}):
            if now.get(name) != before.get(name):
                code = name.partition("/")[2]
                yield Finding(where, _line(reading, one, code), "wording", code)


def _wording(one: Instrument) -> dict[str, str]:
    return {f"{one.slug}/{code}": words for code, words in one.wording.items()}


def _line(reading: Reading, one: Instrument, code: str) -> int:
    raw = reading.raw[f"instruments/{one.slug}.md"]
    for number, chapter in enumerate(one.chapters):
        for place, question in enumerate(chapter.questions):
            if question.code == code:
                return raw.line("chapters", number, "questions", place)
    return raw.line("chapters")


def _locked(root: Path) -> dict[str, str]:
    file = root / _FILE
    if not file.is_file():
        return {}
    lines = file.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    pairs = (line.split() for line in lines if line.strip() and not line.startswith("#"))
    return {pair[0]: pair[-1] for pair in pairs}
