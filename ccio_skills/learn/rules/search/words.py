"""Words as the search sees them: no case, no endings, one spelling, nothing that says nothing."""

from __future__ import annotations

import functools
import re

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_JOINED = re.compile(r"(?<![a-z0-9])[a-z0-9]+(?:[-+/&.][a-z0-9]+)+")
_AMERICAN = (
    ("isation", "ization"), ("ising", "izing"), ("ised", "ized"), ("iser", "izer"),
    ("ise", "ize"), ("yse", "yz"), ("ysed", "yz"), ("ysing", "yz"), ("ysis", "yz"),
    ("oured", "ored"), ("ouring", "oring"), ("oural", "oral"), ("our", "or"),
    ("centre", "center"), ("centred", "centered"), ("programme", "program"),
)  # fmt: skip
_ENDINGS = (
    ("ization", "iz"), ("ational", "at"), ("ation", "at"), ("ability", "abl"), ("ibility", "ibl"),
    ("ness", ""), ("ment", ""), ("ful", ""), ("ity", ""), ("ance", ""), ("ence", ""), ("ant", ""),
    ("ent", ""), ("ive", ""), ("ion", ""), ("er", ""), ("or", ""), ("al", ""), ("ate", "at"),
)  # fmt: skip
_SHORTEST = 4
"""Letters that a word has at least, and keeps at least, for an ending to go."""

_OF_QUESTIONS = (
    "a about after again against all also am an and any are as at be because been before being "
    "below between both but by can cannot could did do does doing done during each else even ever "
    "every few for from further get gets getting give given go goes going got had has have having "
    "he her here hers him his how i if in into is it its itself just know let like made make makes "
    "many may me might mine more most much must my myself need needs never no nor not now of off "
    "often on once one only or other our ours out over own per please put really same say says she "
    "should so some someone something still such take tell than that the their them then there "
    "these they thing things this those through to too under until up upon us use used using very "
    "want wants was way we were what when where which while who whom whose why will with without "
    "would yes yet you your yours isn't it's don't doesn't didn't won't can't i'm i've we're we've "
    "they're that's there's what's who's dont doesnt didnt isnt im ive thats whats whos"
)
SAYS_NOTHING = frozenset(_OF_QUESTIONS.split())
"""Words of questions and between words: they stand everywhere and find nothing alone."""


def split(text: str) -> tuple[str, ...]:
    """Return the words of ``text`` in order, in lower case."""
    return tuple(_WORD.findall(_plain(text)))


def compounds(text: str) -> tuple[str, ...]:
    """Return what is written with a sign between, as one word: "go-live" gives "golive"."""
    return tuple(re.sub(r"[^a-z0-9]", "", found) for found in _JOINED.findall(_plain(text)))


def says_something(word: str) -> bool:
    """Say whether a word can find anything: not a letter or digit, not a word of questions."""
    return len(word) > 1 and word not in SAYS_NOTHING


def mentions(text: str, query: str) -> bool:
    """Say whether every word of ``query`` that says something stands in ``text``, in any form."""
    asked = {stem(word) for word in split(query) if says_something(word)}
    return bool(asked) and asked <= {stem(word) for word in split(text)}


@functools.lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return what a word shares with its other forms: "prioritising" and "prioritize" agree.

    Endings are cut by rule, so a stem need not be a word. Words with digits stay as they are.
    """
    word = word.replace("'s", "").replace("'", "")
    if len(word) < _SHORTEST or any(letter.isdigit() for letter in word):
        return word
    word = _replace(_singular(word), _AMERICAN)
    word = _replace(_without_tense(_replace(word, (("ly", ""),))), _ENDINGS)
    if word.endswith("e") and len(word) > _SHORTEST:
        word = word[:-1]
    return f"{word[:-1]}i" if word.endswith("y") and len(word) > 3 else word


def _plain(text: str) -> str:
    return text.casefold().replace("’", "'")


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > _SHORTEST:
        return f"{word[:-3]}y"
    if word.endswith("sses"):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _without_tense(word: str) -> str:
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) > 2 and re.search("[aeiouy]", rest):
            is_doubled = rest[-1] == rest[-2] and rest[-1] not in "sz"
            return rest[:-1] if is_doubled else rest
    return word


def _replace(word: str, endings: tuple[tuple[str, str], ...]) -> str:
    """Replace the first ending that the word has, if enough of the word is left."""
    for ending, other in endings:
        if word.endswith(ending) and len(word) - len(ending) + len(other) >= _SHORTEST:
            return word.removesuffix(ending) + other
    return word
