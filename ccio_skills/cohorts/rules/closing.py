"""What a closing appends to the ledger: one row for the collection, one for each block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from ccio_skills.cohorts.rules import ledger
from ccio_skills.cohorts.rules.coding import AtLeast, Coded, Exact
from ccio_skills.cohorts.rules.collection import Header
from ccio_skills.cohorts.rules.ledger import Row
from ccio_skills.cohorts.rules.members import Block

FORM = 1
"""The form that payloads are written in; a reader refuses one that it does not know."""


def seal(
    header: Header,
    blocks: Sequence[Block],
    coded: Sequence[Sequence[Coded]],
    *,
    after: Row | None,
) -> tuple[Row, ...]:
    """Return the rows of a closing. They name nobody.

    Args:
        header: Of the collection.
        blocks: As decided.
        coded: For each block and item, as coded.
        after: The newest row of the ledger, whatever collection it is of.
    """
    payloads = [header_payload(header)]
    for block, items in zip(blocks, coded, strict=True):
        payloads.append(_block_payload(header, block, items))
    return ledger.append(payloads, after=after)


def header_payload(header: Header) -> dict[str, object]:
    """Return a collection in plain words, numbers and lists."""
    return {
        "form": FORM,
        "kind": "collection",
        "collection": header.key,
        "title": header.title,
        "closed_at": header.closed_at.isoformat(),
        "thresholds": asdict(header.thresholds),
        "items": [asdict(one) for one in header.items],
        "cohorts": [asdict(one) for one in header.cohorts],
    }


def _block_payload(header: Header, block: Block, coded: Sequence[Coded]) -> dict[str, object]:
    if len(coded) != len(header.items):
        raise ValueError(f"{len(coded)} histograms of {len(header.items)} items")
    return {
        "form": FORM,
        "kind": "block",
        "collection": header.key,
        "people": len(block.members),
        "reviewers": block.reviewers,
        "cohorts": sorted(block.cohorts),
        "groups": sorted(block.groups),
        "coded": [_plain(one) for one in coded],
    }


def _plain(coded: Coded) -> Mapping[str, object] | None:
    match coded:
        case Exact(counts, not_answered):
            return {"counts": list(counts), "not_answered": not_answered}
        case AtLeast(categories, least, answered, not_answered):
            return {
                "in": list(categories),
                "least": least,
                "answered": answered,
                "not_answered": not_answered,
            }
        case _:
            return None
