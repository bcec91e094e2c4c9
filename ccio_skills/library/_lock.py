"""Keep every id that was ever shown: stored answers point at them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ccio_skills.library._findings import Finding
from ccio_skills.library._library import Library
from ccio_skills.library._read import Reading, read

_HEAD = (
    "# Every slug and question id that was ever shown. Only ever add: ccio-skills check --lock\n"
)


def shown_ids(library: Library) -> set[str]:
    """Return ``kind id`` for everything that learners can see."""
    ids = {f"skill {one.slug}" for one in library.skills}
    ids |= {f"profile {one.slug}" for one in library.profiles}
    ids |= {f"path {one.slug}" for one in library.paths if one.status.is_shown}
    for module in library.module.values():
        ids.add(f"module {module.slug}")
        ids |= {f"check {check.id}" for check in module.checks}
    return ids


def extend(root: Path) -> int:
    """Add every id that is shown now to ids.lock and return how many were new."""
    library = read(root).library
    known = _locked(root)
    new = shown_ids(library) - known
    (root / "ids.lock").write_text(_HEAD + "\n".join(sorted(known | new)) + "\n", encoding="utf-8")
    return len(new)


def check(root: Path, reading: Reading) -> Iterator[Finding]:
    """Find ids that are not locked yet, and locked ids that are gone."""
    known = _locked(root)
    for one in sorted(shown_ids(reading.library) - known):
        yield Finding("ids.lock", 1, "lock", one)
    for number, one in enumerate(sorted(known), start=2):
        if one not in _existing(reading):
            yield Finding("ids.lock", number, "gone", one)


def _locked(root: Path) -> set[str]:
    file = root / "ids.lock"
    if not file.is_file():
        return set()
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}


def _existing(reading: Reading) -> set[str]:
    """Ids that still stand for something, judged by file name so that a broken file hides none."""
    folders = {"skill": "skills", "profile": "profiles", "path": "paths", "module": "modules"}
    ids = {f"{kind} {name}" for kind, folder in folders.items() for name in reading.names[folder]}
    for where, raw in reading.raw.items():
        kind = {folder: kind for kind, folder in folders.items()}.get(where.split("/")[0])
        formerly = raw.front.get("formerly") or ()
        ids |= {f"{kind} {name}" for name in formerly}
        checks = raw.front.get("checks") or () if kind == "module" else ()
        ids |= {f"check {one.get('id')}" for one in checks if isinstance(one, dict)}
    return ids
