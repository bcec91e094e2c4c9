"""Say why modules were found: the line of each that fits best."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from ccio_skills.learn.rules.search import question, words
from ccio_skills.learn.rules.search.index import Index
from ccio_skills.library import Module
from ccio_skills.vocabulary import Slug

_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_MARKS = re.compile(r" ?\[F\d+\]|\*+|^[-#>|\s\d.]+|\|")


def find_lines(index: Index, query: str, slugs: Iterable[Slug]) -> dict[Slug, str]:
    """Return the line of each module that has most of a question in it, where one has any.

    What a module answers, its aims, key points and parts come first; only where they have nothing,
    its text.
    """
    found = question.wanted(index, query)
    lines = {}
    for slug in slugs:
        module, place = index.modules[slug], index.order.index(slug)
        worth = {word: found[word] * index.gains[word].get(place, 0.0) for word in found}
        if line := _best(_short(module), worth) or _best(_text(module), worth):
            lines[slug] = line
    return lines


def _short(module: Module) -> Iterator[str]:
    yield from module.answers
    yield from module.objectives
    yield from module.keypoints
    yield from (part.title for part in module.parts)


def _text(module: Module) -> Iterator[str]:
    for line in _FENCE.sub("", module.body).splitlines():
        yield _MARKS.sub("", line).strip()


def _best(lines: Iterator[str], worth: Mapping[str, float]) -> str:
    best, most = "", 0.0
    for line in lines:
        has = {words.stem(word) for word in words.split(line)}
        value = sum(each for word, each in worth.items() if word in has)
        if value > most:
            best, most = line, value
    return best
