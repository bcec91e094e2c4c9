"""The minutes that were agreed for each module, so that none grows unnoticed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ccio_skills.library._findings import Finding
from ccio_skills.library._library import Library
from ccio_skills.library._read import Reading

_FILE = "catalogue.yml"
_HEAD = "# Minutes agreed for each module. Only ever add: ccio-skills check --lock\n"


def extend(root: Path, library: Library) -> int:
    """Add the minutes of modules that are shown for the first time; return how many."""
    known = {one.slug for one in library.agreed}
    new = [one for one in library.module.values() if one.slug not in known]
    if new:
        file = root / _FILE
        text = file.read_text(encoding="utf-8") if file.is_file() else _HEAD
        lines = [f"{one.slug}:\n  minutes: {one.minutes}\n" for one in new]
        # A file that lists nothing holds an empty mapping: "{}".
        before = text.rstrip().removesuffix("{}").rstrip()
        file.write_text(f"{before}\n{''.join(lines)}", encoding="utf-8")
    return len(new)


def check(reading: Reading) -> Iterator[Finding]:
    """Find modules that take other minutes than agreed and do not say why."""
    if not reading.knows(_FILE):
        return
    agreed = {one.slug: one.minutes for one in reading.library.agreed}
    for module in reading.library.module.values():
        where = f"modules/{module.slug}.md"
        raw = reading.raw[where]
        if module.slug not in reading.names[_FILE]:
            yield Finding(where, raw.line("minutes"), "catalogue", "not in catalogue.yml")
        elif agreed.get(module.slug) not in (None, module.minutes) and not module.minutes_reason:
            detail = f"{module.minutes}, agreed {agreed[module.slug]}"
            yield Finding(where, raw.line("minutes"), "catalogue", detail)
    there = reading.names["modules"] | reading.names.get("planned.yml", set())
    there |= {slug for module in reading.library.modules for slug in module.formerly}
    for slug in sorted(reading.names[_FILE] - there):
        yield Finding(_FILE, reading.raw[_FILE].line(slug), "unknown", slug)
