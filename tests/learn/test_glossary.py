"""The first use of a word opens, nothing of the text is lost, and the list finds its words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccio_skills.learn.rules import glossary
from ccio_skills.library import Term

TERMS = (
    Term(term="hazard", means="Something that could harm."),
    Term(term="hazard log", means="The list of hazards."),
    Term(term="CSO", long="clinical safety officer", means="Leads on safety."),
    Term(term="PAS", long="patient administration system", means="Knows who is where."),
    Term(term="dm+d", means="Names of medicines."),
    Term(term="user story", means="A need, from a user's side."),
    Term(term="Kotter's model", means="Eight steps."),
    Term(term="build", means="A version.", plain=True),
    Term(term="NHS", means="Known to all.", everyday=True),
)
WORDS = glossary.gather(TERMS)
texts = st.lists(
    st.sampled_from(
        [
            *(term.term for term in TERMS), "Hazards", "clinical safety officers", " ", "\n",
            "\n\n", "|", "`", "```", "[", "](x)", "https://a.org/hazard", "# ", "|---|", "**", "-",
            "<b>", "In words: ", "word", ".",
        ]
    )
    | st.text(max_size=4),
    max_size=30,
).map("".join)  # fmt: skip


def marked(text, words=WORDS):
    return [piece.words for piece in glossary.cut(text, words) if piece.term]


class TestCut:
    @given(text=texts)
    def test_loses_nothing_of_the_text_and_marks_each_word_once(self, text):
        pieces = glossary.cut(text, WORDS)
        named = [piece.term.term for piece in pieces if piece.term]

        assert "".join(piece.words for piece in pieces) == text
        assert len(named) == len(set(named))

    def test_marks_the_first_use_alone(self):
        pieces = glossary.cut("A hazard is no harm. Another hazard.", WORDS)

        assert [piece.words for piece in pieces] == ["A ", "hazard", " is no harm. Another hazard."]
        assert pieces[1].term == TERMS[0]

    def test_takes_the_longest_word_first(self):
        assert marked("The hazard log lists a hazard.") == ["hazard log", "hazard"]
        assert marked("A hazard log, and the hazard log.") == ["hazard log"]

    @pytest.mark.parametrize(
        "form",
        ["hazards", "Hazard", "Hazard logs", "CSOs", "user stories", "dm+d", "Kotter’s model",
         "clinical safety officer", "Clinical safety officers"],
    )  # fmt: skip
    def test_knows_plurals_first_letters_and_what_is_spelt_out(self, form):
        assert marked(f"See {form}.") == [form]

    def test_takes_an_acronym_and_what_it_stands_for_as_one_word(self):
        assert marked("The clinical safety officer (CSO) signs.") == ["clinical safety officer"]

    @pytest.mark.parametrize(
        "text",
        ["as time pas", "HAZARD", "cso", "biohazard", "hazardous", "non-hazard", "hazard-free",
         "dm+de", "PASS"],
    )  # fmt: skip
    def test_leaves_other_words_and_other_capitals_alone(self, text):
        assert marked(text) == []

    def test_leaves_plain_and_everyday_words_alone(self):
        assert marked("They build a build in the NHS.") == []

    @pytest.mark.parametrize(
        "text",
        [
            "## A hazard\n",
            "`hazard`",
            "``a ` hazard``",
            "```template\nhazard\n```\n",
            "```mermaid\nhazard\n```\n",
            "[a hazard](hazard.md)",
            "https://example.org/hazard",
            "<https://example.org/hazard>",
            "| hazard | harm |\n|---|---|\n",
            "In words: a hazard\nand a CSO.\n\n",
        ],
    )
    def test_marks_nothing_in_code_links_headings_and_the_words_of_a_diagram(self, text):
        assert marked(text) == []
        assert marked(f"{text}\nA hazard.") == ["hazard"], "but what comes after it"

    def test_marks_cells_and_strong_words(self):
        assert marked("| a | b |\n|---|---|\n| CSO | **hazard** |") == ["CSO", "hazard"]

    def test_bears_an_empty_glossary(self):
        assert marked("A hazard.", glossary.gather(())) == []


class TestTheShippedModules:
    def test_mark_words_of_the_glossary_and_lose_nothing(self, shipped):
        words = glossary.lexicon(shipped)
        used = set()
        for module in list(shipped.module.values())[::3]:
            for part in module.parts:
                pieces = glossary.cut(part.body, words)
                used |= {piece.term.term for piece in pieces if piece.term}
                assert "".join(piece.words for piece in pieces) == part.body

        assert len(used) > 80

    def test_mark_a_word_where_its_part_first_has_it(self, shipped):
        words = glossary.lexicon(shipped)
        part = shipped.module["hazard-workshops-and-risk-scoring"].parts[0]
        plain = re.sub(r"^#.*$|^```.*?^```$", "", part.body, flags=re.MULTILINE | re.DOTALL)

        assert re.search(r"\bhazard\b", plain)
        assert any(
            piece.term.term == "hazard" for piece in glossary.cut(part.body, words) if piece.term
        )


class TestTheShippedGlossary:
    def test_has_a_hundred_words_or_more_each_named_once_whatever_the_case(self, shipped):
        names = [one.term.casefold() for one in shipped.terms]

        assert len(names) >= 100
        assert len(set(names)) == len(names)


class TestFitting:
    def test_puts_words_that_are_named_before_those_that_only_mention_it(self):
        found = glossary.fitting(TERMS, " HAZARD ")

        assert [one.term for one in found] == ["hazard", "hazard log"]
        assert [one.term for one in glossary.fitting(TERMS, "safety")] == ["CSO"]
        assert [one.term for one in glossary.fitting(TERMS, "user")] == ["user story"]

    def test_finds_by_the_meaning_too(self):
        assert [one.term for one in glossary.fitting(TERMS, "medicines")] == ["dm+d"]

    def test_leaves_all_from_a_to_z_without_a_filter(self):
        names = [one.term for one in glossary.fitting(TERMS, " ")]

        assert names == sorted((one.term for one in TERMS), key=str.casefold)

    def test_finds_nothing_for_nonsense(self):
        assert glossary.fitting(TERMS, "<b>") == ()
