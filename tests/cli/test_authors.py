"""What authors do without a screen: check another library, begin a module, see its health."""

import json
import os

import pytest
from typer.testing import CliRunner

from ccio_skills import library
from ccio_skills.cli import app
from tests.library.test_checks import START, Content


@pytest.fixture(autouse=True)
def _own_place(tmp_path, monkeypatch):
    """Keep every command away from the real store; also puts back what commands set themselves."""
    monkeypatch.setenv("CCIO_DATA", str(tmp_path / "default"))
    monkeypatch.setenv("COLUMNS", "120")
    # Set first, so that what a command sets is taken back too.
    for name in ("CCIO_DATABASE_URL", "CCIO_CONTENT", "CCIO_DEMO"):
        monkeypatch.setenv(name, "")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def content(tmp_path):
    return Content(tmp_path / "mine")


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


class TestCheck:
    def test_counts_warnings_by_their_kind(self, content):
        content.change(START, "In England.", "In England 43% do, since 2019.")
        content.change(START, "Keep it.", "Keep the XYZ.")

        result = run("check", "--content", content.root)

        assert result.exit_code == 0, "a warning stops nothing"
        assert result.stdout.endswith("0 errors, 3 warnings (2 number, 1 abbreviation)\n")

    def test_judges_reviews_by_the_day_it_is_given(self, content):
        early = run("check", "--content", content.root, "--today", "2027-11-22")
        late = run("check", "--content", content.root, "--today", "2027-11-23")

        assert early.stdout == "0 errors, 0 warnings\n"
        assert late.stdout.endswith("0 errors, 2 warnings (2 overdue)\n")

    def test_of_a_day_that_is_none_stops_with_2(self):
        assert run("check", "--today", "soon").exit_code == 2


class TestAnotherLibrary:
    def test_is_named_by_an_option(self, content):
        content.change(START, "title: Start", "title: Start: x")

        result = run("check", "--content", "mine")

        assert result.exit_code == 1
        assert f"{START}:" in result.stdout

    def test_is_named_by_the_environment_as_seen_from_here(self, content, monkeypatch):
        monkeypatch.setenv("CCIO_CONTENT", "mine")

        assert "0 errors, 0 warnings" in run("check").stdout
        assert os.environ["CCIO_CONTENT"] == str(content.root), "the server starts elsewhere"

    @pytest.mark.parametrize("command", ["check", "run", "demo", "health"])
    def test_that_is_no_folder_stops_with_2(self, command):
        result = run(command, "--content", "nothing")

        assert result.exit_code == 2
        assert "nothing is no folder." in result.stderr

    def test_is_planned_from(self, content, tmp_path):
        (tmp_path / "ratings.csv").write_text("skill,level\nengage,0\nmanage,1\n", "utf-8")
        words = ("--ratings", "ratings.csv", "--profile", "NEW", "--minutes", 60)

        result = run("plan", *words, "--format", "json", "--content", "mine")

        assert [one["module"] for one in json.loads(result.stdout)["plan"]] == ["start", "next"]

    def test_is_imported_for(self, content, tmp_path):
        (tmp_path / "ratings.csv").write_text("skill,level\nengage,0\nmanage,1\n", "utf-8")

        result = run("ratings", "import", "ratings.csv", "--content", "mine")

        assert result.stdout == "2 ratings imported.\n"


class TestNewModule:
    def test_writes_a_draft_that_passes_the_check_and_says_what_comes_next(self, content):
        result = run("new", "module", "who-owns-this-data", "--content", "mine")

        file = content.root / "modules/who-owns-this-data.md"
        assert result.exit_code == 0
        assert f"Written: {file} (a draft: learners do not see it)" in result.stdout
        assert "Set status: beta; ccio-skills check --content mine lists what" in result.stdout
        assert run("check", "--content", "mine").stdout == "0 errors, 0 warnings\n"

    def test_takes_options(self, content):
        words = ("--title", "Who owns it?", "--skill", "CHANGE-2", "--level", 3, "--minutes", 45)

        run("new", "module", "more", *words, "--content", "mine")

        made = next(one for one in library.load(content.root).modules if one.slug == "more")
        assert (made.title, made.skills, made.level) == ("Who owns it?", ("manage",), 3)
        assert made.minutes == 45

    def test_leaves_a_file_that_is_there_alone(self, content):
        before = content.read(START)

        result = run("new", "module", "start", "--content", "mine")

        assert result.exit_code == 2
        assert "modules/start.md is there already; nothing was changed." in result.stderr
        assert content.read(START) == before


class TestHealth:
    def test_is_told_as_a_table(self, content):
        result = run("health", "--content", "mine", "--today", "2027-11-23")

        assert result.exit_code == 0
        assert "│ CHANGE-1 │ Clinical engagement │ at work │ 2 " in result.stdout
        assert "Overdue reviews: M01 Start, 22 November 2027; M02 Next" in result.stdout
        assert "Facts that are less than verified: none" in result.stdout

    def test_is_told_as_data(self, content):
        content.change("facts.yml", "grade: V", "grade: Vs")
        content.change("modules/next.md", "status: beta", "status: draft")

        said = json.loads(run("health", "--content", "mine", "--format", "json").stdout)

        assert list(said) == ["coverage", "overdue", "drafts", "unreviewed", "weak_facts"]
        assert len(said["coverage"]) == 8, "two skills at four levels"
        assert said["coverage"][1] == {
            "code": "CHANGE-1",
            "skill": "engage",
            "level": 2,
            "modules": 1,
            "others_that_help": 0,
            "at_work": True,
        }
        assert said["drafts"] == [{"kind": "modules", "title": "Next"}]
        assert said["weak_facts"] == [{"fact": "F01", "grade": "Vs", "modules": ["start"]}]
