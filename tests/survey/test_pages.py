"""What somebody sees who answers the role survey: a section at a time, kept at once."""

import dataclasses
import html
import re

import pytest
from streamlit.testing.v1 import AppTest

from ccio_skills.library import Library
from ccio_skills.survey import commands, queries
from ccio_skills.survey.rules import Answer


def words(page):
    """Return what our own HTML says, without markup."""
    said = [one.value for one in page.get("html") if not one.value.startswith("<style")]
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", " ".join(said))).split())


def one(*keys):
    return Answer(keys=keys)


class Me:
    def __init__(self, visit):
        self.visit, self.db, self.id = visit, visit.db, visit.person.id
        self.role = visit.library.instrument["role-survey-2026"]

    def answer(self, code, given):
        commands.answer(self.db, self.id, self.role, code, given, at=self.visit.now)

    def answers(self):
        return queries.draft(self.db, self.id, self.role).answers

    def apart(self):
        return queries.apart(self.db, self.id, self.role)


@pytest.fixture
def me(visit):
    return Me(visit)


@pytest.fixture
def section(open_page):
    def open_section(code):
        page = open_page("survey", params={"section": code})
        assert not page.exception
        return page

    return open_section


def radio(page, code):
    return page.radio(key=f"survey:{code}:0")


def pills(page, code):
    return page.button_group(key=f"survey:{code}:0")


def box(page, code, place=0):
    return page.selectbox(key=f"survey:{code}:{place}")


def asked(page):
    return [one.value for one in page.subheader]


class TestASection:
    def test_needs_nothing_but_to_be_opened(self, open_page):
        page = open_page("survey")

        assert not page.exception
        assert page.title[0].value == "You and your post"
        assert "The role survey of 2026: section 1 of 7" in words(page)
        assert re.search(r"0 of 33 questions answered , about \d minutes left", words(page))
        assert [one.value for one in page.radio] == [None] * len(page.radio)
        assert "Saved" not in words(page)

    def test_keeps_an_answer_as_soon_as_it_is_given(self, me, section):
        page = section("A")
        radio(page, "A2").set_value("acute").run()

        assert not page.exception
        assert me.answers() == {"A2": one("acute")}
        assert "Saved: Acute trust or hospital." in words(page)
        assert "1 of 33 questions answered" in words(page)

    def test_keeps_each_kind_of_answer(self, me, section):
        page = section("B")
        box(page, "B1").set_value("2.5").run()
        box(page, "B2").set_value("3").run()
        pills(page, "B8").set_value(["cnio", "deputy-ccios"]).run()
        page = section("E")
        box(page, "E2", 0).set_value("mentoring").run()
        box(page, "E2", 1).set_value("site-visits").run()

        assert not page.exception
        assert me.answers() == {
            "B1": Answer(number=2.5),
            "B2": Answer(number=3),
            "B8": one("cnio", "deputy-ccios"),
            "E2": one("mentoring", "site-visits"),
        }
        assert "Saved: 2 chosen." in words(page)

    def test_keeps_no_fixed_time(self, me, section):
        page = section("B")
        box(page, "B1").set_value("instead").run()

        assert me.answers() == {"B1": one("instead")}
        assert "Saved: No fixed time." in words(page)

    def test_takes_an_answer_back(self, me, section):
        page = section("A")
        radio(page, "A2").set_value("acute").run()
        page.button(key="survey:A2:undo").click().run()

        assert not page.exception
        assert me.answers() == {}
        assert radio(page, "A2").value is None
        assert "Saved" not in words(page)

    def test_shows_answers_again(self, me, section):
        me.answer("A2", one("acute"))
        me.answer("A6", one("over-10"))

        page = section("A")

        assert radio(page, "A2").value == "acute"
        assert radio(page, "A6").value == "over-10"
        assert words(page).count("Saved:") == 2

    def test_leaves_a_newer_answer_of_another_tab_alone(self, me, section):
        page = section("A")
        radio(page, "A2").set_value("acute").run()
        me.answer("A2", one("ambulance"))

        page.run()

        assert me.answers() == {"A2": one("ambulance")}
        assert radio(page, "A2").value == "ambulance"

    def test_asks_for_no_free_text(self, section):
        for code in "ABCDEFG":
            assert not section(code).text_area

    @pytest.mark.parametrize("name", ["Z", "<b>", "../../etc/passwd", "end2"])
    def test_that_does_not_exist_is_the_first(self, open_page, name):
        page = open_page("survey", params={"section": name})

        assert not page.exception
        assert page.title[0].value == "You and your post"


class TestBranches:
    def test_open_and_close_as_answers_are_given(self, section):
        page = section("A")
        question = "Which informal experience had you had before?"
        assert question not in asked(page)

        radio(page, "A7").set_value("yes").run()
        assert question in asked(page)

        radio(page, "A7").set_value("no").run()
        assert not page.exception
        assert question not in asked(page)

    def test_offer_only_what_was_ticked_and_lose_nothing_on_the_way(self, me, section):
        page = section("C")
        pills(page, "C1").set_value(["strategy", "ai", "cyber"]).run()
        pills(page, "C2").set_value(["ai", "cyber"]).run()
        pills(page, "C1").set_value(["strategy", "cyber"]).run()

        assert not page.exception
        assert pills(page, "C2").value == ["cyber"]

        pills(page, "C1").set_value(["strategy", "cyber", "ai"]).run()

        assert not page.exception
        assert set(pills(page, "C2").value) == {"ai", "cyber"}
        assert me.answers()["C2"] == one("ai", "cyber")

    def test_refuse_a_fourth_of_three_and_say_what_to_do(self, me, section):
        page = section("C")
        pills(page, "C2").set_value(["strategy", "ai", "cyber"]).run()
        pills(page, "C2").set_value(["strategy", "ai", "cyber", "quality"]).run()

        assert not page.exception
        assert "4 are chosen, 3 is the most: take one off, and it is saved." in words(page)
        assert me.answers()["C2"] == one("strategy", "ai", "cyber")

        pills(page, "C2").set_value(["ai", "cyber", "quality"]).run()

        assert "is the most" not in words(page)
        assert me.answers()["C2"] == one("quality", "ai", "cyber")

    def test_tell_none_of_these_from_the_rest(self, me, section):
        page = section("B")
        pills(page, "B7").set_value(["staff"]).run()
        pills(page, "B7").set_value(["staff", "neither"]).run()

        assert not page.exception
        assert me.answers()["B7"] == one("neither")
        assert pills(page, "B7").value == ["neither"]


class TestGoingOn:
    def test_is_where_the_last_answer_was_given(self, me, open_page):
        me.answer("C1", one("ai", "cyber"))

        assert open_page("survey").title[0].value == "Work"

    def test_leads_from_each_section_to_the_next_without_an_answer(self, me, section):
        titles = [chapter.title for chapter in me.role.chapters]

        offered = [section(code).button(key="survey:next").label for code in "ABCDEFG"]

        assert offered == [*(f"Next: {title}" for title in titles[1:]), "See what is kept"]


class TestEquality:
    def test_is_kept_apart_and_not_counted(self, me, section):
        page = section("G")
        radio(page, "G2").set_value("female").run()

        assert me.answers() == {}
        assert me.apart() == {"G2": one("female")}
        assert "0 of 33 questions answered" in words(page)
        assert "kept apart from all your other answers" in words(page)


class TestTheEnd:
    def test_says_what_is_kept_and_that_it_goes_nowhere(self, me, section):
        me.answer("A2", one("acute"))
        me.answer("G2", one("female"))

        said = words(section("end"))

        assert "You and your post 1 of 8 answered" in said
        assert "Equality, if you wish 1 of 8 answered, kept apart from the rest" in said
        assert "Nowhere yet" in said
        assert "go to nobody unless you hand them to a collection" in said

    def test_sets_one_s_own_days_beside_a_ratio_of_means_and_says_so(self, me, section):
        me.answer("B1", Answer(number=2))
        me.answer("B2", Answer(number=2.5))

        said = words(section("end"))

        assert "You work 1.3 days for each day that is allocated." in said
        assert "2012: 1.5 times the time officially given." in said
        assert "It is not the mean or the middle of each person's own ratio" in said

    def test_erases_only_when_one_is_sure(self, me, section):
        me.answer("A2", one("acute"))
        me.answer("G2", one("female"))
        page = section("end")
        assert page.button(key="survey:erase").disabled

        page.checkbox(key="survey:sure").check().run()
        page.button(key="survey:erase").click().run()

        assert not page.exception
        assert me.answers() == me.apart() == {}
        assert "Your answers to this survey are erased." in words(page)


class TestACollectionThatKeepsText:
    @pytest.fixture
    def page(self, visit):
        def script(visit):
            import functools

            from ccio_skills import shell
            from ccio_skills.survey.pages import answering
            from ccio_skills.ui import Page

            show = functools.partial(answering.show, keeps_text=True)
            every = [
                Page(one.path, one.title, show if one.path == "survey" else one.show)
                for one in shell.pages()
            ]
            shell.run(visit, landing="survey", every=every)

        visit = dataclasses.replace(visit, params={"section": "C"})
        return AppTest.from_function(script, args=(visit,), default_timeout=30).run()

    def test_is_asked_in_words_and_keeps_them(self, me, page):
        page.text_area(key="survey:C4:0").set_value("Shared lists.").run()

        assert not page.exception
        assert me.answers()["C4"] == Answer(text="Shared lists.")
        assert "Saved: 2 words." in words(page)


def test_a_library_without_questions_says_so(open_page, shipped):
    held = {name: getattr(shipped, name) for name in Library.model_fields}

    page = open_page("survey", library=Library(**{**held, "instruments": ()}))

    assert not page.exception
    assert "This library asks no survey." in words(page)
