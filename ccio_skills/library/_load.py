"""Turn the ``content`` folder into a ``Library``, or say everything that is wrong with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ccio_skills.library import _asking, _figures, _lock, _read, _relations, _texts
from ccio_skills.library._findings import Finding
from ccio_skills.library._library import Library
from ccio_skills.library._read import Reading


class BrokenContentError(RuntimeError):
    """The library has errors; the message lists all of them."""


def check(root: Path, *, today: date | None = None) -> list[Finding]:
    """Return every finding below ``root``, ordered by file and line.

    Finds what ``load`` refuses, and what only an author must know: how the text reads, what its
    numbers rest on, whether questions give their answers away.

    Args:
        root: The content folder.
        today: With a day given, modules past their review date are reported too.
    """
    # The app never asks for these, so it does not wait for them to be loaded.
    from ccio_skills.library import _proofs

    reading, findings = _read_all(root, today)
    return sorted([*findings, *_proofs.check(reading)])


def load(root: Path) -> Library:
    """Read every file below ``root`` and check that the app can rely on it.

    Raises:
        BrokenContentError: At least one finding is an error.
    """
    reading, findings = _read_all(root, None)
    if errors := [str(one) for one in findings if one.severity == "error"]:
        count = f"{len(errors)} error{'s' if len(errors) > 1 else ''} in {root}"
        raise BrokenContentError("\n".join([count, *errors]))
    return reading.library


def _read_all(root: Path, today: date | None) -> tuple[Reading, list[Finding]]:
    reading = _read.read(root)
    findings = [
        *reading.findings,
        *_relations.check(reading, today=today),
        *_texts.check(reading),
        *_figures.check(reading),
        *_asking.check(reading),
        *_lock.check(root, reading),
    ]
    return reading, sorted(findings)
