"""Closing by two at once, and killed half-way: published once, whole, or not at all."""

import itertools
import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlmodel import Session

from ccio_skills import store
from ccio_skills.cohorts import commands, queries
from ccio_skills.cohorts.rules.stage import CollectionError
from tests.cohorts.college import DAY, College
from tests.conftest import NOW

pytestmark = pytest.mark.both_databases
KILLS = 20
STEPS = (0.0, 0.1, 0.4, 0.6, 0.9)


@pytest.fixture
def engine(address):
    engine = store.open_engine(address)
    store.upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def ready(engine):
    """A collection to be closed, of eight who contributed and one who has not yet."""
    with Session(engine) as db:
        college = College(db)
        cohort = college.cohort()
        people = college.members(cohort, 9)
        collection = college.opened(cohort)
        college.send(people[:8], collection)
        return college.runner, college.cast.reviewer.id, cohort, collection, people


def counts(engine):
    tables = ("cohorts_ledger", "cohorts_answer", "cohorts_receipt", "cohorts_class_member")
    with engine.connect() as connection:
        return tuple(
            connection.execute(text(f"SELECT count(*) FROM {one}")).scalar_one() for one in tables
        )


def at_once(*works):
    together = threading.Barrier(len(works))

    def begin(work):
        together.wait()
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return [one.result() for one in [pool.submit(begin, work) for work in works]]


def test_two_administrators_who_close_at_once_publish_once(engine, ready):
    runner, reviewer, cohort, collection, _ = ready

    def close():
        with Session(engine) as db:
            return commands.close(db, runner, collection, at=NOW + DAY)

    found = at_once(close, close)

    assert sorted(one.is_first for one in found) == [False, True]
    assert {one.contributed for one in found} == {8}
    assert counts(engine) == (2, 0, 8, 8)
    with Session(engine) as db:
        assert len(queries.published(db, reviewer, cohort)) == 1


def test_who_contributes_while_it_is_closed_is_in_or_is_told(engine, ready):
    runner, _, _, collection, people = ready

    def close():
        with Session(engine) as db:
            commands.close(db, runner, collection, at=NOW + DAY)

    def send():
        with Session(engine) as db:
            try:
                return commands.contribute(db, people[8], collection, {"vision": 2}, at=NOW)
            except CollectionError:
                return None

    _, code = at_once(close, send)

    rows, answers, receipts, members = counts(engine)
    assert (rows, answers) == (2, 0)
    assert receipts == members == (9 if code else 8)


def test_a_kill_half_way_publishes_nothing_and_loses_nothing(engine, ready):
    runner, reviewer, cohort, collection, _ = ready
    engine.dispose()

    for step in itertools.islice(itertools.cycle(STEPS), KILLS):
        child = os.fork()
        if not child:
            _close_and_die(engine, runner, collection, step)
        _, status = os.waitpid(child, 0)

        assert os.WTERMSIG(status) == signal.SIGKILL
        assert counts(engine) == (0, 8, 0, 0)
        # What a child inherits must not be shared with it.
        engine.dispose()
    with Session(engine) as db:
        assert commands.close(db, runner, collection, at=NOW + DAY).is_first
        assert len(queries.published(db, reviewer, cohort)) == 1


def _close_and_die(engine, runner, collection, step):
    """Close in a process of its own, and be killed as soon as a step is reached."""

    def die(share, _words):
        if share >= step:
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        engine.dispose(close=False)
        with Session(engine) as db:
            commands.close(db, runner, collection, at=NOW + DAY, progress=die)
    finally:
        os._exit(1)
