"""What a library covers, what is late, what it leans on, and which gaps it leaves."""

from datetime import date

import pytest

from ccio_skills import library
from ccio_skills.assess.rules.gaps import Gap
from ccio_skills.manage import rules
from ccio_skills.vocabulary import Importance, Level
from tests.library.test_checks import FACTS, FIRST, NEXT, START, Content

TODAY = date(2027, 1, 1)


@pytest.fixture
def content(tmp_path):
    """Two modules of level 2 about engagement."""
    return Content(tmp_path / "content")


def examine(content, *, today=TODAY):
    return rules.examine(library.load(content.root), today=today)


class TestCoverage:
    def test_counts_modules_about_a_skill_at_their_level(self, content):
        covered = examine(content).coverage

        assert [one.words for one in covered["engage"]] == ["at work", "2", "at work", "at work"]
        assert [one.words for one in covered["manage"]] == ["at work"] * 4

    def test_counts_modules_that_help_besides(self, content):
        content.change(START, "skills: [engage]", "skills: [engage, manage]")
        content.change(NEXT, "skills: [engage]", "skills: [manage, engage]")

        covered = examine(content).coverage

        assert (covered["engage"][1].words, covered["manage"][1].words) == ("1 +1", "1 +1")

    def test_leaves_out_what_is_not_shown(self, content):
        content.change(START, "status: beta", "status: draft")

        assert examine(content).coverage["engage"][1].words == "1"

    def test_says_nothing_where_there_is_nothing(self):
        assert rules.Coverage(main=0, others=0, is_at_work=False).words == "nothing"
        assert rules.Coverage(main=0, others=0, is_at_work=False).is_nothing
        assert not rules.Coverage(main=0, others=1, is_at_work=False).is_nothing

    def test_leaves_no_step_of_what_ships_without_a_module_or_something_at_work(self, shipped):
        covered = rules.examine(shipped, today=TODAY).coverage

        assert set(covered) == set(shipped.skill)
        assert not any(one.is_nothing for cells in covered.values() for one in cells)
        assert sum(one.main for cells in covered.values() for one in cells) == len(shipped.module)


class TestReviews:
    def test_are_overdue_the_day_after_their_date_the_longest_first(self, content):
        content.change(START, "review_by: 2027-11-22", "review_by: 2026-12-31")
        content.change(NEXT, "review_by: 2027-11-22", "review_by: 2026-12-30")

        found = examine(content)

        assert [one.slug for one in found.overdue] == ["next", "start"]
        assert found.next_due is None

    def test_that_are_due_today_are_next(self, content):
        content.change(START, "review_by: 2027-11-22", f"review_by: {TODAY}")

        found = examine(content)

        assert (found.overdue, found.next_due.slug) == ((), "start")

    def test_by_a_clinician_are_counted(self, content):
        content.change(START, "reviewed_by: null", "reviewed_by: A Clinician")

        assert examine(content).unreviewed == 1


class TestDrafts:
    def test_are_listed_whatever_their_kind(self, content):
        content.change(START, "status: beta", "status: draft")
        content.change(FIRST, "status: beta", "status: draft")
        content.change(NEXT, "status: beta", "status: retired")

        assert [(one.kind, one.title) for one in examine(content).drafts] == [
            ("modules", "Start"),
            ("paths", "A first path"),
        ]


class TestWeakFacts:
    def test_are_those_that_shown_modules_cite_worst_first(self, content):
        own = FACTS.replace("F01", "F100").replace("grade: V", "grade: K")
        content.write("facts.yml", FACTS.replace("grade: V", "grade: Vs") + own)
        content.change(START, "[F01]", "[F01, F100]")
        content.change(START, "answered [F01]", "answered [F01] [F100]")

        found = examine(content).weak

        assert [(one.fact.id, [each.slug for each in one.modules]) for one in found] == [
            ("F100", ["start"]),
            ("F01", ["start", "next"]),
        ]

    def test_are_none_when_all_are_verified_or_nobody_cites_them(self, content):
        content.write("facts.yml", FACTS + FACTS.replace("F01", "F02").replace(": V", ": Vs"))

        assert examine(content).weak == ()


class TestOwnGaps:
    def find(self, content, now, target, skill="engage"):
        gap = Gap(
            skill,
            code="CHANGE-1",
            now=None if now is None else Level(now),
            target=Level(target),
            importance=Importance.CORE,
        )
        found = rules.find_unserved([gap], library=library.load(content.root))
        return [one.step for one in found]

    def test_are_the_steps_above_and_below_what_modules_reach(self, content):
        """Both modules teach level 2 of engagement, and level 1 in part."""
        assert self.find(content, 0, 4) == [3, 4]
        assert self.find(content, 0, 2) == []

    def test_are_every_step_of_a_skill_without_a_module(self, content):
        assert self.find(content, 1, 3, skill="manage") == [2, 3]

    @pytest.mark.parametrize(("now", "target"), [(3, 3), (4, 3), (None, 3)])
    def test_are_none_when_met_or_not_rated(self, content, now, target):
        assert self.find(content, now, target) == []

    def test_say_what_to_do_at_work_instead(self, content):
        gap = Gap("manage", "CHANGE-2", Level.AWARE, Level.CONTRIBUTING, Importance.CORE)

        [found] = rules.find_unserved([gap], library=library.load(content.root))

        assert found.action.title == "Do it once"


def test_a_library_of_nothing_is_examined():
    found = rules.examine(library.Library(), today=TODAY)

    assert (found.coverage, found.overdue, found.next_due, found.unreviewed) == ({}, (), None, 0)
