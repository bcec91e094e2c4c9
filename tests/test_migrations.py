"""Migrations and tables tell the same story."""

import subprocess
import sys

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlmodel import Session, select

from ccio_skills import schema, store
from ccio_skills.learn.tables import FollowRow
from ccio_skills.store import _shape
from tests.conftest import ROOT

pytestmark = pytest.mark.both_databases


@pytest.fixture
def engine(address):
    engine = store.open_engine(address)
    yield engine
    engine.dispose()


@pytest.fixture
def history(engine):
    """Alembic as the app itself runs it."""
    return _shape._config(engine)


def describe(engine):
    """Tables, columns, keys, indexes and checks of a store, as the database tells them."""
    told = inspect(engine)
    return {
        name: (
            [(one["name"], str(one["type"]), one["nullable"]) for one in told.get_columns(name)],
            told.get_pk_constraint(name),
            sorted(told.get_foreign_keys(name), key=lambda one: one["name"]),
            sorted((one["name"], one["unique"], _where(one)) for one in told.get_indexes(name)),
            sorted((one["name"], one["sqltext"]) for one in told.get_check_constraints(name)),
            sorted(one["name"] for one in told.get_unique_constraints(name)),
        )
        for name in told.get_table_names()
        if name != "alembic_version"
    } | triggers(engine)


def triggers(engine):
    """What the database itself does at a change: the text of each trigger, by its name."""
    asked = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname, pg_get_triggerdef(t.oid) || prosrc FROM pg_trigger t "
        "JOIN pg_proc p ON p.oid = tgfoid WHERE NOT tgisinternal",
    }
    with engine.connect() as connection:
        return dict(connection.execute(text(asked[engine.dialect.name])).all())


def _where(index):
    """Return what a partial index is limited to."""
    options = index.get("dialect_options", {})
    return [str(what) for name, what in options.items() if name.endswith("_where")]


def test_up_check_down_up(history, engine):
    command.upgrade(history, "head")
    command.check(history)
    up = describe(engine)

    command.downgrade(history, "base")

    assert describe(engine) == {}

    command.upgrade(history, "head")

    assert describe(engine) == up
    assert store.is_current(engine)


def test_history_ends_where_the_tables_are(history, engine):
    """Alembic's own check does not compare checks and partial indexes; this does."""
    command.upgrade(history, "head")
    up = describe(engine)
    command.downgrade(history, "base")
    schema.metadata.create_all(engine)

    assert describe(engine) == up


def test_a_store_between_two_versions_is_not_current(history, engine):
    command.upgrade(history, "head")
    command.downgrade(history, "base")

    assert not store.is_current(engine)


def test_history_is_one_line(history):
    scripts = ScriptDirectory.from_config(history)

    assert len(scripts.get_heads()) == 1
    assert len(scripts.get_bases()) == 1
    assert scripts.get_current_head() == _shape.NEWEST


def test_every_constraint_has_a_name_so_that_sqlite_can_change_it():
    unnamed = [
        f"{table.name}: {one}"
        for table in schema.metadata.tables.values()
        for one in [*table.constraints, *table.indexes]
        if one.name is None
    ]

    assert unnamed == []


def test_alembic_s_own_command_line_runs_the_same_history(address, engine, monkeypatch):
    monkeypatch.setenv("CCIO_DATABASE_URL", address)
    config = Config(toml_file=str(ROOT / "pyproject.toml"))

    command.upgrade(config, "head")
    command.check(config)

    assert store.is_current(engine)


def test_a_path_followed_or_left_before_pausing_existed_keeps_what_was_said_last(history, engine):
    started, left = "2026-11-01 09:00:00+00:00", "2026-11-08 09:00:00+00:00"
    command.upgrade(history, "8ad75f458e18")
    with engine.begin() as connection:
        for path, ended in (("p-one", None), ("p-two", left)):
            connection.execute(
                text(
                    "INSERT INTO learn_follow (person_id, path, started_at, left_at)"
                    " VALUES (1, :path, :started, :ended)"
                ),
                {"path": path, "started": started, "ended": ended},
            )

    command.upgrade(history, "head")

    with Session(engine) as db:
        changed = dict(db.exec(select(FollowRow.path, FollowRow.changed_at)).all())
    assert {path: moment.isoformat() for path, moment in changed.items()} == {
        "p-one": started.replace(" ", "T"),
        "p-two": left.replace(" ", "T"),
    }


def test_a_partial_index_is_one_on_both_databases(history, engine):
    schema.metadata.create_all(engine)

    [where] = [
        _where(one)
        for one in inspect(engine).get_indexes("assess_sitting")
        if one["name"] == "one_open_sitting"
    ]
    assert "ended_at IS NULL" in where[0]


_START = """
import sys
from ccio_skills import store
print("ready", flush=True)
sys.stdin.readline()
store.upgrade(store.open_engine(sys.argv[1]))
"""


def test_four_processes_that_start_together_migrate_once(address, engine):
    starting = [
        subprocess.Popen(
            [sys.executable, "-c", _START, address],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]  # fmt: skip
    for one in starting:
        assert one.stdout.readline() == "ready\n"

    for one in starting:
        one.stdin.write("go\n")
        one.stdin.flush()

    ended = [one.communicate(timeout=60) for one in starting]
    assert [one.returncode for one in starting] == [0] * 4, ended
    assert store.is_current(engine)
