"""Words in, modules out: titles before skills before text, and a slip of the finger still finds."""

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ccio_skills import library
from ccio_skills.learn.rules import search
from tests.conftest import CONTENT
from tests.partly import partly_written

# Loaded here for strategies; as an argument of a property it would be printed with each failure.
LIBRARY = partly_written(library.load(CONTENT))
ENTRIES = search.index(LIBRARY)
unhurried = settings(deadline=None, max_examples=25)
queries = st.text(max_size=20) | st.lists(
    st.sampled_from(sorted({word for entry in ENTRIES for word in entry.title | entry.skill})),
    max_size=4,
).map(" ".join)


def entry(slug, *, title="", skill="", about="", body=""):
    places = (title, skill, about, body)
    return search.Entry(slug, *(frozenset(words.split()) for words in places))


def codes(query):
    return [LIBRARY.module[slug].code for slug in search.find(ENTRIES, query)]


class TestRank:
    """On made-up modules, worst first, so that order alone never passes."""

    def test_puts_titles_before_skills_before_what_it_answers_before_text(self):
        entries = [
            entry("in-the-text", body="hazard"),
            entry("in-the-answers", about="hazard"),
            entry("in-the-skill", skill="hazard"),
            entry("in-the-title", title="hazard"),
        ]

        assert search.find(entries, "hazard") == (
            "in-the-title",
            "in-the-skill",
            "in-the-answers",
            "in-the-text",
        )

    def test_puts_the_word_before_its_beginning_before_a_typo(self):
        entries = [
            entry("typo", title="procuremint"),
            entry("beginning", title="procurements"),
            entry("word", title="procurement"),
        ]

        assert search.find(entries, "procurement") == ("word", "beginning", "typo")

    def test_prefers_more_words_in_better_places(self):
        entries = [
            entry("one-word-in-the-title", title="safety", body="case"),
            entry("both-in-the-skill", skill="safety case"),
            entry("both-in-the-title", title="safety case"),
        ]

        assert search.find(entries, "safety case") == (
            "both-in-the-title",
            "both-in-the-skill",
            "one-word-in-the-title",
        )

    def test_wants_every_word_somewhere(self):
        entries = [entry("half", title="safety"), entry("both", title="safety", body="case")]

        assert search.find(entries, "safety case") == ("both",)

    def test_keeps_the_order_of_equals(self):
        entries = [entry(slug, title="safety") for slug in "cab"]

        assert search.find(entries, "safety") == ("c", "a", "b")

    def test_takes_no_short_word_for_a_mistyped_other(self):
        """AI is not IA, and "own" is not "owl"; "ow" is too short for a beginning."""
        entries = [entry("a", title="ai own")]

        assert search.find(entries, "ia") == ()
        assert search.find(entries, "owl") == ()
        assert search.find(entries, "ow") == ()


class TestTheShippedLibrary:
    @pytest.mark.parametrize(
        ("query", "first"),
        [
            ("software deployment", "M43"),
            ("software development", "M46"),
            ("change management", "M10"),
            ("clinical engagement", "M09"),
            ("understanding what is available", "M50"),
            ("information governance", "M55"),
            ("DCB0129", "M18"),
            ("scrum", "M44"),
            ("board", "M60"),
            ("DevOps", "M47"),
            ("EPR", "M26"),
            ("electronic patient record", "M26"),
        ],
    )
    def test_has_the_fitting_module_first(self, query, first):
        assert codes(query)[0] == first

    @pytest.mark.parametrize(
        ("acronym", "code"), [("IG", "M55"), ("EPR", "M26"), ("CSO", "M17"), ("CSO", "M18")]
    )
    def test_finds_by_an_acronym(self, acronym, code):
        assert code in codes(acronym)
        assert codes(acronym.lower()) == codes(acronym)

    def test_has_information_governance_first_under_its_own_acronym(self):
        assert codes("IG")[0] == "M55"

    @pytest.mark.parametrize(
        ("typo", "meant"),
        [
            ("procurment", "procurement"),
            ("enagement", "engagement"),
            ("mangement", "management"),
            ("saftey", "safety"),
            ("deploymnet", "deployment"),
        ],
    )
    def test_forgives_a_typo(self, typo, meant):
        assert codes(meant)[0] in codes(typo)

    def test_has_the_same_module_first_in_spite_of_a_typo(self):
        assert codes("clincal enagement")[0] == "M09"
        assert codes("chnage mangement")[0] == "M10"

    @pytest.mark.parametrize(
        "query", ["qwertyuiop", "zzzz qqqq", "safety qwertyuiop", "9999", "!?"]
    )
    def test_finds_nothing_for_nonsense(self, query):
        assert codes(query) == []

    @pytest.mark.parametrize("query", ["", "   ", "\n\t", "...", "–"])
    def test_finds_nothing_for_an_empty_query(self, query):
        assert codes(query) == []

    @pytest.mark.parametrize(
        "query",
        [".*", "(a+)+$", "[", "\\", "%s", "{0}", "' OR 1=1 --", "<b>", "\x00", "(?P<x>", "*" * 500],
    )
    def test_takes_a_query_like_a_pattern_for_plain_words(self, query):
        plain = " ".join(re.findall("[a-z0-9]+", query.casefold()))

        assert codes(query) == codes(plain)

    @pytest.mark.parametrize("query", ["safety " * 300, "x" * 100_000, "procurment " * 50])
    def test_bears_a_very_long_query(self, query):
        found = codes(query)

        assert len(found) == len(set(found)) <= len(ENTRIES)

    @pytest.mark.parametrize("module", LIBRARY.module.values(), ids=lambda module: module.code)
    def test_has_each_module_first_under_its_title_and_under_its_code(self, module):
        assert codes(module.title)[0] == module.code
        assert codes(module.code) == [module.code]

    @given(data=st.data(), module=st.sampled_from(sorted(LIBRARY.module)))
    @unhurried
    def test_finds_a_title_with_a_letter_left_out(self, data, module):
        long = re.findall("[a-z0-9]{5,}", LIBRARY.module[module].title.casefold())
        assume(long)
        word = data.draw(st.sampled_from(long))
        place = data.draw(st.integers(0, len(word) - 1))

        assert module in search.find(ENTRIES, word[:place] + word[place + 1 :])


class TestAnyQuery:
    @given(query=queries)
    @unhurried
    def test_finds_known_modules_each_once_whatever_the_case(self, query):
        found = search.find(ENTRIES, query)

        assert len(set(found)) == len(found)
        assert set(found) <= set(LIBRARY.module)
        assert search.find(ENTRIES, query.casefold()) == found

    @given(query=queries, more=queries)
    @unhurried
    def test_finds_no_more_with_more_words(self, query, more):
        fewer = search.find(ENTRIES, query)
        assume(fewer)

        assert set(search.find(ENTRIES, f"{query} {more}")) <= set(fewer)
