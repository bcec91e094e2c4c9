"""Pass three, for authors only: what the app can live with and a reader should not have to."""

from __future__ import annotations

from collections.abc import Iterator

from ccio_skills.library import _abbreviations, _addresses, _answers, _catalogue, _numbers, _prose
from ccio_skills.library._findings import Finding
from ccio_skills.library._read import Reading


def check(reading: Reading) -> Iterator[Finding]:
    """Find what is wrong with how it reads, what it rests on and how it asks."""
    yield from _catalogue.check(reading)
    yield from _answers.check(reading)
    yield from _addresses.check(reading)
    yield from _prose.check(reading)
    yield from _abbreviations.check(reading)
    yield from _numbers.check(reading)
