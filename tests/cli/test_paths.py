"""Learning paths on the command line: which there are, and one of them, in one's own order."""

import json

import pytest
from typer.testing import CliRunner

from ccio_skills.cli import app

SAFETY = ["digital-clinical-safety-essentials", "dcb0129-and-dcb0160-who-does-what"]


@pytest.fixture(autouse=True)
def _own_place(tmp_path, monkeypatch):
    """Keep every command away from the real store."""
    monkeypatch.setenv("CCIO_DATA", str(tmp_path / "default"))
    monkeypatch.delenv("CCIO_CONTENT", raising=False)
    monkeypatch.setenv("COLUMNS", "200")


def run(*words):
    return CliRunner().invoke(app, ["path", *map(str, words)])


def test_are_listed_by_code(shipped):
    rows = json.loads(run("list", "--format", "json").stdout)

    assert [row["code"] for row in rows] == [f"P{number}" for number in range(1, 9)]
    for row in rows:
        path = shipped.path[row["path"]]
        assert (row["title"], row["profile"]) == (path.title, path.profile)
        assert row["modules"] == len(path.modules)
        assert row["minutes"] == sum(shipped.module[slug].minutes for slug in path.modules)
    assert "Digital clinical safety" in run("list").stdout


@pytest.mark.parametrize("name", ["P3", "p3", "digital-clinical-safety"])
def test_one_is_shown_in_the_author_s_order_without_ratings(shipped, name):
    whole = json.loads(run("show", name, "--format", "json").stdout)

    path = shipped.path["digital-clinical-safety"]
    assert whole["path"] == path.slug
    assert [row["module"] for row in whole["modules"]] == list(path.modules)
    assert whole["minutes_left"] == sum(row["minutes"] for row in whole["modules"])
    assert [row["state"] for row in whole["modules"]][:2] == ["next", "open"]


def test_one_is_shown_with_what_may_be_skipped_and_why(tmp_path):
    file = tmp_path / "ratings.csv"
    file.write_text("skill,level\nSAFE-1,2\n", encoding="utf-8")

    result = run("show", "P3", "--ratings", file, "--format", "json")

    skipped = [one for one in json.loads(result.stdout)["modules"] if one["state"] == "skippable"]
    assert [one["module"] for one in skipped] == SAFETY
    assert all("2 Contributing; no evidence stands behind it." in one["why"] for one in skipped)
    said = run("show", "P3", "--ratings", file).stdout
    assert "skippable" in said
    assert "minutes left; what you may skip takes none." in said


def test_an_unknown_one_names_the_known_ones_and_stops_with_2():
    result = run("show", "P99")

    assert result.exit_code == 2
    assert "Unknown path 'P99'. Known: P1 (aspiring-ccio-foundations)" in result.stderr
