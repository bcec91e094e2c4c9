"""The app from its own entry point, on a store in a folder."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlmodel import Session
from streamlit.testing.v1 import AppTest

from ccio_skills import demo, settings, shell, store
from ccio_skills.assess import queries as assess
from ccio_skills.people import queries as people
from ccio_skills.vocabulary import Level, PersonId, Role
from tests.conftest import ROOT
from tests.library.test_checks import Content

ME = PersonId(1)


@pytest.fixture
def start(tmp_path, monkeypatch):
    """Start the app as the command line does: a folder, a migrated store, then the page."""
    monkeypatch.setenv("CCIO_DATA", str(tmp_path))
    for name in ("CCIO_DATABASE_URL", "CCIO_CONTENT", "CCIO_DEMO", "CCIO_MISTAKES"):
        monkeypatch.delenv(name, raising=False)
    store.upgrade(store.open_engine(settings.read().database_url))

    return lambda: AppTest.from_file(ROOT / "app.py", default_timeout=30).run()


def press(app, label):
    [button] = [one for one in app.button if one.label == label]
    return button.click().run()


def test_starts_with_the_first_visit(start):
    app = start()

    assert not app.exception
    assert app.title[0].value == "See where you stand, in four minutes"


def test_walks_from_the_two_questions_to_the_second_part_of_a_module(start):
    app = start()

    press(app, "Start with ten questions")
    assert app.title[0].value == "Ten quick questions"
    assert dict(app.query_params) == {"quick": "1"}

    app.radio(key="rate:clinical-engagement").set_value("0").run()
    press(app, "See my gaps")
    assert app.title[0].value == "My gaps"

    press(app, "Plan my time")
    assert app.title[0].value == "My plan"

    app.button(key="read:what-a-ccio-is-and-does").click().run()
    assert app.title[0].value == "What a CCIO is and does"

    app.button(key="onward:0").click().run()
    assert not app.exception
    assert dict(app.query_params) == {"module": "what-a-ccio-is-and-does", "part": "2"}


def test_goes_from_a_link_to_a_domain_on_to_the_next(start):
    app = start()
    press(app, "Start with ten questions")
    app.query_params.clear()
    app.query_params["domain"] = "data"

    app.run()
    assert app.title[0].value == "Data, standards and interoperability"

    press(app, "Next: Software delivery")
    assert not app.exception
    assert dict(app.query_params) == {"domain": "software-delivery"}
    assert app.title[0].value == "Software delivery and technology foundations"


def test_keeps_answers_in_the_folder_for_the_next_visit(start, tmp_path):
    app = start()
    press(app, "Start with ten questions")
    app.radio(key="rate:change-management").set_value("2").run()

    again = start()

    assert again.title[0].value == "Your next step"
    with Session(store.open_engine(f"sqlite:///{tmp_path}/ccio-skills.db")) as db:
        assert assess.current_ratings(db, ME)["change-management"].level is Level.CONTRIBUTING
        assert people.settings(db, ME) == people.Settings("aspiring-ccio", 60)


def test_says_nothing_of_a_demonstration_when_it_is_none(start):
    app = start()
    said = " ".join(one.value for one in app.get("html"))

    assert "Demonstration." not in said
    assert "Your answers stay in your own file on this computer." in said


def test_says_when_it_is_a_demonstration(start, monkeypatch):
    monkeypatch.setenv("CCIO_DEMO", "1")

    assert "Demonstration." in " ".join(one.value for one in start().get("html"))


@pytest.mark.parametrize("database", ["postgresql"])
def test_who_finds_every_connection_in_use_is_told_and_then_served(address, monkeypatch):
    monkeypatch.setenv("CCIO_DATABASE_URL", address)
    monkeypatch.setenv("CCIO_DATABASE_POOL", "1")
    monkeypatch.setenv("CCIO_DATABASE_OVERFLOW", "0")
    monkeypatch.setenv("CCIO_DATABASE_WAIT_SECONDS", "1")
    store.upgrade(store.open_engine(address))
    is_held = threading.Event()

    def read_slowly():
        with shell.open_visit() as visit:
            visit.db.connection()
            is_held.set()
            time.sleep(2.5)

    with ThreadPoolExecutor(1) as other:
        slow = other.submit(read_slowly)
        assert is_held.wait(30)
        app = AppTest.from_file(ROOT / "app.py", default_timeout=30).run()
        slow.result()

    assert [one.value for one in app.toast] == [
        "The store does not answer. Trying again; leave this page open."
    ]
    assert not app.exception
    assert app.title[0].value == "See where you stand, in four minutes"


def test_serves_another_library_from_its_folder(start, tmp_path, monkeypatch):
    """From the two questions to the questions of its own module."""
    monkeypatch.setenv("CCIO_CONTENT", str(Content(tmp_path / "content").root))
    app = start()

    press(app, "Start with ten questions")
    app.radio(key="rate:engage").set_value("0").run()
    app.radio(key="rate:manage").set_value("0").run()
    press(app, "See my gaps")
    press(app, "Plan my time")

    app.button(key="read:start").click().run()
    assert not app.exception
    assert app.title[0].value == "Start"


class TestTheDemonstration:
    @pytest.fixture
    def demonstrate(self, start, monkeypatch, shipped):
        monkeypatch.setenv("CCIO_DEMO", "1")
        with Session(store.open_engine(settings.read().database_url)) as db:
            demo.build(db, library=shipped, now=datetime.now(UTC))
        return start

    def test_begins_with_the_learner_of_two_years(self, demonstrate):
        app = demonstrate()

        assert not app.exception
        assert app.title[0].value == "Your next step"

    def test_lets_the_visitor_look_as_somebody_else_on_every_page(self, demonstrate):
        app = demonstrate()

        app.segmented_control(key="demo:persona").set_value("administrator").run()

        assert app.title[0].value == "See where you stand, in four minutes"
        assert app.segmented_control(key="demo:persona").value == "administrator"

    def test_gives_each_the_rights_of_their_role(self, demonstrate):
        with Session(store.open_engine(settings.read().database_url)) as db:
            people_of = people.accounts_of(db, demo.ISSUER)
            roles = {word: people.person(db, people_of[word]).roles for word in demo.PERSONAS}

        assert roles == {
            word: {Role.LEARNER, role} for word, (_name, role) in demo.PERSONAS.items()
        }
