"""Backups are whole, checked and private; a restore refuses what is not sound and loses nothing."""

import sqlite3
import stat
import threading

import pytest
from sqlmodel import Session

from ccio_skills import store
from ccio_skills.people import commands, queries
from ccio_skills.vocabulary import PersonId
from tests.conftest import NOW

ME = PersonId(1)


@pytest.fixture
def home(tmp_path):
    file = tmp_path / "home" / "ccio-skills.db"
    engine = store.open_engine(f"sqlite:///{file}")
    store.upgrade(engine)
    yield file, engine
    engine.dispose()


def settle(engine, minutes):
    with Session(engine) as db:
        commands.settle(db, ME, profile="new-ccio", minutes_a_week=minutes, at=NOW)


def minutes(engine):
    with Session(engine) as db:
        return queries.settings(db, ME).minutes_a_week


def test_a_copy_brings_back_what_was_there(home, tmp_path):
    file, engine = home
    settle(engine, 30)
    store.back_up(file, tmp_path / "copy.db")
    settle(engine, 240)

    kept = store.restore(tmp_path / "copy.db", file)

    assert minutes(engine) == 30
    with sqlite3.connect(kept) as before:
        assert before.execute("SELECT minutes_a_week FROM people_person").fetchone() == (240,)


def test_a_copy_is_readable_by_its_owner_only(home, tmp_path):
    file, _ = home

    store.back_up(file, tmp_path / "copy.db")

    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600


def test_a_copy_taken_while_others_write_is_sound(home, tmp_path):
    file, engine = home
    settle(engine, 60)
    is_done = threading.Event()

    def write():
        number = 0
        while not is_done.is_set():
            number += 1
            settle(engine, 10 + number % 100)

    writer = threading.Thread(target=write)
    writer.start()
    for number in range(10):
        store.back_up(file, tmp_path / f"copy-{number}.db")
    is_done.set()
    writer.join()

    for number in range(10):
        store.restore(tmp_path / f"copy-{number}.db", tmp_path / f"back-{number}.db")


def test_progress_ends_at_the_whole(home, tmp_path):
    file, _ = home
    seen = []

    store.back_up(
        file, tmp_path / "copy.db", progress=lambda done, total: seen.append((done, total))
    )

    done, total = seen[-1]
    assert done == total > 0


class TestRefuses:
    def test_a_broken_copy(self, home, tmp_path):
        file, engine = home
        settle(engine, 30)
        store.back_up(file, tmp_path / "copy.db")
        content = bytearray((tmp_path / "copy.db").read_bytes())
        content[8192:12288] = b"\xff" * 4096
        (tmp_path / "copy.db").write_bytes(bytes(content))

        with pytest.raises(store.CopyError, match="broken"):
            store.restore(tmp_path / "copy.db", file)

        assert minutes(engine) == 30

    def test_half_a_copy(self, home, tmp_path):
        file, engine = home
        settle(engine, 30)
        store.back_up(file, tmp_path / "copy.db")
        content = (tmp_path / "copy.db").read_bytes()
        (tmp_path / "copy.db").write_bytes(content[: len(content) // 2])

        with pytest.raises(store.CopyError):
            store.restore(tmp_path / "copy.db", file)

        assert minutes(engine) == 30

    def test_a_file_that_is_no_store(self, home, tmp_path):
        (tmp_path / "copy.db").write_text("not a store")

        with pytest.raises(store.CopyError, match="no store"):
            store.restore(tmp_path / "copy.db", home[0])

    def test_another_database(self, home, tmp_path):
        with sqlite3.connect(tmp_path / "copy.db") as other:
            other.execute("CREATE TABLE other (id)")

        with pytest.raises(store.CopyError, match="no store of CCIO Skills"):
            store.restore(tmp_path / "copy.db", home[0])

    def test_a_copy_of_a_newer_version(self, home, tmp_path):
        store.back_up(home[0], tmp_path / "copy.db")
        with sqlite3.connect(tmp_path / "copy.db") as copy:
            copy.execute("UPDATE alembic_version SET version_num = 'from_tomorrow'")

        with pytest.raises(store.CopyError, match="newer version"):
            store.restore(tmp_path / "copy.db", home[0])

    def test_to_write_over_an_existing_file(self, home, tmp_path):
        (tmp_path / "copy.db").write_text("mine")

        with pytest.raises(store.CopyError, match="exists already"):
            store.back_up(home[0], tmp_path / "copy.db")

        assert (tmp_path / "copy.db").read_text() == "mine"
