"""What those who look after the library see."""

import html
import re
from datetime import UTC, datetime

import pytest

from ccio_skills import library
from ccio_skills.assess import commands as assess
from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.vocabulary import Level
from tests.library.test_checks import START, Content


def words(page):
    """Return what our own HTML says, without markup."""
    said = [one.value for one in page.get("html") if not one.value.startswith("<style")]
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", " ".join(said))).split())


def rows(page):
    """Return the rows of the matrix: name of the skill, then its four cells."""
    [table] = [one.value for one in page.get("html") if '<table class="cc-matrix"' in one.value]
    found = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', table)
    return {
        html.unescape(name): [
            " ".join(re.sub("<[^>]+>", "", cell).split())
            for cell in re.findall("<td.*?</td>", cells)
        ]
        for name, cells in found
    }


def rate(visit, **levels):
    for name, level in levels.items():
        rating = Rating(name.replace("_", "-"), Level(level), visit.now)
        assess.answer(visit.db, visit.person.id, rating, library=visit.library)


@pytest.fixture
def content(tmp_path):
    return Content(tmp_path / "content")


class TestContentHealth:
    def test_is_reached_from_the_foot_of_the_library(self, open_page):
        links = [one.value for one in open_page("library").get("page_link")]

        assert "How healthy is this library?" in links
        assert links[-3:] == ["About", "Privacy", "Help"]

    def test_shows_each_skill_at_each_level(self, open_page, shipped):
        shown = rows(open_page("health"))

        assert list(shown) == [skill.title for skill in shipped.skills]
        assert shown["Change management"] == ["at work", "2 modules", "1 module", "at work"]
        assert shown["Clinical engagement"] == ["at work", "1 module", "+1 helps", "+1 helps"]

    def test_says_how_many_modules_a_clinician_has_reviewed(self, open_page):
        said = words(open_page("health"))

        assert "66 modules serve 45 skills." in said
        assert "A named clinician has reviewed none of the modules." in said

    def test_names_what_is_overdue_a_draft_or_less_than_verified(self, open_page, content):
        content.change(START, "review_by: 2027-11-22", "review_by: 2026-12-31")
        content.change("modules/next.md", "status: beta", "status: draft")
        content.change("facts.yml", "grade: V", "grade: K")
        later = datetime(2027, 1, 1, tzinfo=UTC)

        page = open_page("health", library=library.load(content.root), now=later)

        said = words(page)
        assert "M01 Start 31 December 2026" in said
        assert "modules Next" in said
        assert "F01 Survey Seven people completed the survey. In M01." in said
        assert [one.label for one in page.expander] == ["Grade K, own knowledge: 1 fact"]

    def test_names_what_is_next_when_nothing_is_overdue(self, open_page, content):
        said = words(open_page("health", library=library.load(content.root)))

        assert "None. The next is M01, on 22 November 2027." in said
        assert "None: learners see everything that is written." in said

    def test_invites_somebody_who_has_rated_nothing(self, open_page, settled):
        assert "Rate my skills" in [one.value for one in open_page("health").get("page_link")]

    def test_names_my_own_gaps_that_no_module_serves(self, open_page, settled):
        """A new CCIO is to practise information governance; its module teaches level 2."""
        rate(settled, information_governance=2, change_management=1)

        said = words(open_page("health"))

        assert "TRUST-1 Information governance To 3 Practising. At work: Lead the" in said
        assert "CHANGE-2" not in said

    def test_says_so_when_modules_serve_all_my_gaps(self, open_page, settled):
        rate(settled, change_management=1)

        assert "None: a module serves each step of the gaps you rated." in words(
            open_page("health")
        )
