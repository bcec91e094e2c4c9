"""Which cohort, collection, part and targets a reviewer looks at; the same on three pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import streamlit as st

from ccio_skills import ui, wording
from ccio_skills.cohorts import queries
from ccio_skills.cohorts.queries import Participation, Reviewed
from ccio_skills.cohorts.rules import desk, instrument, keys
from ccio_skills.cohorts.rules.collection import Collection
from ccio_skills.cohorts.rules.desk import Sheet
from ccio_skills.cohorts.rules.ledger import AlteredError
from ccio_skills.cohorts.rules.released import Released
from ccio_skills.ui import Visit

T = TypeVar("T")
AS_OPENED = "as it was opened with"
WHOLE = "the whole cohort"


@dataclass(frozen=True, slots=True)
class Reviewing:
    """A cohort and its closed collections, newest first; there may be none."""

    cohort: Reviewed
    collections: tuple[Released[Collection], ...]


def find(visit: Visit) -> tuple[Reviewed, ...]:
    """Return the cohorts that may be reviewed, the one that the address names first."""
    every = queries.reviewed_by(visit.db, visit.person.id)
    asked = visit.params.get("cohort", "")
    return tuple(sorted(every, key=lambda one: str(one.id) != asked))


def read(visit: Visit, cohort: Reviewed) -> Reviewing | None:
    """Return what was published of a cohort; says what to do where the ledger was altered."""
    try:
        return Reviewing(cohort, queries.published(visit.db, visit.person.id, cohort.id))
    except AlteredError as error:
        ui.error(
            f"{error} So no chart is shown. Tell whoever runs this installation: a copy of the "
            "store from before has to be restored."
        )
        return None


def nothing_yet(visit: Visit, cohort: Reviewed) -> None:
    """Say when the first chart may come."""
    open_now = queries.open_now(visit.db, visit.person.id, cohort.id, now=visit.now)
    ui.note("No collection of this cohort has closed yet. Its charts appear here when one does.")
    ui.rows(
        (
            "Open",
            one.title,
            f"its last day is {wording.day(one.dates.last_day)}",
        )
        for one in open_now
    )


def pick(label: str, every: Sequence[T], name: Callable[[T], str], *, key: str) -> T:
    """Let one be chosen where there are several."""
    if len(every) == 1:
        return every[0]
    place = st.selectbox(
        label,
        range(len(every)),
        format_func=lambda one: name(every[one]),
        key=f"charts:{key}",
        width=300,
    )
    return every[place]


def pick_collection(
    reviewing: Reviewing, *, label: str = "Collection", key: str
) -> Released[Collection]:
    """Let a closed collection be chosen."""
    return pick(label, reviewing.collections, lambda one: one.value.header.title, key=key)


def pick_sheet(
    visit: Visit, collection: Released[Collection], cohort: Reviewed, *, key: str
) -> Sheet:
    """Let a part of the cohort and targets be chosen, and lay it out."""
    [whole] = collection.value.header.cohorts
    parts = (None, *(one.key for one in whole.groups))
    group = pick(
        "Part", parts, lambda one: whole.part(one).name if one else WHOLE, key=f"{key}_part"
    )
    sheet = desk.sheet(collection, cohort.key, group=group)
    profiles = ("", *visit.library.profile)
    chosen = pick(
        "Targets",
        profiles,
        lambda one: visit.library.profile[one].title if one else AS_OPENED,
        key=f"{key}_targets",
    )
    if not chosen:
        return sheet
    targets = instrument.targets_of(visit.library, profile=chosen)
    return sheet.against(targets, name=visit.library.profile[chosen].title)


def count(visit: Visit, cohort: Reviewed, collection: Released[Collection]) -> Participation:
    """Return how many contributed to a collection; never who."""
    number = keys.collection_of(collection.value.header.key)
    return queries.participation(visit.db, visit.person.id, cohort.id, number)
