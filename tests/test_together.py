"""What two tabs do at the same moment is kept once, and neither fails."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select
from sqlmodel import Session

from ccio_skills import schema, store
from ccio_skills.learn import commands as learn
from ccio_skills.people import commands as people
from tests.conftest import NOW

pytestmark = pytest.mark.both_databases
TABS, TIMES = 4, 5


@pytest.fixture
def engine(address):
    engine = store.open_engine(address)
    store.upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def at_once(engine):
    """Do the same thing in four tabs at the same moment."""

    def at_once(work):
        together = threading.Barrier(TABS)

        def tab(_number):
            with Session(engine) as db:
                together.wait()
                work(db)

        with ThreadPoolExecutor(TABS) as tabs:
            list(tabs.map(tab, range(TABS)))

    return at_once


def count(engine, table):
    with engine.connect() as connection:
        rows = schema.metadata.tables[table]
        return connection.execute(select(func.count()).select_from(rows)).scalar_one()


def test_the_first_visit(engine, at_once, learner):
    at_once(lambda db: people.settle(db, learner.id, profile="cnio", minutes_a_week=60, at=NOW))

    assert count(engine, "people_person") == 1


@pytest.mark.parametrize(
    ("table", "do"),
    [
        ("learn_reading", lambda db, me, name: learn.turn_to(db, me, name, part=1, at=NOW)),
        ("learn_reading", lambda db, me, name: learn.keep_notes(db, me, name, notes="n", at=NOW)),
        ("learn_choice", lambda db, me, name: learn.decide(db, me, name, "pinned", at=NOW)),
        ("learn_follow", lambda db, me, name: learn.follow(db, me, name, at=NOW)),
    ],
    ids=["a part", "notes", "a pin", "a path"],
)
def test_what_is_kept_once_for_each_thing(engine, at_once, learner, table, do):
    for number in range(TIMES):
        at_once(lambda db, name=f"thing-{number}": do(db, learner.id, name))

    assert count(engine, table) == TIMES
