"""A pasted list of people to invite: one address a line, however it was copied."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_LINES = 10_000
_ADDRESS = re.compile(r"[^@\s<>,;:\"'()\[\]\\]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII)


class RosterError(ValueError):
    """A list cannot be read at all."""


@dataclass(frozen=True, slots=True)
class Roster:
    """What a list holds.

    Attributes:
        addresses: Each once, in the order of the list, in small letters.
        repeated: How many lines named an address that an earlier line had named.
        blank: How many lines were empty.
        faults: (line, from 1, and what stands there) of lines without exactly one address.
    """

    addresses: tuple[str, ...]
    repeated: int
    blank: int
    faults: tuple[tuple[int, str], ...]


def read_roster(text: str) -> Roster:
    """Read a list as people paste it: bare addresses, ``Name <address>``, or cells with tabs.

    Raises:
        RosterError: It has more lines than any cohort that is invited by hand.
    """
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise RosterError(
            f"This list has {len(lines):,} lines; at most {MOST_LINES:,} are read at once. "
            "Make one link for all of them instead."
        )
    found: dict[str, None] = {}
    repeated = blank = 0
    faults = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            blank += 1
            continue
        addresses = {one.rstrip(".").lower() for one in _ADDRESS.findall(line)}
        if len(addresses) != 1:
            faults.append((number, line.strip()[:80]))
            continue
        [address] = addresses
        repeated += address in found
        found[address] = None
    return Roster(tuple(found), repeated, blank, tuple(faults))
