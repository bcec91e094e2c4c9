"""A store in a file is moved to PostgreSQL: all of it, in one go or in two."""

import pytest
from sqlalchemy import func, select, text
from sqlmodel import Session
from typer.testing import CliRunner

from ccio_skills import schema, store
from ccio_skills.cli import app
from ccio_skills.learn import commands as learn
from ccio_skills.people import commands as people
from ccio_skills.vocabulary import PersonId
from tests.conftest import NOW

pytestmark = pytest.mark.usefixtures("_own_place")
ME = PersonId(1)
ACTION = "change-management"


@pytest.fixture
def _own_place(monkeypatch):
    monkeypatch.delenv("CCIO_DATA", raising=False)
    monkeypatch.delenv("CCIO_DATABASE_URL", raising=False)


@pytest.fixture
def database():
    return "postgresql"


@pytest.fixture
def folder(tmp_path):
    """A store in a file with 2,502 rows, written by hand and by the hundred."""
    engine = store.open_engine(f"sqlite:///{tmp_path}/ccio-skills.db")
    store.upgrade(engine)
    with Session(engine) as db:
        people.settle(db, ME, profile="new-ccio", minutes_a_week=60, at=NOW)
        learn.follow(db, ME, "a-path", at=NOW)
        rows = schema.metadata.tables["learn_action"]
        given = [
            {"person_id": 1, "skill": ACTION, "step": 1, "evidence": f"é{n}", "done_at": NOW}
            for n in range(2500)
        ]
        db.execute(rows.insert(), given)
        db.commit()
    engine.dispose()
    return tmp_path


@pytest.fixture
def target(address):
    engine = store.open_engine(address)
    yield engine
    engine.dispose()


def move(folder, address):
    return CliRunner().invoke(app, ["move", "--to", address, "--data", str(folder)])


def actions(engine):
    with engine.connect() as connection:
        table = schema.metadata.tables["learn_action"]
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_every_row_is_moved_and_the_file_is_as_it_was(folder, address, target):
    before = (folder / "ccio-skills.db").read_bytes()

    result = move(folder, address)

    assert result.exit_code == 0, result.output
    assert "learn_action: 2,500" in result.output
    assert "Moved and compared: 2,502 rows." in result.output
    assert actions(target) == 2500
    assert (folder / "ccio-skills.db").read_bytes() == before


def test_the_next_row_gets_a_number_of_its_own(folder, address, target):
    move(folder, address)

    with Session(target) as db:
        learn.do_action(db, ME, ACTION, step=1, evidence="new", at=NOW)

    assert actions(target) == 2501


def test_a_move_that_was_stopped_is_gone_on_with(folder, address, target):
    source = store.open_engine(f"sqlite:///{folder}/ccio-skills.db")
    store.upgrade(target)

    class Stopped(Exception):
        pass

    def stop_after_a_thousand(table, done, _total):
        if table == "learn_action" and done == 1000:
            raise Stopped

    with pytest.raises(Stopped):
        store.move(source, target, schema.metadata, progress=stop_after_a_thousand)
    source.dispose()
    assert actions(target) == 1000

    assert move(folder, address).exit_code == 0
    assert actions(target) == 2500


def test_twice_moves_nothing_twice(folder, address, target):
    move(folder, address)

    assert move(folder, address).exit_code == 0
    assert actions(target) == 2500


def test_a_database_with_rows_of_its_own_is_refused_and_left_alone(folder, address, target):
    store.upgrade(target)
    with Session(target) as db:
        learn.do_action(db, ME, ACTION, step=4, evidence="somebody else's", at=NOW)

    result = move(folder, address)

    assert result.exit_code == 1
    assert "rows of its own in learn_action" in result.output
    assert actions(target) == 1


def test_a_row_that_changed_on_the_way_is_found(folder, address, target):
    source = store.open_engine(f"sqlite:///{folder}/ccio-skills.db")
    store.upgrade(target)

    def spoil(table, done, total):
        if table == "learn_action" and done == total:
            with target.begin() as connection:
                connection.execute(text("UPDATE learn_action SET evidence = 'x' WHERE id = 7"))

    with pytest.raises(store.MoveError, match="learn_action differs"):
        store.move(source, target, schema.metadata, progress=spoil)
    source.dispose()


@pytest.mark.parametrize(
    ("to", "says"),
    [
        ("sqlite:///other.db", "Move goes to PostgreSQL"),
        ("postgresql://nobody@127.0.0.1:1/none", "cannot be used"),
        ("not an address", "no address"),
    ],
)
def test_a_wrong_address_says_what_is_wrong(folder, to, says):
    result = move(folder, to)

    assert result.exit_code == 1
    assert says in result.output
