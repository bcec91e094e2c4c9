"""What a question asks for: its words, put right, and others that mean the same."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator
from itertools import pairwise

from ccio_skills.learn.rules.search import words
from ccio_skills.learn.rules.search.index import Index

_DIGITS, _BEGUN, _INSTEAD, _ACRONYM, _ALIKE = 0.4, 0.8, 0.5, 0.3, 0.2
"""What counts less than a word that stands in the library as it was asked."""

_MOST_WORDS, _MOST_MISTYPED, _LONGEST = 60, 8, 40
"""Further words of a very long question, and words with more letters, are not looked at."""

_LEAST_BEGUN, _LONG_ENOUGH = 3, 4
"""Letters of a word that was begun, and of each of two that were run together."""

_CLOSE_ENOUGH = 78
"""Likeness (0 to 100) from which a word is taken for another one mistyped."""


def wanted(index: Index, query: str) -> dict[str, float]:
    """Return the stems that a question asks for, each with how much it counts, 0 to 1.

    Words that say nothing are left out. A word that the library does not know is taken
    for the nearest that it knows, or left out too. Acronyms of the glossary and words
    that readers use alike are added, and count less.
    """
    asked = words.split(query)[:_MOST_WORDS]
    found: dict[str, float] = {}
    for word, weight in (*_compounds(index, query, asked), *_known(index, asked)):
        if word in index.gains:
            found[word] = max(weight, found.get(word, 0.0))
    added = _added(index, asked, frozenset(found)) if found else ()
    return {word: weight for word, weight in added if word in index.gains} | found


def side_by_side(query: str) -> frozenset[str]:
    """Return the pairs of stems that stand side by side in a question."""
    asked = words.split(query)[:_MOST_WORDS]
    return frozenset(" ".join(pair) for pair in pairwise(map(words.stem, asked)))


def _compounds(index: Index, query: str, asked: tuple[str, ...]) -> Iterator[tuple[str, float]]:
    """Find words that are written as one, or with a sign between: "sno med", "go live"."""
    for word in words.compounds(query):
        yield words.stem(word), 1.0
    for first, second in pairwise(asked):
        one = first + second
        either = words.says_something(first) or words.says_something(second)
        if one in index.compounds or (either and one in index.seen):
            yield words.stem(one), 1.0


def _known(index: Index, asked: tuple[str, ...]) -> Iterator[tuple[str, float]]:
    mistyped = 0
    for word in filter(words.says_something, asked):
        stem = words.stem(word)
        if stem in index.gains:
            yield stem, _DIGITS if word.isdigit() else 1.0
        elif stem in index.short_for:
            yield from ((each, _ACRONYM) for each in index.short_for[stem])
        elif stem in index.alike:
            yield from ((each, _INSTEAD) for each in index.alike[stem])
        elif mistyped < _MOST_MISTYPED and len(word) <= _LONGEST:
            mistyped += 1
            yield from _nearest(index, word)


def _nearest(index: Index, word: str) -> Iterator[tuple[str, float]]:
    """Find two words that were run together, else the one mistyped, else the one begun.

    Of several that are as near, the commonest is taken.
    """
    for at in range(_LONG_ENOUGH, len(word) - _LONG_ENOUGH + 1):
        if word[:at] in index.seen and word[at:] in index.seen:
            yield from ((words.stem(one), 1.0) for one in (word[:at], word[at:]))
            return
    # Loaded with the first mistyped word: it takes as long as a page, and the start is measured.
    from rapidfuzz import fuzz, process

    near = process.extract(
        word, index.spelt, scorer=fuzz.ratio, score_cutoff=_CLOSE_ENOUGH, limit=_MOST_MISTYPED
    )
    if near:
        best, likeness, _ = max(near, key=lambda one: (one[1], index.seen[one[0]]))
        yield words.stem(best), likeness / 100
        return
    at = bisect.bisect_left(index.spelt, word)
    begun = list(itertools.takewhile(lambda one: one.startswith(word), index.spelt[at:]))
    if begun and len(word) >= _LEAST_BEGUN:
        yield words.stem(max(begun, key=lambda one: index.seen[one])), _BEGUN


def _added(
    index: Index, asked: tuple[str, ...], found: frozenset[str]
) -> Iterator[tuple[str, float]]:
    """Find acronyms whose words were all asked for, and words that are used alike."""
    for acronym, spelt in index.short_for.items():
        if len(spelt) > 1 and found.issuperset(spelt):
            yield acronym, _ACRONYM
    for word in asked:
        for other in sorted(index.alike.get(words.stem(word), ())):
            yield other, _ALIKE
