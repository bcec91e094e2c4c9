"""The store keeps what it is given, and keeps it from others."""

import os
import stat
import threading
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, inspect, select, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlmodel import Session

from ccio_skills import schema, settings, store
from ccio_skills.vocabulary import Pool

PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}
NAIVE = datetime(2026, 11, 22, 9)  # noqa: DTZ001 - naive on purpose


def read_pragmas(connection):
    return {name: connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in PRAGMAS}


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def engine(tmp_path):
    engine = store.open_engine(f"sqlite:///{tmp_path}/store.db")
    yield engine
    engine.dispose()


@pytest.fixture
def open_umask():
    """Let the process create files for everybody, so that only the code can forbid it."""
    before = os.umask(0)
    yield
    os.umask(before)


class TestConnections:
    def test_each_one_waits_checks_and_writes_to_disk(self, engine):
        with engine.connect() as first, engine.connect() as second, engine.connect() as third:
            for connection in (first, second, third):
                assert read_pragmas(connection) == PRAGMAS

    def test_a_later_one_does_too(self, engine):
        with engine.connect():
            pass
        engine.dispose()

        with engine.connect() as connection:
            assert read_pragmas(connection) == PRAGMAS

    def test_a_row_without_its_parent_is_refused(self, engine):
        schema.metadata.create_all(engine)

        with engine.connect() as connection, pytest.raises(IntegrityError, match="FOREIGN KEY"):
            connection.execute(
                text(
                    "INSERT INTO assess_rating (person_id, sitting_id, skill, state, evidence,"
                    " evidence_link, framework_version, wording, rated_at)"
                    " VALUES (1, 99, 'a', 'cleared', '', '', '1', 'w', '2026-11-22')"
                )
            )

    def test_what_is_committed_is_seen_by_another_while_it_is_open(self, engine):
        with engine.connect() as writer, engine.connect() as reader:
            writer.execute(text("CREATE TABLE note (words TEXT)"))
            writer.execute(text("INSERT INTO note VALUES ('kept')"))
            writer.commit()

            assert reader.execute(text("SELECT words FROM note")).scalar_one() == "kept"

    def test_a_store_in_memory_is_one_store_for_all(self):
        engine = store.open_engine("sqlite://")
        with engine.connect() as first:
            first.execute(text("CREATE TABLE note (words TEXT)"))
            first.commit()

        with engine.connect() as second:
            assert second.execute(text("SELECT count(*) FROM note")).scalar_one() == 0

    @pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
    def test_postgresql_is_reached_by_the_driver_that_ships(self, scheme):
        engine = store.open_engine(f"{scheme}://me:secret@localhost/ccio")

        assert engine.url.drivername == "postgresql+psycopg"
        assert engine.url.database == "ccio"


class TestPool:
    def open(self, address, **changes):
        return store.open_engine(address, pool=Pool(**({"size": 1, "overflow": 0} | changes)))

    def test_tells_the_driver_how_long_to_wait_and_when_to_ask(self, postgres):
        engine = self.open(postgres, connect_seconds=7, keepalive_seconds=60)

        with engine.connect() as connection:
            told = connection.connection.dbapi_connection.info.get_parameters()

        assert told["connect_timeout"] == "7"
        assert told["keepalives_idle"] == "60"
        assert (told["keepalives_interval"], told["keepalives_count"]) == ("20", "3")
        engine.dispose()

    def test_gives_way_to_what_the_address_says(self, postgres):
        engine = self.open(f"{postgres}&connect_timeout=9&application_name=mine")

        with engine.connect() as connection:
            told = connection.connection.dbapi_connection.info.get_parameters()

        assert (told["connect_timeout"], told["application_name"]) == ("9", "mine")
        engine.dispose()

    def test_opens_no_more_connections_than_it_may(self, postgres):
        engine = self.open(postgres, size=1, overflow=1, wait_seconds=0)

        with engine.connect(), engine.connect(), pytest.raises(PoolTimeoutError):
            engine.connect()

        engine.dispose()

    def test_that_is_exhausted_counts_as_away_and_says_so(self, postgres):
        engine = self.open(postgres, wait_seconds=0)

        with engine.connect(), pytest.raises(PoolTimeoutError) as raised:
            engine.connect()

        assert store.is_away(raised.value)
        said = store.explain(raised.value, where="the shared store")
        assert "Too many people use the database the shared store at once" in said.what
        engine.dispose()

    @pytest.mark.parametrize("database", ["postgresql"])
    def test_a_command_waits_for_a_connection_and_does_its_work_once(self, address):
        store.upgrade(store.open_engine(address))
        engine = self.open(address, wait_seconds=0)
        held = engine.connect()
        threading.Timer(0.2, held.close).start()

        with Session(engine) as db:
            found = store.transact(db, lambda: db.execute(text("SELECT 42")).scalar_one())

        assert found == 42
        engine.dispose()

    def test_replaces_a_connection_that_is_too_old(self, postgres):
        engine = self.open(postgres, recycle_minutes=0)
        number = text("SELECT pg_backend_pid()")

        with engine.connect() as connection:
            first = connection.execute(number).scalar_one()
        time.sleep(0.01)
        with engine.connect() as connection:
            assert connection.execute(number).scalar_one() != first

        engine.dispose()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")
class TestFiles:
    def test_file_and_folder_are_made_for_their_owner_only(self, tmp_path, open_umask):
        file = tmp_path / "new" / "store.db"

        engine = store.open_engine(f"sqlite:///{file}")
        store.upgrade(engine)

        assert mode(file) == 0o600
        assert mode(file.parent) == 0o700
        engine.dispose()

    def test_so_are_the_files_that_are_made_beside_it(self, tmp_path, open_umask):
        engine = store.open_engine(f"sqlite:///{tmp_path}/store.db")
        store.upgrade(engine)

        with engine.connect() as connection:
            connection.execute(text("CREATE TABLE note (words TEXT)"))
            connection.commit()
            modes = {one.name: mode(one) for one in tmp_path.iterdir()}

        beside = ["store.db", "store.db-wal", "store.db-shm", "store.db.migrating"]
        assert modes == dict.fromkeys(beside, 0o600)
        engine.dispose()

    def test_a_folder_of_the_owners_own_is_left_as_it_is(self, tmp_path):
        tmp_path.chmod(0o755)

        store.open_engine(f"sqlite:///{tmp_path}/store.db")

        assert mode(tmp_path) == 0o755

    def test_an_existing_file_keeps_what_is_in_it(self, engine, tmp_path):
        with engine.connect() as connection:
            connection.execute(text("CREATE TABLE note (words TEXT)"))
            connection.commit()

        again = store.open_engine(f"sqlite:///{tmp_path}/store.db")

        assert inspect(again).get_table_names() == ["note"]
        again.dispose()


class TestUtcDateTime:
    @pytest.fixture
    def moments(self):
        metadata = MetaData()
        table = Table("moment", metadata, Column("id", Integer), Column("at", store.UtcDateTime()))
        engine = store.open_engine("sqlite://")
        metadata.create_all(engine)
        return engine, table

    def test_refuses_a_moment_without_a_zone_and_shows_it(self, moments):
        engine, table = moments

        with engine.connect() as connection, pytest.raises(StatementError, match=r"naive.*2026"):
            connection.execute(table.insert().values(id=1, at=NAIVE))

    def test_refuses_it_in_a_question_too(self, moments):
        engine, table = moments

        with engine.connect() as connection, pytest.raises(StatementError, match="naive"):
            connection.execute(select(table).where(table.c.at <= NAIVE))

    @given(
        moment=st.datetimes(
            min_value=NAIVE.replace(year=1900),
            max_value=NAIVE.replace(year=2100),
            timezones=st.timezones(),
            allow_imaginary=False,
        )
    )
    @hypothesis_settings(deadline=None)
    def test_gives_back_the_same_moment_in_utc(self, moment):
        column, dialect = store.UtcDateTime(), sqlite.dialect()

        kept = column.process_bind_param(moment, dialect)
        # SQLite forgets the zone.
        back = column.process_result_value(kept.replace(tzinfo=None), dialect)

        assert back == moment.astimezone(UTC)
        assert back.tzinfo is UTC

    def test_keeps_nothing_as_nothing_and_orders_moments_of_all_zones(self, moments):
        engine, table = moments
        east = datetime(2026, 11, 22, 12, tzinfo=timezone(timedelta(hours=9)))
        noon = datetime(2026, 11, 22, 12, tzinfo=UTC)

        with engine.connect() as connection:
            connection.execute(table.insert(), [{"id": 1, "at": noon}, {"id": 2, "at": east}])
            connection.execute(table.insert(), [{"id": 3, "at": None}])
            rows = connection.execute(select(table).order_by(table.c.at)).all()

        assert [one.id for one in rows] == [3, 2, 1]
        assert [one.at for one in rows] == [None, east, noon]


class TestUpgrade:
    def test_makes_every_table_in_an_empty_store(self, engine):
        assert not store.is_current(engine)

        store.upgrade(engine)

        assert store.is_current(engine)
        names = set(inspect(engine).get_table_names())
        assert names == {*schema.metadata.tables, "alembic_version"}

    def test_a_second_time_changes_nothing_and_keeps_every_row(self, engine):
        store.upgrade(engine)
        with engine.connect() as connection:
            connection.execute(
                text("INSERT INTO people_person VALUES (1, 'cnio', 60, '2026-11-22')")
            )
            connection.commit()
        before = self.shape(engine)

        store.upgrade(engine)

        assert self.shape(engine) == before
        assert store.is_current(engine)
        with engine.connect() as connection:
            assert connection.execute(text("SELECT profile FROM people_person")).all() == [
                ("cnio",)
            ]

    def shape(self, engine):
        with engine.connect() as connection:
            return connection.execute(text("SELECT name, sql FROM sqlite_master")).all()


class TestWhereTheStoreLies:
    def test_is_the_folder_that_is_asked_for(self, tmp_path):
        here = settings.read({"CCIO_DATA": str(tmp_path)})

        assert here.store_file == tmp_path / "ccio-skills.db"
        assert here.database_url == f"sqlite:///{tmp_path}/ccio-skills.db"
        assert not here.is_demo

    def test_is_the_database_that_is_asked_for(self):
        here = settings.read(
            {"CCIO_DATABASE_URL": "postgresql://localhost/ccio", "CCIO_DATA": "/a"}
        )

        assert here.database_url == "postgresql://localhost/ccio"
        assert here.store_file is None

    def test_is_no_file_when_it_is_in_memory(self):
        assert settings.read({"CCIO_DATABASE_URL": "sqlite://"}).store_file is None

    def test_is_a_folder_of_the_users_own_when_nothing_is_asked(self):
        here = settings.read({})

        assert here.store_file.is_absolute()
        assert Path.home() in here.store_file.parents
        assert here.content.is_dir()
