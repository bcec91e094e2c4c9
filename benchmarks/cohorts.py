"""Cohorts of 7, 1,000 and 100,000: closing, and what a reviewer's page reads afterwards.

``python -m benchmarks.cohorts``. Beside it stands a plain GROUP BY over the same raw answers.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, text
from sqlmodel import Session

from benchmarks.serving import ROOT
from benchmarks.table import Row, show
from ccio_skills import library, schema, store
from ccio_skills.cohorts import commands, queries
from ccio_skills.cohorts.rules import desk, instrument
from ccio_skills.cohorts.rules.keys import CohortId, CollectionId, cohort_key
from ccio_skills.people import commands as people
from ccio_skills.people import rules as people_rules
from ccio_skills.vocabulary import Person, PersonId, Role

SIZES = (7, 1_000, 100_000)
RUNS, LONG = 50, 5
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
_FOREVER = people_rules.Limits(idle=timedelta(days=999), absolute=timedelta(days=999))
_FIRST = 1_000
"""Number of the first made-up member."""


def rows() -> list[Row]:
    """Close a collection of each size, and read it."""
    found = [_measure(size) for size in SIZES]
    (small, _, _), *_ = found
    page = [
        Row(f"cohort of {size:,}: reading its charts", read, "ms CPU", small, 1.3)
        for size, (read, _, _) in zip(SIZES, found, strict=True)
    ]
    closing = [
        Row(f"cohort of {size:,}: closing", closed, "s", limit=60)
        for size, (_, closed, _) in zip(SIZES, found, strict=True)
    ]
    plain = [
        Row(f"cohort of {size:,}: plain GROUP BY over answers", grouped, "ms CPU")
        for size, (_, _, grouped) in zip(SIZES, found, strict=True)
    ]
    return [*page, *plain, *closing]


def _measure(size: int) -> tuple[float, float, float]:
    """Return ms of CPU to read the charts, seconds to close, ms of CPU for a plain GROUP BY."""
    with tempfile.TemporaryDirectory() as place:
        engine = store.open_engine(f"sqlite:///{Path(place) / 'store.db'}")
        store.upgrade(engine)
        try:
            runner, reviewer, cohort, collection, asked = _fill(engine, size)
            grouped = _cpu(lambda: _group(engine, collection, asked), LONG)
            began = time.perf_counter()
            with Session(engine) as db:
                commands.close(db, runner, collection, at=NOW + timedelta(days=2))
            closed = time.perf_counter() - began
            return _cpu(lambda: _read(engine, reviewer, cohort), RUNS), closed, grouped
        finally:
            engine.dispose()


def _cpu(work: Callable[[], None], runs: int) -> float:
    found = []
    for _ in range(runs):
        began = time.process_time()
        work()
        found.append(time.process_time() - began)
    return statistics.median(found) * 1000


def _read(engine: Engine, reviewer: PersonId, cohort: CohortId) -> None:
    with Session(engine) as db:
        sheets = desk.desk(queries.published(db, reviewer, cohort))
    assert sheets[0].chart is not None
    assert sheets[0].table()


def _group(engine: Engine, collection: CollectionId, asked: int) -> None:
    """Do what a page without any protection would do at every visit."""
    with engine.connect() as connection:
        for place in range(1, asked + 1):
            connection.execute(
                text(
                    "SELECT substr(codes, :place, 1), count(*) FROM cohorts_answer "
                    "WHERE collection_id = :collection GROUP BY 1"
                ),
                {"place": place, "collection": collection},
            ).all()


def _fill(engine: Engine, size: int) -> tuple[PersonId, PersonId, CohortId, CollectionId, int]:
    items = instrument.skill_items(library.load(ROOT / "content"), profile="new-ccio")
    with Session(engine) as db:
        where = people.add_organisation(db, "College", at=NOW)
        runner, reviewer = (_sign_in(db, one) for one in ("runner", "reviewer"))
        people.appoint(db, where, to=runner, role=Role.ADMINISTRATOR, at=NOW)
        people.appoint(db, where, to=reviewer, role=Role.REVIEWER, at=NOW)
        cohort = commands.add_cohort(db, runner, where, name="Large", purpose="Measured.", at=NOW)
        collection = commands.plan(
            db,
            runner,
            [cohort],
            title="Measured",
            items=items,
            framework_version="1",
            opens_at=NOW,
            closes_at=NOW + timedelta(days=1),
            at=NOW,
        )
        commands.open_collection(db, runner, collection, at=NOW)
    with engine.begin() as connection:
        _people(connection, size, where, cohort)
        _contributions(connection, size, cohort, collection, len(items))
    return runner, reviewer, cohort, collection, len(items)


def _sign_in(db: Session, name: str) -> PersonId:
    told = people_rules.SignIn("measured", name, name, NOW, name)
    found = people.enter(db, told, limits=_FOREVER, at=NOW)
    assert isinstance(found, Person)
    return found.id


def _people(connection: Connection, size: int, where: int, cohort: CohortId) -> None:
    """Add members as signing in and joining would, in one statement a table."""
    every = range(_FIRST, _FIRST + size)
    _add(
        connection,
        "people_account",
        (
            dict(person_id=one, issuer="measured", subject=str(one), created_at=NOW,
                 name="", email="", signed_in_at=NOW)
            for one in every
        ),
    )  # fmt: skip
    _add(
        connection,
        "people_grant",
        (
            dict(person_id=one, organisation_id=where, role=Role.MEMBER,
                 target=cohort_key(cohort), granted_at=NOW)
            for one in every
        ),
    )  # fmt: skip
    _add(
        connection,
        "cohorts_membership",
        (
            dict(person_id=one, cohort_id=cohort, groups="", promise="", joined_at=NOW)
            for one in every
        ),
    )


def _contributions(
    connection: Connection, size: int, cohort: CohortId, collection: CollectionId, asked: int
) -> None:
    chance = random.Random(2012)
    numbers = [f"{chance.getrandbits(128):032x}" for _ in range(size)]
    common = {"collection_id": collection}
    _add(
        connection,
        "cohorts_link",
        (
            {"contribution": one, "person_id": _FIRST + at, "receipt": one * 2, **common}
            for at, one in enumerate(numbers)
        ),
    )
    _add(
        connection,
        "cohorts_participation",
        ({"contribution": one, "cohort_id": cohort, **common} for one in numbers),
    )
    _add(
        connection,
        "cohorts_answer",
        (
            {"contribution": one, "codes": bytes(chance.choices(range(5), k=asked)), **common}
            for one in numbers
        ),
    )


def _add(connection: Connection, table: str, values: Iterable[dict[str, object]]) -> None:
    connection.execute(insert(schema.metadata.tables[table]), [*values])


if __name__ == "__main__":
    show(rows())
