"""Branches, answers, minutes, and what a collection is handed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccio_skills import library
from ccio_skills.library import QuestionKind
from ccio_skills.survey.rules import (
    NOT_ANSWERED,
    Answer,
    AnswerError,
    answers,
    as_items,
    code,
    items,
    route,
)
from tests.conftest import CONTENT

LIBRARY = library.load(CONTENT)
ROLE = LIBRARY.instrument["role-survey-2026"]


def one(*keys):
    return Answer(keys=keys)


def follow(given_answers, *, keeps_text=False):
    return route.find(ROLE, given_answers, keeps_text=keeps_text)


def asked(given_answers, **options):
    return {question.code for question in follow(given_answers, **options).asked}


def to(question):
    """Any answer that a question takes."""
    if question.kind is QuestionKind.TEXT:
        return st.text(min_size=1, max_size=50).map(lambda words: Answer(text=words))
    if question.kind is QuestionKind.NUMBER:
        instead = [one(answers.INSTEAD)] if question.instead else []
        numbers = [Answer(number=number) for number in answers.numbers(question)]
        return st.sampled_from([*numbers, *instead])
    most = 1 if question.kind.is_one_of else question.at_most or len(question.choices)
    lone = {choice.key for choice in question.choices if choice.alone}
    chosen = st.lists(st.sampled_from(question.keys), min_size=1, max_size=most, unique=True)
    return chosen.filter(lambda keys: len(keys) == 1 or not lone & set(keys)).map(
        lambda keys: Answer(keys=tuple(keys))
    )


anything = st.fixed_dictionaries(
    {}, optional={name: to(question) for name, question in ROLE.question.items()}
)


USUAL = {
    "A7": one("yes"),
    "A8": one("one"),
    "B5": one("no"),
    "B7": one("budget", "staff"),
    "C1": one("strategy", "clinical-engagement", "procurement", "clinical-safety", "ai"),
    "D5": one("ai", "team", "other"),
}


class TestBranches:
    @pytest.mark.parametrize(
        ("answered", "branch"),
        [
            ({"A7": one("yes")}, "A7b"),
            ({"B7": one("budget")}, "B7b"),
            ({"B7": one("staff", "budget")}, "B7c"),
        ],
    )
    def test_open_by_an_answer_and_close_without_it(self, answered, branch):
        assert branch in asked(answered)
        assert branch not in asked({})

    @pytest.mark.parametrize(
        ("answered", "branch"),
        [
            ({"A1": one("other")}, "A1b"),
            ({"A8": one("one")}, "A8b"),
            ({"B5": one("not-sure")}, "B5b"),
            ({"D4": one("yes")}, "D4b"),
            ({"D5": one("other")}, "D5c"),
            ({"E1": one("other", "fci")}, "E1b"),
            ({}, "C4"),
        ],
    )
    def test_to_free_text_are_taken_only_where_it_is_kept(self, answered, branch):
        assert branch in asked(answered, keeps_text=True)
        assert branch not in asked(answered)

    def test_that_were_left_since_count_no_more(self):
        given_answers = {"A7": one("no"), "A7b": one("project-team")}

        assert "A7b" not in follow(given_answers).answers

    def test_offer_among_three_only_what_was_ticked_before(self):
        ticked = {"C1": one("strategy", "ai", "cyber"), "C2": one("ai", "quality")}

        found = follow(ticked)
        [question] = [question for question in found.asked if question.code == "C2"]

        assert question.keys == ("strategy", "ai", "cyber")
        assert found.answers["C2"] == one("ai")

    def test_ask_nothing_where_one_thing_is_left(self):
        assert "C2" not in asked({"C1": one("ai")})
        assert "C2" in asked({})

    @given(given_answers=anything, keeps_text=st.booleans())
    @settings(max_examples=60, deadline=None)
    def test_hold_whatever_is_answered(self, given_answers, keeps_text):
        found = follow(given_answers, keeps_text=keeps_text)

        by_code = {question.code: question for question in found.asked}
        assert set(found.answers) <= set(by_code)
        for name, answer in found.answers.items():
            answers.check(by_code[name], answer)
        assert follow(found.answers, keeps_text=keeps_text) == found, "to follow twice is once"
        assert keeps_text or not any(answer.text for answer in found.answers.values())


class TestAnswers:
    @pytest.mark.parametrize(
        ("name", "answer"),
        [
            ("A1", one("king")),
            ("A1", one("ccio", "cmio")),
            ("A1", Answer()),
            ("A1", Answer(text="ccio")),
            ("C3", one("strategy", "quality", "ai")),
            ("C1", one("ai", "ai")),
            ("B7", one("neither", "staff")),
            ("B1", Answer(number=2.25)),
            ("B1", Answer(number=5.5)),
            ("B1", Answer(number=-0.5)),
            ("B2", one("instead")),
            ("B1", Answer(keys=("instead",), number=2)),
            ("C4", Answer(text="x" * 1001)),
            ("C4", one("ai")),
        ],
    )
    def test_that_a_question_does_not_offer_are_refused(self, name, answer):
        with pytest.raises(AnswerError, match=name):
            answers.check(ROLE.question[name], answer)

    @given(data=st.data(), name=st.sampled_from(sorted(ROLE.question)))
    @settings(max_examples=80, deadline=None)
    def test_come_back_as_they_were_kept(self, data, name):
        question = ROLE.question[name]
        answer = data.draw(to(question))

        assert answers.decode(question, answers.encode(question, answer)) == answer

    @pytest.mark.parametrize("kept", ["", "king", "2.3", "nan", "1e9", "instead strategy", "\x00"])
    def test_that_were_tampered_with_are_none(self, kept):
        for name in ("A1", "B1", "C1", "E2"):
            assert answers.decode(ROLE.question[name], kept) is None

    def test_none_of_these_goes_with_nothing_else(self):
        question = ROLE.question["B7"]

        assert answers.alone(question, ("budget", "neither"), ("budget",)) == ("neither",)
        assert answers.alone(question, ("neither", "staff"), ("neither",)) == ("staff",)
        assert answers.alone(question, ("budget", "staff"), ("budget",)) == ("budget", "staff")


class TestMinutes:
    def test_come_to_about_twelve_with_free_text_and_to_nine_without(self):
        """Of somebody who meets most branches; an estimate, not a measurement."""
        for keeps_text, expected in ((True, 12), (False, 9)):
            asked_of = follow(USUAL, keeps_text=keeps_text).asked
            questions = [question for question in asked_of if question.code not in ROLE.apart]

            assert route.minutes(questions) == pytest.approx(expected, abs=0.5)

    def test_are_counted_from_words_and_kinds(self):
        """F1: 12 words and 10 in its choices, at 200 a minute, and 5 seconds."""
        assert route.minutes([ROLE.question["F1"]]) == pytest.approx(22 / 200 + 5 / 60)

    def test_go_down_with_every_answer(self):
        before = route.progress(follow({}), apart=ROLE.apart)
        after = route.progress(follow({"A1": one("ccio")}), apart=ROLE.apart)

        assert after.answered == before.answered + 1 == 1
        assert after.asked == before.asked
        assert after.minutes_left < before.minutes_left

    def test_do_not_count_what_is_kept_apart(self):
        progress = route.progress(follow({"G1": one("under-35")}), apart=ROLE.apart)

        assert progress.answered == 0
        assert progress.asked == len(follow({}).asked) - len(ROLE.apart)


class TestResuming:
    def test_begins_at_the_first_section(self):
        assert route.resume(ROLE, follow({}), last=None).code == "A"

    def test_goes_on_where_the_last_answer_was_given(self):
        assert route.resume(ROLE, follow({"C1": one("ai")}), last="C1").code == "C"

    def test_goes_on_to_the_next_section_once_one_is_complete(self):
        complete = {"F1": one("agree"), "F2": one("agree")}

        assert route.resume(ROLE, follow(complete), last="F2").code == "G"

    def test_takes_no_harm_from_a_question_that_is_gone(self):
        assert route.resume(ROLE, follow({}), last="Z9").code == "A"


class TestWhatACollectionIsHanded:
    def test_is_closed_items_only(self):
        keys = [item.key for item in as_items(ROLE)]

        assert len(set(keys)) == len(keys)
        assert not {"A1b", "C4", "D1"} & {key.partition("/")[0] for key in keys}
        assert all(len(set(item.categories)) >= 2 for item in as_items(ROLE))

    def test_keeps_equality_apart(self):
        rest = {item.key for item in as_items(ROLE)}
        apart = {item.key for item in as_items(ROLE, apart=True)}

        assert apart == set(ROLE.apart)
        assert not rest & apart

    def test_puts_days_into_groups(self):
        [days] = [item for item in as_items(ROLE) if item.key == "B1"]
        [study] = [item for item in as_items(ROLE) if item.key == "D6"]

        assert days.categories == ("0", "½ to 1", "1½ to 2", "2½ to 3", "3½ to 4", "4½ to 5")
        assert study.categories[-1] == "10½ or more"
        assert days.is_ordered

    def test_asks_each_choice_of_many_as_yes_or_no(self):
        coded = code(ROLE, follow({"C1": one("ai", "cyber"), "E2": one("mentoring")}).answers)

        assert (coded["C1/ai"], coded["C1/cyber"], coded["C1/quality"]) == (1, 1, 0)
        assert (coded["E2/mentoring"], coded["E2/site-visits"]) == (1, 0)
        assert coded["E3/mentoring"] == NOT_ANSWERED

    def test_leaves_no_fixed_time_out_of_the_days_and_counts_it_by_itself(self):
        without = code(ROLE, {"B1": one("instead"), "B2": Answer(number=3)})
        with_days = code(ROLE, {"B1": Answer(number=2)})

        assert (without["B1"], without["B1/instead"]) == (NOT_ANSWERED, 1)
        assert without["workload"] == NOT_ANSWERED
        assert (with_days["B1"], with_days["B1/instead"]) == (2, 0)

    @given(given_answers=anything, apart=st.booleans())
    @settings(max_examples=60, deadline=None)
    def test_is_one_category_for_each_item(self, given_answers, apart):
        coded = code(ROLE, follow(given_answers).answers, apart=apart)

        asked_for = {item.key: item for item in as_items(ROLE, apart=apart)}
        assert set(coded) == set(asked_for)
        for key, category in coded.items():
            assert NOT_ANSWERED <= category < len(asked_for[key].categories)


class TestTheWorkloadRatio:
    @pytest.mark.parametrize(
        ("given_days", "spent", "ratio", "band"),
        [
            (2, 3, 1.5, "Over a quarter, up to half as much again"),
            (2, 2, 1, "As allocated"),
            (3, 2, 2 / 3, "Less than allocated"),
            (2, 2.5, 1.25, "Up to a quarter more"),
            (0.5, 1, 2, "Over half as much again, up to twice"),
            (1, 5, 5, "More than twice"),
            (2, 0, 0, "Less than allocated"),
        ],
    )
    def test_is_days_worked_for_each_day_allocated(self, given_days, spent, ratio, band):
        both = {"B1": Answer(number=given_days), "B2": Answer(number=spent)}

        [item] = [item for item in as_items(ROLE) if item.key == "workload"]
        assert items.workload_ratio(ROLE, both) == pytest.approx(ratio)
        assert item.categories[code(ROLE, both)["workload"]] == band

    @pytest.mark.parametrize(
        "given_answers",
        [
            {"B1": Answer(number=0), "B2": Answer(number=3)},
            {"B1": one("instead"), "B2": Answer(number=3)},
            {"B1": Answer(number=2)},
            {"B2": Answer(number=2)},
        ],
    )
    def test_is_left_out_where_there_is_none(self, given_answers):
        assert items.workload_ratio(ROLE, given_answers) is None
        assert code(ROLE, given_answers)["workload"] == NOT_ANSWERED
