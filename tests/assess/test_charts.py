"""The gap chart says what the gaps say: in its picture, its sentence and its table."""

import copy
import json
from itertools import pairwise

import altair as alt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccio_skills import library
from ccio_skills.assess import charts
from ccio_skills.assess.rules import gaps
from ccio_skills.assess.rules.gaps import Tier
from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.vocabulary import Level
from tests.conftest import CONTENT, NOW

LIBRARY = library.load(CONTENT)
COLUMNS = ["Domain", "Skill", "Now", "Target", "Gap", "Importance", "Evidence"]
DEPLOYMENT = "Software deployment: from build to live"
# A new CCIO is asked for 3, 4 and 3: one clear gap, one met, one some.
LEVELS = {"change-management": 1, "clinical-engagement": 4, "software-deployment": 2}
some_levels = st.dictionaries(st.sampled_from(sorted(LIBRARY.skill)), st.sampled_from(Level))


def find(levels, *, only=None):
    """Gaps of a new CCIO with these levels, of all skills or only of some."""
    ratings = {slug: Rating(slug, Level(level), NOW) for slug, level in levels.items()}
    found = gaps.find_gaps(ratings, library=LIBRARY, profile="new-ccio")
    return [one for one in found if only is None or one.skill in only]


def draw(found):
    return charts.gap_figure(found, library=LIBRARY)


def marks(figure):
    """Rows of each named source, and the layers drawn over it."""
    layers = [one["data"]["name"] for one in figure.spec["layer"]]
    return figure.spec["datasets"], layers


class TestTheTable:
    def test_has_the_values_of_three_gaps_worked_by_hand(self):
        table = draw(find(LEVELS, only=LEVELS)).table

        assert list(table.columns) == COLUMNS
        assert table.drop(columns=["Domain", "Evidence"]).to_numpy().tolist() == [
            ["Clinical engagement", "4 Leading", "4 Leading", "0", "core"],
            ["Change management", "1 Aware", "3 Practising", "2", "core"],
            [DEPLOYMENT, "2 Contributing", "3 Practising", "1", "core"],
        ]

    def test_says_of_an_unrated_skill_that_it_is_not_rated(self):
        [row] = draw(find({}, only={"software-deployment"})).table.to_dict("records")

        assert row == {
            "Domain": "Software delivery",
            "Skill": DEPLOYMENT,
            "Now": "not rated",
            "Target": "3 Practising",
            "Gap": "",
            "Importance": "core",
            "Evidence": "",
        }

    def test_says_none_of_these_yet_and_never_a_bare_nought(self):
        [row] = draw(find({"change-management": 0}, only={"change-management"})).table.to_dict(
            "records"
        )

        assert row["Now"] == "None of these yet"
        assert row["Gap"] == "3"

    def test_marks_evidence_and_so_does_the_picture(self):
        rating = Rating("change-management", Level(3), NOW, evidence="A plan.")
        found = gaps.find_gaps({rating.skill: rating}, library=LIBRARY, profile="new-ccio")

        figure = draw(found)

        table, (rows, _) = figure.table, marks(figure)
        assert list(table.loc[table["Evidence"] == "yes", "Skill"]) == ["Change management"]
        assert [one["name"] for one in rows["evidence"]] == ["Change management"]

    @given(levels=some_levels)
    @settings(deadline=None, max_examples=30)
    def test_has_one_row_for_each_gap_in_framework_order(self, levels):
        found = find(levels)

        table = draw(found).table

        titles = [one.title for one in LIBRARY.skills]
        assert list(table["Skill"]) == titles
        assert sum(table["Now"] == "not rated") == 45 - len(levels)


class TestThePicture:
    def test_puts_now_and_target_of_each_skill_in_one_row(self):
        rows, _ = marks(draw(find(LEVELS)))

        assert {(one["name"], one["now"], one["target"]) for one in rows["rated"]} == {
            ("Change management", 1, 3),
            ("Clinical engagement", 4, 4),
            (DEPLOYMENT, 2, 3),
        }
        assert len(rows["targets"]) == 45
        assert {one["name"] for one in rows["spans"]} == {
            "Change management",
            DEPLOYMENT,
        }

    def test_marks_each_tier_by_a_shape_of_its_own_so_that_colour_is_not_alone(self):
        figure = draw(find(LEVELS))
        rows, _ = marks(figure)

        names = {tier: [one["name"] for one in rows[f"tier_{tier}"]] for tier in Tier}
        assert names[Tier.CLEAR] == ["Change management"]
        assert len(names[Tier.UNRATED]) == 42
        drawn = [
            (one["mark"]["shape"], one["mark"]["fill"], tuple(one["mark"]["strokeDash"]))
            for one in figure.spec["layer"]
            if one["data"]["name"].startswith("tier_")
        ]
        assert len(drawn) == len(set(drawn)) == len(Tier)

    def test_writes_the_level_beside_its_colour(self):
        rows, _ = marks(draw(find(LEVELS)))

        assert all(one["digit"] == str(int(one["now"])) for one in rows["rated"])

    def test_shows_the_unrated_as_unrated_with_a_target_and_no_level(self):
        rows, _ = marks(draw(find({})))

        assert len(rows["unrated"]) == len(rows["targets"]) == 45
        assert "rated" not in rows
        assert {one["now"] for one in rows["unrated"]} == {None}

    @given(levels=some_levels)
    @settings(deadline=None, max_examples=30)
    def test_goes_down_the_page_in_framework_order_and_stays_inside(self, levels):
        found = find(levels)

        figure = draw(sorted(found, key=lambda gap: gap.target))

        rows, _ = marks(figure)
        assert [one["name"] for one in rows["targets"]] == [one.title for one in LIBRARY.skills]
        assert [one["name"] for one in rows["heads"]] == [one.short for one in LIBRARY.domains]
        ys = [one["y"] for one in rows["targets"]]
        assert all(after - before >= 40 for before, after in pairwise(ys))
        assert 0 < min(ys) <= max(ys) < figure.spec["height"]

    @pytest.mark.parametrize(
        "levels",
        [{}, LEVELS, dict.fromkeys(LIBRARY.skill, 5), dict.fromkeys(LIBRARY.skill, 0)],
        ids=["unrated", "some", "all met", "all open"],
    )
    def test_has_no_layer_without_rows_and_no_rows_without_a_layer(self, levels):
        rows, layers = marks(draw(find(levels)))

        assert set(layers) == set(rows)
        assert all(rows.values())

    def test_of_nothing_has_no_skill_in_it(self):
        figure = draw([])
        rows, layers = marks(figure)

        assert set(layers) == set(rows)
        assert not {"rated", "unrated", "targets", "names", "heads"} & set(rows)
        assert list(figure.table.columns) == COLUMNS
        assert figure.table.empty


class TestTheSentence:
    def test_names_the_clear_gaps_and_counts_the_rest(self):
        figure = draw(find(LEVELS))

        assert figure.sentence.startswith("45 skills")
        assert "Clear gaps in Change management;" in figure.sentence
        assert "1 with some gap, 1 met, 42 not rated" in figure.sentence

    def test_lists_clear_gaps_in_framework_order(self):
        sentence = draw(find({"change-management": 0, "clinical-engagement": 0})).sentence

        assert "Clear gaps in Clinical engagement and Change management;" in sentence

    def test_says_that_there_is_no_clear_gap(self):
        assert "No clear gap" in draw(find({})).sentence
        assert draw([]).sentence.startswith("0 skills")


class TestTheSpec:
    def test_is_what_altair_itself_gives(self):
        """Altair reads it back, checks it against the schema of Vega-Lite, and writes the same."""
        spec = draw(find(LEVELS)).spec

        again = alt.LayerChart.from_dict(copy.deepcopy(spec)).to_dict()

        # Altair adds the default size of its own theme to the configuration.
        assert again.pop("config").items() >= {"background": "transparent"}.items()
        assert again == {name: value for name, value in spec.items() if name != "config"}

    def test_is_its_template_with_rows_put_in(self):
        template = charts._gap_template()

        spec = draw(find(LEVELS)).spec

        filled = [one for one in template["layer"] if one["data"]["name"] in spec["datasets"]]
        assert spec == template | {
            "layer": filled,
            "datasets": spec["datasets"],
            "height": spec["height"],
        }
        assert len(filled) >= 10

    def test_leaves_the_template_as_it_was_authored(self):
        authored = charts._gap_template.__wrapped__()

        filled = draw(find(LEVELS)).spec
        filled["layer"][0]["mark"] = "spoilt"
        filled["config"]["font"] = "spoilt"

        assert charts._gap_template() == authored
        assert charts._gap_template() is charts._gap_template(), "authored once"

    def test_is_the_same_when_drawn_twice(self):
        first = json.dumps(draw(find(LEVELS)).spec)
        draw(find({}))

        assert json.dumps(draw(find(LEVELS)).spec) == first

    def test_fits_the_width_it_is_given_and_a_dark_page(self):
        spec = draw(find(LEVELS)).spec

        assert spec["width"] == "container"
        assert spec["config"]["background"] == "transparent"
        colours = {part for part in json.dumps(spec).split('"') if part.startswith("#")}
        assert colours == set(), "every colour has a light and a dark side"
