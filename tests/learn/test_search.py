"""Words in, modules out: questions, acronyms, slips of the finger, and words that mean the same."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccio_skills import library
from ccio_skills.learn.rules import search
from ccio_skills.learn.rules.search import words
from tests.conftest import CONTENT

# Loaded here for strategies; as an argument of a property it would be printed with each failure.
LIBRARY = library.load(CONTENT)
INDEX = search.index(LIBRARY)
unhurried = settings(deadline=None, max_examples=25)
queries = st.text(max_size=20) | st.lists(st.sampled_from(sorted(INDEX.seen)), max_size=4).map(
    " ".join
)


def made_up(*texts, terms=(), synonyms=()):
    """Make a library of one module for each text, which its fields take from those that ship."""
    base = LIBRARY.module["what-a-ccio-is-and-does"]
    plain = {"title": "Plain", "answers": ["Which?"], "objectives": ["See."], "keypoints": ["It."]}
    modules = tuple(
        base.model_copy(
            update={
                "slug": f"m{number}", "code": f"M{number}", "also": (), "checks": (), "body": "",
                **plain, **(text if isinstance(text, dict) else {"body": text}),
            }
        )
        for number, text in enumerate(texts)
    )  # fmt: skip
    return library.Library(
        domains=LIBRARY.domains,
        skills=LIBRARY.skills,
        modules=modules,
        terms=tuple(library.Term(term=short, long=long, means="It.") for short, long in terms),
        synonyms=tuple(library.Synonym(word=one, alike=others) for one, others in synonyms),
    )


def places(made, query):
    return [int(hit.slug[1:]) for hit in search.find(search.index(made), query)]


def codes(query):
    return [LIBRARY.module[hit.slug].code for hit in search.find(INDEX, query)]


class TestWords:
    @pytest.mark.parametrize(
        "forms",
        [
            "prioritise prioritize prioritising prioritized prioritisation prioritization",
            "organisation organization organisations",
            "resist resistance resistant resisting resists",
            "procure procurement procuring procured",
            "plan plans planned planning",
            "policy policies",
            "analyse analyze analysing analysis",
            "programme program programmes",
            "centre center centres",
            "usable usability",
            "digital digitally",
            "behaviour behavior",
            "trust's trust trusts",
        ],
    )
    def test_agree_with_their_other_forms_and_spellings(self, forms):
        assert len({words.stem(word) for word in forms.split()}) == 1

    @pytest.mark.parametrize(
        ("one", "other"), [("apply", "app"), ("programmer", "programme"), ("policy", "police")]
    )
    def test_stay_apart_where_they_mean_something_else(self, one, other):
        assert words.stem(one) != words.stem(other)

    def test_written_with_a_sign_between_are_one_word_too(self):
        assert words.compounds("Go-live, dm+d and CI/CD; and so - on") == ("golive", "dmd", "cicd")

    @given(word=st.text(max_size=30))
    def test_have_a_stem_that_is_no_longer_than_they_are_by_more_than_a_letter(self, word):
        for one in words.split(word):
            assert len(words.stem(one)) <= len(one) + 1

    def test_of_a_question_say_nothing_and_neither_does_a_letter_or_digit(self):
        said = [
            one for one in words.split("What is a 7 in R? The EPR!") if words.says_something(one)
        ]

        assert said == ["epr"]


class TestRank:
    """On made-up modules, worst first, so that order alone never passes."""

    def test_puts_titles_before_answers_before_aims_before_points(self):
        made = made_up(
            {"keypoints": ["lamp"]},
            {"objectives": ["lamp"]},
            {"answers": ["lamp"]},
            {"title": "lamp"},
        )

        assert places(made, "lamp") == [3, 2, 1, 0]

    def test_puts_a_point_before_the_text(self):
        made = made_up("lamp lamp", {"keypoints": ["lamp"]})

        assert places(made, "lamp") == [1, 0]

    def test_counts_other_words_for_a_module_as_its_answers(self):
        made = made_up("lamp", {"also": ["lamp"]})

        assert places(made, "lamp")[0] == 1

    def test_prefers_a_module_of_which_more_is_about_the_word(self):
        filling = " ".join(f"filling{number}" for number in range(400))
        made = made_up(f"board {filling}", f"board board board {filling}")

        assert places(made, "board") == [1, 0]

    def test_lets_a_rare_word_count_more_than_a_common_one(self):
        made = made_up("patient patient patient", "patient scribe", "patient", "patient")

        assert places(made, "patient scribe")[0] == 1

    def test_prefers_words_side_by_side_as_they_were_asked(self):
        made = made_up({"title": "safety of the case"}, {"title": "of the safety case"})

        assert places(made, "safety case") == [1, 0]

    def test_forgives_a_word_that_no_module_has(self):
        made = made_up("nothing here", "a lamp")

        assert places(made, "lamps for zeppelins") == [1]

    def test_leaves_out_what_fits_far_worse_than_the_best(self):
        made = made_up("lamp " + "filling " * 300, {"title": "lamp"}, *["filling " * 300] * 8)

        assert places(made, "lamp") == [1]

    def test_keeps_the_order_of_equals(self):
        made = made_up("safety", "safety", "safety")

        assert places(made, "safety") == [0, 1, 2]

    @pytest.mark.parametrize("query", ["a", "7", "s", "what is the", "", "who?", "–"])
    def test_finds_nothing_by_a_letter_a_digit_or_words_of_questions_alone(self, query):
        made = made_up("a 7 s what is the who a 7", {"title": "What is the s of 7?"})

        assert places(made, query) == []


class TestOtherWords:
    def test_finds_a_spelt_out_word_by_its_acronym_in_the_glossary(self):
        made = made_up("other", "the lamp warden", terms=[("ZLW", "zone lamp warden")])

        assert places(made, "ZLW") == [1]

    def test_finds_an_acronym_by_what_it_stands_for(self):
        made = made_up("zone", "lamp", "ZLW", "warden", terms=[("ZLW", "zone lamp warden")])

        assert 2 in places(made, "zone lamp wardens")

    def test_finds_words_that_readers_use_alike_after_the_word_itself(self):
        made = made_up("vendor", "supplier", "other", synonyms=[("supplier", ["vendor", "firm"])])

        assert places(made, "suppliers")[0] == 1
        assert places(made, "firm") == [0, 1], "both, for a word that stands nowhere"

    def test_finds_what_is_written_apart_and_together(self):
        made = made_up("other words", "the go-live", "a handover")

        assert places(made, "golive") == places(made, "go live") == places(made, "go-live") == [1]
        assert places(made, "hand over") == [2]

    def test_completes_a_word_that_was_begun(self):
        made = made_up("other", "interoperability")

        assert places(made, "interop") == [1]

    def test_takes_a_mistyped_word_for_the_nearest(self):
        made = made_up("prurient", "procurement", "the enrolment")

        assert places(made, "procuremint") == [1]

    def test_takes_no_short_word_for_a_mistyped_other(self):
        """AI is not IA, and "own" is not "owl"."""
        made = made_up("ai own owls")

        assert places(made, "ia") == []
        assert places(made, "owk") == []


class TestTheReason:
    def test_is_the_line_that_has_most_of_the_question(self):
        [line] = search.find_lines(INDEX, "who signs off the safety case", [_slug("M20")]).values()

        assert "safety case" in line or "sign-off" in line

    def test_comes_from_the_text_where_nothing_else_has_a_word(self):
        made = made_up("# A lamp\n\nFirst line. [F01]\n- **A zebra** crosses [F02].\nLast.")

        lines = search.find_lines(search.index(made), "zebras", ["m0"])

        assert lines == {"m0": "A zebra crosses."}

    def test_is_missing_where_only_the_title_has_the_word(self):
        made = made_up({"title": "Zebras"})

        assert search.find_lines(search.index(made), "zebra", ["m0"]) == {}


class TestMentions:
    def test_wants_every_word_that_says_something(self):
        assert search.mentions("Clinical safety cases", "what is a safety case")
        assert not search.mentions("Clinical safety cases", "safety of trains")
        assert not search.mentions("Clinical safety cases", "a")


def _slug(code):
    return next(slug for slug, one in LIBRARY.module.items() if one.code == code)


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
            ("board", "M05"),
            ("DevOps", "M47"),
            ("IG", "M55"),
            ("dm+d", "M37"),
            ("is our chatbot a medical device", "M57"),
            ("clincal enagement", "M09"),
            ("chnage mangement", "M10"),
        ],
    )
    def test_has_the_fitting_module_first(self, query, first):
        assert codes(query)[0] == first
        assert codes(query.upper()) == codes(query.lower()) == codes(query)

    @pytest.mark.parametrize(
        ("query", "code"),
        [("EPR", "M27"), ("electronic patient record", "M27"), ("CSO", "M17"), ("CSO", "M18")],
    )
    def test_has_the_fitting_module_among_the_first_three(self, query, code):
        assert code in codes(query)[:3]

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

    @pytest.mark.parametrize(
        "query", ["qwertyuiop", "zzzz qqqq", "99999", "!?", "", "   ", "\n\t", "...", "–"]
    )
    def test_finds_nothing_for_nonsense(self, query):
        assert codes(query) == []

    @pytest.mark.parametrize(
        "query",
        [".*", "(a+)+$", "[", "\\", "%s", "{0}", "' OR 1=1 --", "<b>", "\x00", "(?P<x>", "*" * 500],
    )
    def test_takes_a_query_like_a_pattern_for_plain_words(self, query):
        plain = " ".join(re.findall("[a-z0-9]+", query.casefold()))

        assert codes(query) == codes(plain)

    @pytest.mark.parametrize(
        "query", ["safety " * 300, "x" * 100_000, "procurment " * 50, "x-" * 20_000, "x" * 9 + " y"]
    )
    def test_bears_a_very_long_query(self, query):
        began = time.process_time()

        found = codes(query)

        assert len(found) == len(set(found)) <= len(INDEX.order)
        assert time.process_time() - began < 0.5

    @pytest.mark.parametrize("module", LIBRARY.module.values(), ids=lambda module: module.code)
    def test_has_each_module_first_under_its_title_and_under_its_code(self, module):
        assert codes(module.title)[0] == module.code
        assert codes(module.code) == [module.code]

    @given(data=st.data(), module=st.sampled_from(sorted(LIBRARY.module)))
    @unhurried
    def test_finds_a_title_with_a_letter_left_out(self, data, module):
        title = LIBRARY.module[module].title
        at = data.draw(st.integers(0, len(title) - 1))

        found = codes(title[:at] + title[at + 1 :])

        assert LIBRARY.module[module].code in found

    def test_is_prepared_once_for_a_library(self):
        made = made_up("lamp")

        assert search.index(made) is search.index(made)


class TestAnyQuery:
    @given(query=queries)
    @unhurried
    def test_finds_known_modules_each_once_best_first_whatever_the_case(self, query):
        found = search.find(INDEX, query)
        scores = [hit.score for hit in found]

        assert len({hit.slug for hit in found}) == len(found)
        assert {hit.slug for hit in found} <= set(LIBRARY.module)
        assert scores == sorted(scores, reverse=True)
        assert all(score > 0 for score in scores)
        assert search.find(INDEX, query.casefold()) == found

    @given(query=queries)
    @unhurried
    def test_shows_only_lines_that_the_module_has(self, query):
        found = [hit.slug for hit in search.find(INDEX, query)][:3]

        for slug, line in search.find_lines(INDEX, query, found).items():
            module = LIBRARY.module[slug]
            short = {*module.answers, *module.objectives, *module.keypoints}
            short |= {part.title for part in module.parts}
            plain = re.sub(r" ?\[F\d+\]|[*|]", "", module.body)
            assert line in short or line.strip() in plain
