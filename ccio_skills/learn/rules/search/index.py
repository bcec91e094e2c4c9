"""What each module is about, word by word, worked out once for a library."""

from __future__ import annotations

import functools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from ccio_skills.learn.rules.search import words
from ccio_skills.library import Library, Module
from ccio_skills.vocabulary import Slug

_TITLE, _NAMES, _AIMS, _POINTS, _ASIDE, _TEXT = 20, 8, 6, 4, 2, 1
"""How much a word counts by where it stands; one in the text counts 1."""

_LONG_ENOUGH = 4
"""Letters from which a word may be a mistyped one: AI is not IA."""

_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_MARKUP = re.compile(r"\[F\d+\]|^#+ .+$|^```.*$", re.MULTILINE)

Gains = Mapping[str, Mapping[int, float]]
"""For a word or a pair of words: what it adds to the score of each place that has it."""


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """A library as the search sees it.

    Attributes:
        order: Modules in the order of the library; a place counts from 0 in it.
        modules: The modules, by slug.
        gains: By stem.
        pairs: By two stems that stand side by side in the short texts, with a space between.
        seen: Every word as it is written, and how often.
        spelt: Those that may have been mistyped, in order: not short, no figures.
        compounds: Words written with a sign between, as one: "golive".
        short_for: Stems of what an acronym of the glossary stands for, by the acronym.
        alike: Stems of words that readers use for one another.
    """

    order: tuple[Slug, ...]
    modules: Mapping[Slug, Module]
    gains: Gains
    pairs: Gains
    seen: Mapping[str, int]
    spelt: tuple[str, ...]
    compounds: frozenset[str]
    short_for: Mapping[str, tuple[str, ...]]
    alike: Mapping[str, frozenset[str]]


@functools.lru_cache(maxsize=2)
def index(library: Library) -> Index:
    """Prepare a library for searching, the first time it is searched."""
    stems: list[Counter[str]] = []
    pairs: list[Counter[str]] = []
    seen: Counter[str] = Counter()
    compounds: set[str] = set()
    for module in library.module.values():
        stems.append(Counter())
        pairs.append(Counter())
        for weight, text in _texts(module, library):
            found, joined = words.split(text), words.compounds(text)
            seen.update(found + joined)
            compounds.update(joined)
            for word in found + joined:
                if words.says_something(word):
                    stems[-1][words.stem(word)] += weight
            if weight > _TEXT:
                for pair in pairwise(map(words.stem, found)):
                    pairs[-1][" ".join(pair)] += weight
    lengths = [sum(each.values()) for each in stems]
    return Index(
        order=tuple(library.module),
        modules=library.module,
        gains=_gains(stems, lengths),
        pairs=_gains(pairs, lengths),
        seen=seen,
        spelt=tuple(sorted(filter(_may_be_mistyped, seen))),
        compounds=frozenset(compounds),
        short_for=_short_for(library),
        alike=_alike(library),
    )


def _may_be_mistyped(word: str) -> bool:
    return len(word) >= _LONG_ENOUGH and word.isalpha() and words.says_something(word)


def _texts(module: Module, library: Library) -> Iterator[tuple[int, str]]:
    """Yield every text of a module, a line at a time where the lines are short, with its weight."""
    main, *others = (library.skill[slug] for slug in module.skills if slug in library.skill)
    yield _TITLE, f"{module.title}. {module.code}"
    for line in (*module.answers, *module.also, main.title, *main.also):
        yield _NAMES, line
    for line in module.objectives:
        yield _AIMS, line
    for line in (*module.keypoints, *_HEADING.findall(module.body)):
        yield _POINTS, line
    for line in (main.definition, *main.levels.values(), *(one.title for one in others)):
        yield _ASIDE, line
    yield _TEXT, _MARKUP.sub("", module.body)
    for check in module.checks:
        yield _TEXT, check.stem
        for option in check.options:
            yield _TEXT, f"{option.text} {option.reason}"


def _gains(counts: list[Counter[str]], lengths: list[int]) -> Gains:
    """Weigh how much more of a module a word takes up than of the library as a whole."""
    overall = sum(lengths)
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    gains: defaultdict[str, dict[int, float]] = defaultdict(dict)
    for place, (each, length) in enumerate(zip(counts, lengths, strict=True)):
        for word, count in each.items():
            gains[word][place] = math.log1p((count / length) / (total[word] / overall))
    return MappingProxyType(gains)


def _short_for(library: Library) -> Mapping[str, tuple[str, ...]]:
    return {
        words.stem(term.term.casefold()): tuple(
            words.stem(word) for word in words.split(term.long) if words.says_something(word)
        )
        for term in library.terms
        if term.long and term.term.isalnum()
    }


def _alike(library: Library) -> Mapping[str, frozenset[str]]:
    alike: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    for one in library.synonyms:
        group = frozenset(words.stem(word.casefold()) for word in (one.word, *one.alike))
        for word in group:
            alike[word] |= group - {word}
    return dict(alike)
