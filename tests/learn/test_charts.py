"""The distance to a role as a picture: one bar for each domain, and what it rests on."""

import copy
import json

import altair as alt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccio_skills import library
from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.learn import charts
from ccio_skills.learn.rules import distance, towards
from ccio_skills.vocabulary import Level
from tests.conftest import CONTENT, NOW

LIBRARY = library.load(CONTENT)
SAFETY = [skill.slug for skill in LIBRARY.skills_of("clinical-safety")]
levels = st.dictionaries(
    st.sampled_from(sorted(LIBRARY.skill)), st.none() | st.sampled_from(Level), max_size=45
)


def measure(known, *, evidence="", answered=None):
    ratings = {
        slug: Rating(slug, None if level is None else Level(level), NOW, evidence=evidence)
        for slug, level in known.items()
    }
    return distance.measure(ratings, library=LIBRARY, profile="new-ccio", answered=answered)


def draw(found):
    return charts.distance_figure(found, library=LIBRARY)


def bars(figure, part):
    return figure.spec["datasets"].get(part, [])


@pytest.fixture
def found():
    """Everything in clinical safety at 3, with evidence and some of it on questions."""
    return measure(
        dict.fromkeys(SAFETY, 3) | {"change-management": 0},
        evidence="A note.",
        answered={SAFETY[0]: 2},
    )


class TestTheFigure:
    def test_is_what_altair_itself_gives(self, found):
        spec = draw(found).spec

        again = alt.LayerChart.from_dict(copy.deepcopy(spec)).to_dict()

        again.pop("config")
        assert again == {name: value for name, value in spec.items() if name != "config"}

    def test_leaves_its_template_as_it_was_authored(self, found):
        authored = charts._template.__wrapped__()

        spec = draw(found).spec
        spec["layer"][0]["mark"] = "spoilt"
        spec["config"]["font"] = "spoilt"

        assert charts._template() == authored

    def test_begins_with_the_whole_and_names_every_domain(self, found):
        names = [one["name"] for one in bars(draw(found), "names")]

        assert names == ["All domains", *(domain.short for domain in LIBRARY.domains)]

    def test_says_how_much_is_met_or_that_nothing_is_rated(self, found):
        said = {one["name"]: one["t"] for one in bars(draw(found), "names")}

        assert said["Clinical safety"] == "100%"
        assert said["Engagement and change"] == "0%"
        assert said["Data and standards"] == "not rated"

    def test_draws_firmer_ground_taller(self, found):
        figure = draw(found)

        def height(part):
            [size] = {one["y2"] - one["y"] for one in bars(figure, part)}
            return size

        assert height("questions") > height("evidence") > height("open") == height("unrated")

    def test_has_every_colour_for_both_schemes(self, found):
        drawn = json.dumps(draw(found).spec)

        assert {part for part in drawn.split('"') if part.startswith("#")} == set()

    def test_is_the_sentence_and_the_same_numbers_as_a_table(self, found):
        figure = draw(found)

        assert figure.sentence == towards.sentence(found, library=LIBRARY)
        assert list(figure.table.columns) == list(figure.columns) == list(figure.rows[0])
        shares = (found.whole, *found.domains.values())
        for row, share in zip(figure.rows, shares, strict=True):
            parts = [row[part] for part in figure.columns[2:]]
            assert parts == [*share.resting.values(), share.left, share.unrated, share.asked]

    @given(known=levels)
    @settings(deadline=None)
    def test_fills_every_bar_without_a_gap(self, known):
        figure = draw(measure(known))

        ends = {}
        for part in ("questions", "evidence", "rating", "open", "unrated"):
            for bar in bars(figure, part):
                middle = (bar["y"] + bar["y2"]) / 2
                assert bar["a"] == ends.get(middle, 0)
                ends[middle] = bar["b"]
        assert set(ends.values()) == {100}
        assert len(ends) == len(figure.rows)
