"""Keep every id that was ever shown: stored answers point at them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ccio_skills.library import _catalogue, _wordings
from ccio_skills.library._findings import Finding
from ccio_skills.library._library import Library
from ccio_skills.library._read import Reading, read

_ID = re.compile(r"^\s*-?\s*id:\s*['\"]?([a-z0-9-]+)", re.MULTILINE)
_HEAD = (
    "# Every slug and question id that was ever shown. Only ever add: ccio-skills check --lock\n"
)


def shown_ids(library: Library) -> set[str]:
    """Return ``kind id`` for everything that learners can see."""
    ids = {f"skill {one.slug}" for one in library.skills}
    ids |= {f"profile {one.slug}" for one in library.profiles}
    ids |= {f"path {one.slug}" for one in library.paths if one.status.is_shown}
    ids |= {f"instrument {one.slug}" for one in library.instrument.values()}
    for module in library.module.values():
        ids.add(f"module {module.slug}")
        ids |= {f"check {check.id}" for check in module.checks}
    return ids


def extend(root: Path) -> int:
    """Add what is shown now to ids.lock, its minutes to catalogue.yml, its words to wording.lock.

    Returns:
        How many ids were new.
    """
    library = read(root).library
    known = set(_locked(root))
    new = shown_ids(library) - known
    _catalogue.extend(root, library)
    _wordings.extend(root, library)
    (root / "ids.lock").write_text(_HEAD + "\n".join(sorted(known | new)) + "\n", encoding="utf-8")
    return len(new)


def check(root: Path, reading: Reading) -> Iterator[Finding]:
    """Find ids that are not locked yet, and locked ids that are gone."""
    known = _locked(root)
    for one in sorted(shown_ids(reading.library) - set(known)):
        yield Finding("ids.lock", 1, "lock", one)
    existing = _existing(root, reading)
    for one, line in known.items():
        if one not in existing:
            yield Finding("ids.lock", line, "gone", one)
    yield from _wordings.check(root, reading)


def _locked(root: Path) -> dict[str, int]:
    """Return the locked ids with the lines they stand on."""
    file = root / "ids.lock"
    if not file.is_file():
        return {}
    lines = file.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    return {
        line.strip(): number
        for number, line in enumerate(lines, start=1)
        if line.strip() and not line.startswith("#")
    }


def _existing(root: Path, reading: Reading) -> set[str]:
    """Ids that still stand for something, judged by file name so that a broken file hides none."""
    kinds = {
        "skills": "skill",
        "profiles": "profile",
        "paths": "path",
        "modules": "module",
        "instruments": "instrument",
    }
    ids = {f"{kind} {name}" for folder, kind in kinds.items() for name in reading.names[folder]}
    for where, raw in reading.raw.items():
        kind = kinds.get(where.split("/")[0])
        ids |= {f"{kind} {name}" for name in _listed(raw.front.get("formerly"))}
        checks = _listed(raw.front.get("checks")) if kind == "module" else []
        ids |= {f"check {one.get('id')}" for one in checks if isinstance(one, dict)}
    for name in reading.names["modules"]:
        if f"modules/{name}.md" not in reading.raw:
            text = (root / "modules" / f"{name}.md").read_text(encoding="utf-8", errors="replace")
            ids |= {f"check {found}" for found in _ID.findall(text)}
    return ids


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
