"""The server of a shared store stops in the middle of work: nothing is lost, nothing is doubled."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from ccio_skills import store
from ccio_skills.learn import commands as learn
from ccio_skills.vocabulary import PersonId
from tests.conftest import NOW
from tests.stoppable import stoppable

ME = PersonId(1)


@pytest.fixture(scope="module")
def server():
    with stoppable() as one:
        yield one


@pytest.fixture
def engine(server):
    engine = store.open_engine(server.url)
    store.upgrade(engine)
    yield engine
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM learn_action"))
    engine.dispose()


def do(db, words: str) -> None:
    learn.do_action(db, ME, "change-management", step=1, evidence=words, at=NOW)


def kept(engine) -> list[str]:
    with engine.connect() as connection:
        return sorted(connection.execute(text("SELECT evidence FROM learn_action")).scalars())


def test_what_was_confirmed_across_three_crashes_is_there_once(server, engine):
    ends = threading.Event()

    def write(number: int) -> tuple[list[str], list[str]]:
        confirmed: list[str] = []
        refused: list[str] = []
        while not ends.is_set():
            words = f"{number}-{len(confirmed)}-{len(refused)}"
            try:
                with Session(engine) as db:
                    do(db, words)
            except OperationalError:
                # On a slow machine it stays away for longer than a command waits.
                refused.append(words)
            else:
                confirmed.append(words)
        return confirmed, refused

    with ThreadPoolExecutor(3) as tabs:
        writing = [tabs.submit(write, number) for number in range(3)]
        for _ in range(3):
            time.sleep(0.5)
            server.crash()
            server.start()
        time.sleep(0.5)
        ends.set()
        told = [tab.result(timeout=60) for tab in writing]

    confirmed = {words for yes, _ in told for words in yes}
    refused = {words for _, no in told for words in no}
    found = kept(engine)
    assert len(confirmed) > 30
    assert len(found) == len(set(found))
    assert confirmed <= set(found) <= confirmed | refused


class Unlucky(Session):
    """A session whose first commit loses the connection, before or after the server kept it."""

    is_lucky = False
    keeps = True

    def commit(self) -> None:
        if self.is_lucky:
            return super().commit()
        self.is_lucky = True
        if self.keeps:
            super().commit()
        raise OperationalError("COMMIT", {}, psycopg.OperationalError("connection lost"))


@pytest.mark.parametrize("keeps", [True, False], ids=["the server kept it", "it did not"])
def test_a_commit_whose_answer_is_lost_is_kept_once(engine, keeps):
    with Unlucky(engine) as db:
        db.keeps = keeps

        do(db, "a talk on the ward")

    assert kept(engine) == ["a talk on the ward"]


def test_receipts_of_yesterday_go_as_new_ones_come(engine):
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM store_receipt"))
        connection.execute(
            text("INSERT INTO store_receipt VALUES ('a', now() - interval '2 days'), ('b', now())")
        )

    with Session(engine) as db:
        do(db, "a talk on the ward")

    with engine.connect() as connection:
        found = set(connection.execute(text("SELECT receipt FROM store_receipt")).scalars())
    assert "a" not in found
    assert "b" in found
    assert len(found) == 2


def test_a_server_that_stays_away_is_an_error_that_says_what_to_do(server, engine):
    server.crash()
    try:
        with Session(engine) as db, pytest.raises(OperationalError) as raised:
            do(db, "never")
        trouble = store.explain(raised.value, where="the shared store")
        assert "cannot be used" in trouble.what
        assert "What was marked Saved before is safe" in trouble.remedy
    finally:
        server.start()
    assert kept(engine) == []


def test_two_that_cannot_both_be_right_are_done_one_after_the_other(engine):
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE counted (number int)"))
        connection.execute(text("INSERT INTO counted VALUES (0)"))
    together = threading.Barrier(2)

    def add_one() -> None:
        strict = engine.execution_options(isolation_level="SERIALIZABLE")
        met = []
        with Session(strict) as db:

            def read_then_write() -> None:
                found = db.connection().execute(text("SELECT number FROM counted")).scalar_one()
                if not met:
                    met.append(together.wait(timeout=20))
                change = text("UPDATE counted SET number = :number")
                db.connection().execute(change, {"number": found + 1})

            store.transact(db, read_then_write)

    try:
        with ThreadPoolExecutor(2) as tabs:
            for tab in [tabs.submit(add_one) for _ in range(2)]:
                tab.result(timeout=60)
        with engine.connect() as connection:
            assert connection.execute(text("SELECT number FROM counted")).scalar_one() == 2
    finally:
        with engine.begin() as connection:
            connection.execute(text("DROP TABLE counted"))
