"""Find modules by words: titles first, then skills, then text; a typo or an acronym still finds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from ccio_skills.library import Library, Module

_WORD = re.compile(r"[a-z0-9]+")
_TITLE, _SKILL, _ABOUT, _BODY = 10.0, 6.0, 3.0, 1.0
_CLOSE_ENOUGH = 80
"""Likeness (0 to 100) from which two words count as the same word mistyped."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A module as search sees it: words by where they stand, and its acronyms."""

    slug: str
    title: frozenset[str]
    skill: frozenset[str]
    about: frozenset[str]
    body: frozenset[str]


def index(library: Library) -> tuple[Entry, ...]:
    """Prepare the library for searching."""
    return tuple(_entry(module, library) for module in library.module.values())


def find(entries: Iterable[Entry], query: str) -> tuple[str, ...]:
    """Return the slugs that fit ``query``, best first; an empty query fits nothing.

    Every word must be found somewhere in the module, exactly, as the beginning of a word, or
    mistyped. A word in the title counts most, then skills and other names for them, then what the
    module answers, then its text. Equal matches keep the order of ``entries``.
    """
    words = _WORD.findall(query.casefold())
    if not words:
        return ()
    scored = []
    for entry in entries:
        scores = [_score(word, entry) for word in words]
        if all(scores):
            scored.append((sum(scores), entry.slug))
    return tuple(slug for _, slug in sorted(scored, key=lambda pair: -pair[0]))


def _entry(module: Module, library: Library) -> Entry:
    skills = [library.skill[slug] for slug in module.skills if slug in library.skill]
    names = [module.code, *(f"{one.code} {one.title} {' '.join(one.also)}" for one in skills)]
    phrases = [*(one.title for one in skills), *(one.definition for one in skills)]
    return Entry(
        module.slug,
        title=_words(module.title) | _acronyms([module.title]),
        skill=_words(" ".join(names)) | _acronyms(phrases),
        about=_words(" ".join([*module.answers, *module.objectives, *module.keypoints])),
        body=_words(module.body),
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _acronyms(phrases: Iterable[str]) -> frozenset[str]:
    """First letters of each run of two to five words: "information governance" gives "ig"."""
    found = set()
    for phrase in phrases:
        words = _WORD.findall(phrase.casefold())
        for size in range(2, 6):
            for start in range(len(words) - size + 1):
                found.add("".join(word[0] for word in words[start : start + size]))
    return frozenset(found)


def _score(word: str, entry: Entry) -> float:
    places = (
        (entry.title, _TITLE), (entry.skill, _SKILL), (entry.about, _ABOUT), (entry.body, _BODY),
    )  # fmt: skip
    return max(weight * _likeness(word, words) for words, weight in places)


def _likeness(word: str, words: frozenset[str]) -> float:
    """Return 1 for the word itself, .8 for a longer word that starts with it, .5 for a typo."""
    if word in words:
        return 1.0
    if len(word) >= 3 and any(other.startswith(word) for other in words):
        return 0.8
    if len(word) < 4:
        return 0.0
    near = process.extractOne(word, words, scorer=fuzz.ratio, score_cutoff=_CLOSE_ENOUGH)
    return 0.5 if near else 0.0
