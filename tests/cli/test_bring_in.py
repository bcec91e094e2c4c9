"""``export`` and ``import`` from the command line: everything goes and comes, shown first."""

import json
import subprocess
import sys
import zipfile

import pytest
from typer.testing import CliRunner

from ccio_skills.cli import app
from tests.conftest import ROOT

RATINGS = "skill,level,rated_at\nSAFE-1,2,2026-01-02T10:00:00Z\nCHANGE-2,3,2026-01-02T10:01:00Z\n"


@pytest.fixture(autouse=True)
def _own_place(tmp_path, monkeypatch):
    monkeypatch.setenv("CCIO_DATA", str(tmp_path / "default"))
    monkeypatch.delenv("CCIO_DATABASE_URL", raising=False)
    monkeypatch.delenv("CCIO_CONTENT", raising=False)


def run(*words, says=None):
    return CliRunner().invoke(app, [str(word) for word in words], input=says)


@pytest.fixture
def export(tmp_path):
    """The export of a store with two ratings."""
    (tmp_path / "ratings.csv").write_text(RATINGS)
    run("ratings", "import", tmp_path / "ratings.csv", "--data", tmp_path / "old")
    run("export", tmp_path / "mine.zip", "--data", tmp_path / "old")
    return tmp_path / "mine.zip"


def ratings(folder):
    return run("ratings", "export", "--data", folder).stdout


def test_is_shown_first_and_then_all_there(export, tmp_path):
    result = run("import", export, "--data", tmp_path / "new", says="y\n")

    assert result.exit_code == 0
    assert "sittings: 1 new\n  ratings: 2 new" in result.stdout
    assert "Bring it in?" in result.stdout
    assert ratings(tmp_path / "new") == ratings(tmp_path / "old")


def test_no_means_no(export, tmp_path):
    result = run("import", export, "--data", tmp_path / "new", says="n\n")

    assert "Nothing was changed." in result.stdout
    assert ratings(tmp_path / "new").count("\n") == 1


def test_twice_says_that_it_is_here_already(export, tmp_path):
    run("import", export, "--data", tmp_path / "new", "--yes")

    result = run("import", export, "--data", tmp_path / "new")

    assert result.exit_code == 0
    assert "ratings: 2 here already" in result.stdout
    assert "Everything in it is here already; nothing was changed." in result.stdout
    assert ratings(tmp_path / "new") == ratings(tmp_path / "old")


def test_another_file_is_refused_with_1(tmp_path):
    (tmp_path / "ratings.csv").write_text(RATINGS)

    result = run("import", tmp_path / "ratings.csv", "--yes")

    assert result.exit_code == 1
    assert "cannot be brought in; nothing was changed." in result.stderr


def test_no_file_is_refused_with_2(tmp_path):
    result = run("import", tmp_path / "nowhere.zip", "--yes")

    assert result.exit_code == 2
    assert "cannot be read" in result.stderr


def test_a_process_of_its_own_exports_every_table(export, tmp_path):
    """In the tests' process every table is known; a command must see to that itself."""
    folder = tmp_path / "old"
    words = ["-m", "ccio_skills.cli", "export", tmp_path / "again.zip", "--data", folder]
    subprocess.run([sys.executable, *map(str, words)], cwd=ROOT, check=True)

    with zipfile.ZipFile(tmp_path / "again.zip") as files:
        tables = json.loads(files.read("everything.json"))["tables"]
    assert len(tables["assess_rating"]) == 2
    assert {"learn_reading", "people_person"} <= set(tables)


def test_a_process_of_its_own_erases_every_table(export, tmp_path):
    words = ["-m", "ccio_skills.cli", "erase", "--yes", "--data", tmp_path / "old"]
    said = subprocess.run(
        [sys.executable, *map(str, words)], cwd=ROOT, check=True, capture_output=True, text=True
    )

    assert said.stdout == "Erased: 3 entries.\n"
    assert ratings(tmp_path / "old").count("\n") == 1
