"""Where the words of the glossary are first used in a text, and which words fit a filter."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ccio_skills.library import Library, Term

_KEPT = (
    r"^```.*?^```$",  # templates and diagrams
    r"(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)",
    r"!?\[[^\]]*\]\([^)]*\)",
    r"<?https?://[^\s>]+>?",
    r"^ {0,3}#[^\n]*$",
    r"^In words: .*?(?=\n\n|\Z)",  # a diagram's accessible name
    r"^\|[^\n]*\n(?=\|[-:| ]+\|$)",  # the head of a table
)
"""Where no word may be marked: code, links, addresses and headings."""

_BEFORE, _AFTER = r"(?<![\w+-])", r"(?![\w+-])"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; with a term, the words are the first that name it."""

    words: str
    term: Term | None = None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words to look for.

    Attributes:
        pattern: Finds any of them, the longest first, or what must be passed over.
        terms: By form, as it is written in the glossary or in the plural.
    """

    pattern: re.Pattern[str]
    terms: Mapping[str, Term]


@functools.lru_cache(maxsize=2)
def lexicon(library: Library) -> Lexicon:
    """Gather the forms of all words of a library's glossary but everyday and plain ones."""
    return gather(library.terms)


def gather(terms: Iterable[Term]) -> Lexicon:
    """Gather the forms under which words are looked for: as they stand, spelt out, plural."""
    forms: dict[str, Term] = {}
    for term in terms:
        if not (term.everyday or term.plain):
            for form in _forms(term):
                forms.setdefault(form, term)
    longest_first = sorted(forms, key=len, reverse=True)
    kept = "|".join(_KEPT)
    found = "|".join(re.escape(form) for form in longest_first) or r"(?!)"
    pattern = rf"{kept}|{_BEFORE}(?P<form>{found}){_AFTER}"
    return Lexicon(re.compile(pattern, re.MULTILINE | re.DOTALL), forms)


def cut(text: str, words: Lexicon) -> tuple[Piece, ...]:
    """Cut a text where it first uses a word of the glossary.

    Each word is marked once; an acronym and what it stands for are one word. Capitals count, but
    for the first letter of a word without any. Nothing is marked in code, links, addresses,
    headings and heads of tables.

    Returns:
        Pieces whose words, joined, are the text.
    """
    return tuple(_cut(text, words))


def _cut(text: str, words: Lexicon) -> Iterator[Piece]:
    seen: set[str] = set()
    done = 0
    for match in words.pattern.finditer(text):
        form = match["form"]
        if form is None or words.terms[form].term in seen:
            continue
        term = words.terms[form]
        seen.add(term.term)
        if done < match.start():
            yield Piece(text[done : match.start()])
        yield Piece(form, term)
        done = match.end()
    if done < len(text):
        yield Piece(text[done:])


def fitting(terms: Iterable[Term], query: str) -> tuple[Term, ...]:
    """Return the words that a filter leaves, those it names before those it only occurs in.

    An empty filter leaves all. Both groups are in alphabetical order, whatever the case.
    """
    asked = query.strip().casefold()
    ordered = sorted(terms, key=lambda one: one.term.casefold())
    is_named = {one.term: asked in f"{one.term} {one.long or ''}".casefold() for one in ordered}
    named = [one for one in ordered if is_named[one.term]]
    mentioned = [one for one in ordered if not is_named[one.term] and asked in one.means.casefold()]
    return (*named, *mentioned)


def _forms(term: Term) -> Iterator[str]:
    names = [term.term, *([term.long] if term.long and " " in term.long else ())]
    for name in names:
        for number in (name, _plural(name)):
            yield number
            yield number.replace("'", "’")
            if name == name.lower():
                yield number[0].upper() + number[1:]


def _plural(name: str) -> str:
    if re.search(r"[^aeiou]y$", name):
        return f"{name[:-1]}ies"
    return f"{name}es" if name.endswith(("s", "x", "ch", "sh")) else f"{name}s"
