"""What whoever runs a shared installation does at its command line."""

import pytest
from sqlalchemy import text
from sqlmodel import Session
from typer.testing import CliRunner

from ccio_skills import store
from ccio_skills.cli import app
from ccio_skills.people import commands, queries
from ccio_skills.vocabulary import Role
from tests.cast import sign_in
from tests.cohorts.college import College
from tests.conftest import NOW


@pytest.fixture
def run(tmp_path, monkeypatch):
    for name in ("CCIO_DATABASE_URL", "CCIO_SIGN_IN", "CCIO_DEMO"):
        monkeypatch.delenv(name, raising=False)

    def run(*words):
        return CliRunner().invoke(app, [*words, "--data", str(tmp_path)])

    return run


@pytest.fixture
def opened(tmp_path, run):
    run("migrate")
    engine = store.open_engine(f"sqlite:///{tmp_path}/ccio-skills.db")
    with Session(engine) as db:
        yield db
    engine.dispose()


def token(said):
    return said.output.strip().rpartition("token=")[2]


class TestOrganisation:
    def test_is_added_with_a_link_that_makes_its_first_administrator(self, run, opened):
        said = run("organisation", "add", "Kingsbridge NHS Trust")

        who = sign_in(opened, "Mary")
        commands.take_up(opened, who.id, token(said), at=NOW.now(NOW.tzinfo))
        [mine] = queries.organisations(opened, who.id)
        assert (mine.name, mine.roles) == ("Kingsbridge NHS Trust", {Role.ADMINISTRATOR})

    def test_is_added_once(self, run):
        run("organisation", "add", "Kingsbridge")

        said = run("organisation", "add", "Kingsbridge")

        assert said.exit_code == 1
        assert "already" in said.output

    def test_gets_another_link_when_the_last_administrator_left(self, run):
        first = token(run("organisation", "add", "Kingsbridge"))

        assert token(run("organisation", "administrator", "Kingsbridge")) not in ("", first)

    def test_that_is_none_is_said_with_those_there_are(self, run):
        run("organisation", "add", "Kingsbridge")

        said = run("organisation", "administrator", "Kingsbrige")

        assert said.exit_code == 1
        assert "There are: Kingsbridge." in said.output

    def test_is_listed(self, run):
        run("organisation", "add", "Northmoor")
        run("organisation", "add", "Kingsbridge")

        assert run("organisation", "list").output.split() == ["Kingsbridge", "Northmoor"]


class TestAudit:
    def test_is_proved_sound(self, run):
        run("organisation", "add", "Kingsbridge")

        said = run("audit", "verify")

        assert (said.exit_code, said.output.strip()) == (
            0,
            "2 entries, 0 faults\n0 rows of the ledger, sound",
        )

    def test_that_was_changed_is_no_success(self, run, opened):
        run("organisation", "add", "Kingsbridge")
        opened.execute(text("DROP TRIGGER people_audit_stands"))
        opened.execute(text("UPDATE people_audit SET detail = 'other' WHERE number = 2"))
        opened.commit()

        said = run("audit", "verify")

        assert said.exit_code == 1
        assert "Entry 2 was changed after it was written." in said.output

    def test_names_a_row_of_the_ledger_that_was_changed(self, run, opened):
        college = College(opened)
        college.close(college.opened(college.cohort()))
        opened.execute(text("DROP TRIGGER cohorts_ledger_no_update"))
        opened.execute(text("UPDATE cohorts_ledger SET payload = replace(payload, 'N', 'M')"))
        opened.commit()

        said = run("audit", "verify")

        assert said.exit_code == 1
        assert "Row 1 of the ledger is not what was written." in said.output

    def test_is_printed_as_csv(self, run):
        run("organisation", "add", "Kingsbridge")

        lines = run("audit", "show").output.strip().splitlines()

        assert lines[0] == "number,at,event,actor,subject,organisation,detail"
        assert ",organisation-added,,,1," in lines[1]
        assert '"invitation 1: administrator, link for 1"' in lines[2]


class TestRun:
    def test_refuses_another_address_without_sign_in(self, run):
        said = run("run", "--address", "0.0.0.0")

        assert said.exit_code == 2
        assert "this computer only, not 0.0.0.0" in said.output

    def test_says_what_is_wrong_with_the_settings(self, run, monkeypatch):
        monkeypatch.setenv("CCIO_SIGN_IN", "http://login.example.test")

        said = run("run")

        assert said.exit_code == 2
        assert "https://" in said.output
