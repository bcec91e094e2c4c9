"""How the questions of a collection and one person's answers are kept."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

from ccio_skills.cohorts.rules.items import NOT_ANSWERED, Item
from ccio_skills.cohorts.rules.stage import CollectionError

MOST_ITEMS = 400


def pack_items(items: Sequence[Item]) -> str:
    """Return questions as JSON; what is answered later is answered to exactly these.

    Raises:
        CollectionError: There are none, too many, or two with one key.
    """
    if not 0 < len(items) <= MOST_ITEMS:
        raise CollectionError(f"A collection asks 1 to {MOST_ITEMS} questions, not {len(items)}.")
    if len({one.key for one in items}) < len(items):
        raise CollectionError("Two questions of this collection have the same key.")
    return json.dumps([asdict(one) for one in items], ensure_ascii=False, separators=(",", ":"))


def read_items(text: str) -> tuple[Item, ...]:
    """Return the questions that :func:`pack_items` wrote."""
    return tuple(
        Item(**{**one, "categories": tuple(one["categories"])}) for one in json.loads(text)
    )


def pack_answers(answers: Mapping[str, int], *, items: Sequence[Item]) -> bytes:
    """Return answers as one signed byte for each question.

    Args:
        answers: Question key to category; what is missing is not answered.
        items: Of the collection, in its order.

    Raises:
        CollectionError: An answer belongs to no question or is none of its categories, or there is
            nothing to contribute.
    """
    categories = {one.key: len(one.categories) for one in items}
    for key, code in answers.items():
        if key not in categories:
            raise CollectionError(f"This collection does not ask '{key}'. Reload the page.")
        if not NOT_ANSWERED <= code < categories[key]:
            raise CollectionError(f"'{key}' has no answer number {code}. Reload the page.")
    codes = [answers.get(one.key, NOT_ANSWERED) for one in items]
    if all(one == NOT_ANSWERED for one in codes):
        raise CollectionError("You have answered none of these questions yet. Rate a skill first.")
    return array("b", codes).tobytes()


def strictest(choices: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Return for each name the largest number: what holds for all of several cohorts."""
    found: dict[str, int] = {}
    for one in choices:
        found |= {name: max(value, found.get(name, value)) for name, value in one.items()}
    return found
