"""Ledger rows in, a released collection out. Everything that is shown begins here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ccio_skills.cohorts.rules import ledger
from ccio_skills.cohorts.rules._seal import SEAL
from ccio_skills.cohorts.rules.closing import FORM
from ccio_skills.cohorts.rules.coding import AtLeast, Coded, Exact, Withheld
from ccio_skills.cohorts.rules.collection import Cohort, Collection, Header, Leaf, Part
from ccio_skills.cohorts.rules.items import Item
from ccio_skills.cohorts.rules.ledger import Row
from ccio_skills.cohorts.rules.released import Released
from ccio_skills.cohorts.rules.thresholds import Thresholds


class UnreadableError(ValueError):
    """Rows that are no collection, or are written in a form of a newer version."""


def read_collection(rows: Sequence[Row]) -> Released[Collection]:
    """Read one closed collection.

    Args:
        rows: Its row and those of its blocks, in the order of the ledger. Blocks that no chart of
            the reader needs may be left out.

    Raises:
        AlteredError: Names the row that is not what was written.
        UnreadableError: The rows are not of one collection, or of an unknown form.
    """
    for row in rows:
        ledger.check(row)
    first, *others = [json.loads(row.payload) for row in rows] or [{}]
    if first.get("form") != FORM or first.get("kind") != "collection":
        raise UnreadableError("The first row is no collection that this version can read.")
    header = _header(first)
    leaves = []
    for row, payload in zip(rows[1:], others, strict=True):
        is_leaf = payload.get("form") == FORM and payload.get("kind") == "block"
        if not is_leaf or payload["collection"] != header.key:
            raise UnreadableError(f"Row {row.number} is no block of {header.key}.")
        leaves.append(_leaf(payload, entry=row.number))
    whole = Collection(header, tuple(leaves), entry=rows[0].number, hash=rows[-1].hash)
    return Released(whole, SEAL)


def _header(payload: dict[str, Any]) -> Header:
    return Header(
        key=payload["collection"],
        title=payload["title"],
        closed_at=datetime.fromisoformat(payload["closed_at"]),
        thresholds=Thresholds(**payload["thresholds"]),
        items=tuple(
            Item(**{**one, "categories": tuple(one["categories"])}) for one in payload["items"]
        ),
        cohorts=tuple(
            Cohort(**{**one, "groups": tuple(Part(**each) for each in one["groups"])})
            for one in payload["cohorts"]
        ),
    )


def _leaf(payload: dict[str, Any], *, entry: int) -> Leaf:
    return Leaf(
        people=payload["people"],
        reviewers=payload["reviewers"],
        cohorts=frozenset(payload["cohorts"]),
        groups=frozenset(payload["groups"]),
        coded=tuple(_coded(one) for one in payload["coded"]),
        entry=entry,
    )


def _coded(plain: dict[str, Any] | None) -> Coded:
    if plain is None:
        return Withheld()
    if "in" in plain:
        return AtLeast(tuple(plain["in"]), plain["least"], plain["answered"], plain["not_answered"])
    return Exact(tuple(plain["counts"]), plain["not_answered"])
