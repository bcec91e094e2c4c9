"""The fixed cast, a store, a visit and a way to open pages through the real menu."""

import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import Session
from streamlit.testing.v1 import AppTest

from ccio_skills import library, schema, store
from ccio_skills.people import commands as people_commands
from ccio_skills.ui import Visit
from ccio_skills.vocabulary import Person, PersonId

ROOT = Path(__file__).parent.parent
CONTENT = ROOT / "content"
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture(scope="session")
def shipped() -> library.Library:
    """The content that ships, loaded once."""
    return library.load(CONTENT)


@pytest.fixture
def db() -> Iterator[Session]:
    engine = store.open_engine("sqlite://")
    schema.metadata.create_all(engine)
    with Session(engine) as session:
        yield session


# The learner rates and learns; the stranger must see nothing of theirs.
@pytest.fixture
def learner() -> Person:
    return Person(PersonId(1), "Learner")


@pytest.fixture
def stranger() -> Person:
    return Person(PersonId(3), "Stranger")


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
