"""The library's search on the command line: the same order as on the page."""

import json

import pytest
from typer.testing import CliRunner

from ccio_skills.cli import app
from ccio_skills.learn.rules import search
from tests.conftest import CONTENT

QUESTION = "who signs off a hazard log"


@pytest.fixture(autouse=True)
def _own_content(monkeypatch):
    monkeypatch.setenv("CCIO_CONTENT", str(CONTENT))
    monkeypatch.setenv("COLUMNS", "200")


def run(*words):
    return CliRunner().invoke(app, ["search", *words])


class TestSearch:
    def test_gives_module_code_title_and_score_as_json_in_the_order_of_the_page(self, shipped):
        hits = search.find(search.index(shipped), QUESTION)

        result = run(QUESTION, "--format", "json")

        assert result.exit_code == 0
        assert json.loads(result.stdout) == [
            {
                "module": hit.slug,
                "code": shipped.module[hit.slug].code,
                "title": shipped.module[hit.slug].title,
                "score": round(hit.score, 2),
            }
            for hit in hits
        ]

    def test_shows_a_table_best_first(self, shipped):
        result = run(QUESTION)

        codes = [
            shipped.module[hit.slug].code for hit in search.find(search.index(shipped), QUESTION)
        ]
        places = [result.stdout.index(code) for code in codes]
        assert result.exit_code == 0
        assert places == sorted(places)
        assert shipped.module["hazard-workshops-and-risk-scoring"].title in result.stdout

    def test_that_finds_nothing_says_what_to_do_and_is_no_fault(self):
        assert run("q").stdout == "Nothing fits. Try another word for it, or fewer words.\n"
        assert run("q").exit_code == 0
        assert json.loads(run("q", "--format", "json").stdout) == []

    def test_wants_a_question_and_a_known_format(self):
        assert run().exit_code == 2
        assert run(QUESTION, "--format", "xml").exit_code == 2
