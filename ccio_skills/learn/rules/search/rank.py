"""Put modules in the order in which they answer a question."""

from __future__ import annotations

from dataclasses import dataclass

from ccio_skills.learn.rules.search import question
from ccio_skills.learn.rules.search.index import Gains, Index
from ccio_skills.vocabulary import Slug

_PAIR = 0.25
"""What two words side by side add, beside what each adds alone."""

_LEAST = 0.3
"""Share of the best score below which a module is not worth a look."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A module that fits.

    Attributes:
        score: Above 0, without unit; comparable within one question only.
    """

    slug: Slug
    score: float


def find(index: Index, query: str) -> tuple[Hit, ...]:
    """Return the modules that fit a question, best first; equals keep the order of the library.

    A question in which no word is known, or none says anything, fits nothing. Who asks, and what
    they rated, changes nothing.
    """
    found = question.wanted(index, query)
    if not found:
        return ()
    scores: dict[int, float] = {}
    _add(scores, index.gains, found)
    _add(scores, index.pairs, dict.fromkeys(question.side_by_side(query), _PAIR))
    least = _LEAST * max(scores.values())
    ranked = sorted(scores.items(), key=lambda one: (-one[1], one[0]))
    return tuple(Hit(index.order[place], score) for place, score in ranked if score >= least)


def _add(scores: dict[int, float], gains: Gains, weights: dict[str, float]) -> None:
    for word, weight in weights.items():
        for place, gain in gains.get(word, {}).items():
            scores[place] = scores.get(place, 0.0) + weight * gain
