"""Addresses in the text: each must stand in the list of sources, where somebody has read it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ccio_skills.library._files import RawFile
from ccio_skills.library._findings import Finding
from ccio_skills.library._read import Reading

_ADDRESS = re.compile(r"(?:(?:\w+:)?//|mailto:|www\.)[^\s<>\"'`)\]]+")
_SIGNS = ("//", "www.", "mailto:")
"""One of them is in every address; they are quicker to look for."""


def check(reading: Reading) -> Iterator[Finding]:
    """Find addresses that no source has."""
    if not reading.knows("sources.yml"):
        return
    known = {source.address for source in reading.library.sources if source.address}
    for where, raw in reading.raw.items():
        if where.endswith(".md"):
            for line, address in _addresses(raw):
                if address not in known:
                    yield Finding(where, line, "link", address)


def _addresses(raw: RawFile) -> Iterator[tuple[int, str]]:
    for line, text in (*raw.words(), *enumerate(raw.body.splitlines(), start=raw.body_line)):
        if not any(sign in text for sign in _SIGNS):
            continue
        for found in _ADDRESS.finditer(text):
            yield line, found[0].rstrip(".,;:")
