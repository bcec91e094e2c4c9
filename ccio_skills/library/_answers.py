"""Whether the place or the length of an option gives the best answer away."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from ccio_skills.library._findings import Finding
from ccio_skills.library._module import Check, Module
from ccio_skills.library._read import Reading

_MOST_LONGEST = 0.4
_SPREAD = 3
"""Standard deviations from an even spread that chance alone hardly ever reaches."""
_PLACES = ("first", "second", "third", "fourth")

_Asked = Sequence[tuple[Module, Check]]


def check(reading: Reading) -> Iterator[Finding]:
    """Find best answers that stand in one place too often, or are the longest too often."""
    asked = [
        (module, one)
        for module in reading.library.module.values()
        for one in module.checks
        if sum(option.best for option in one.options) == 1
    ]
    yield from _module_places(reading, asked)
    yield from _library_places(reading, asked)
    yield from _lengths(reading, asked)


def _module_places(reading: Reading, asked: _Asked) -> Iterator[Finding]:
    places: dict[str, list[int]] = defaultdict(list)
    for module, one in asked:
        places[module.slug].append(_place(one))
    for slug, found in places.items():
        place, times = Counter(found).most_common(1)[0]
        if times > len(found) / 2:
            detail = f"{_PLACES[place]} in {times} of {len(found)} questions"
            yield _finding(reading, slug, "places", detail)


def _library_places(reading: Reading, asked: _Asked) -> Iterator[Finding]:
    counts = Counter(_place(one) for _, one in asked)
    for place, name in enumerate(_PLACES):
        chances = [1 / len(one.options) for _, one in asked if place < len(one.options)]
        spread = math.sqrt(sum(chance * (1 - chance) for chance in chances))
        if counts[place] > sum(chances) + _SPREAD * spread:
            there = [(module, one) for module, one in asked if _place(one) == place]
            detail = f"all modules: {name} in {len(there)} of {len(asked)} questions"
            yield _finding(reading, _most(there), "places", detail)


def _lengths(reading: Reading, asked: _Asked) -> Iterator[Finding]:
    longest = [(module, one) for module, one in asked if _is_longest(one)]
    if len(longest) > _MOST_LONGEST * len(asked):
        detail = f"all modules: in {len(longest)} of {len(asked)} questions"
        yield _finding(reading, _most(longest), "longest", detail)


def _finding(reading: Reading, slug: str, rule: str, detail: str) -> Finding:
    where = f"modules/{slug}.md"
    return Finding(where, reading.raw[where].line("checks"), rule, detail)


def _most(found: _Asked) -> str:
    """Return the module with most of these questions: there is where to begin."""
    counts = Counter(module.slug for module, _ in found)
    return min(counts, key=lambda slug: (-counts[slug], slug))


def _place(one: Check) -> int:
    return [option.best for option in one.options].index(True)


def _is_longest(one: Check) -> bool:
    """Say whether the best answer is longer than every other; a tie gives nothing away."""
    lengths = [(len(option.text), option.best) for option in one.options]
    best = next(length for length, is_best in lengths if is_best)
    return all(length < best for length, is_best in lengths if not is_best)
