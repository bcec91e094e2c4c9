"""What of cohorts is put on record. Who contributed is not: administrators read the record."""

from __future__ import annotations

from enum import StrEnum


class Event(StrEnum):
    """Kept for ever, beside those of the people room."""

    COHORT_ADDED = "cohort-added"
    COHORT_TIGHTENED = "cohort-tightened"
    JOINED = "cohort-joined"
    LEFT = "cohort-left"
    PLANNED = "collection-planned"
    OPENED = "collection-opened"
    MOVED = "collection-moved"
    DISCARDED = "collection-discarded"
    CLOSED = "collection-closed"
