"""A new module is a draft that passes the check, and never takes another file's place."""

import re
from datetime import date, timedelta

import pytest

from ccio_skills import library
from ccio_skills.library import Draft, ScaffoldError
from tests.library.test_checks import START, Content

TODAY = date(2026, 11, 22)


@pytest.fixture
def content(tmp_path):
    return Content(tmp_path / "content")


def begin(content, slug="who-owns-this-data", **more):
    """Write a draft; return the module as the check reads it."""
    file = library.new_module(content.root, Draft(slug, **more), today=TODAY)
    modules = library.load(content.root).modules
    return file, next(one for one in modules if one.slug == slug)


class TestANewModule:
    def test_is_a_draft_without_any_finding(self, content):
        file, made = begin(content)

        assert content.findings(today=TODAY) == []
        assert file == content.root / "modules/who-owns-this-data.md"
        assert made.status is library.Status.DRAFT
        assert made.reviewed_by is None, "nobody has reviewed it"

    def test_guesses_what_it_was_not_told(self, content):
        """The code after M03, which is planned; the first skill; the slug as words."""
        _, made = begin(content)

        assert (made.code, made.title, made.skills) == ("M04", "Who owns this data", ("engage",))
        assert (made.level, made.minutes) == (1, 30)
        assert made.last_checked == TODAY
        assert made.review_by - TODAY == timedelta(days=182)

    def test_holds_what_it_was_told(self, content):
        title = 'Who owns "it": a case'
        _, made = begin(content, title=title, skill="change-2", level=3, minutes=45)

        assert (made.title, made.skills, made.level, made.minutes) == (title, ("manage",), 3, 45)

    def test_takes_what_is_planned_of_it_and_may_stand_beside_the_plan(self, content):
        _, made = begin(content, "later")

        assert (made.code, made.title, made.level) == ("M03", "Later", 2)
        assert content.findings() == []
        assert "later" in library.load(content.root).unwritten

    def test_has_every_section_that_a_shown_module_needs(self, content):
        file, _ = begin(content)
        file.write_text(file.read_text("utf-8").replace("status: draft", "status: beta"), "utf-8")

        missing = {rule for rule, path, _ in content.found() if path.endswith(file.name)}

        assert missing == {"minutes", "part", "catalogue"}, "what only its author can write"

    def test_gives_no_answer_away(self, content):
        _, made = begin(content)

        places = [[option.best for option in one.options].index(True) for one in made.checks]
        assert max(map(places.count, places)) <= len(places) / 2


class TestIsRefused:
    @pytest.mark.parametrize(
        ("words", "says"),
        [
            ({"slug": "Who Owns"}, "small letters"),
            ({"slug": "../pages/more"}, "small letters"),
            ({"slug": "start"}, "is there already"),
            ({"slug": "more", "skill": "juggling"}, "Unknown skill 'juggling'. Known: engage"),
            ({"slug": "more", "title": "word " * 60}, "240 characters"),
            ({"slug": "more", "minutes": 5}, "minutes"),
        ],
    )
    def test_and_nothing_is_written(self, content, words, says):
        before = sorted((content.root / "modules").iterdir()), content.read(START)

        with pytest.raises(ScaffoldError, match=re.escape(says)):
            library.new_module(content.root, Draft(**words), today=TODAY)

        assert (sorted((content.root / "modules").iterdir()), content.read(START)) == before
