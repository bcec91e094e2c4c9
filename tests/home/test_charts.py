"""Where one stands and how it moved: each figure says one thing in picture, sentence and table."""

import copy
import json
import operator
from datetime import date, timedelta
from itertools import pairwise

import altair as alt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccio_skills import library
from ccio_skills.home import charts
from ccio_skills.home.rules import Point
from ccio_skills.vocabulary import Level
from tests.conftest import CONTENT

LIBRARY = library.load(CONTENT)
TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
LEVELS = {
    "change-management": Level.PRACTISING,
    "clinical-engagement": Level.NONE,
    "business-case": None,
}
HISTORY = {
    "change": (Point(TODAY - 400 * DAY, 2.0, 3), Point(TODAY - 10 * DAY, 3.5, 4)),
    "trust": (Point(TODAY - 100 * DAY, 1.5, 4),),
}
MONTHS = (("2026-10", 0, 0), ("2026-11", 90, 2), ("2026-12", 45, 1))

points = st.lists(
    st.tuples(st.integers(0, 900), st.floats(0, 5)),
    min_size=1,
    max_size=6,
    unique_by=lambda p: p[0],
).map(
    lambda chosen: tuple(
        Point(TODAY - ago * DAY, mean, 3) for ago, mean in sorted(chosen, reverse=True)
    )
)
histories = st.dictionaries(st.sampled_from(sorted(LIBRARY.domain)), points, min_size=1)


def board(levels):
    return charts.board_figure(levels, library=LIBRARY)


def history(lines, today=TODAY):
    return charts.history_figure(lines, library=LIBRARY, today=today)


def over_time(spec):
    """Layers whose x is a day."""
    return [one for one in spec["layer"] if one["encoding"]["x"].get("type") == "temporal"]


FIGURES = [
    pytest.param(lambda: board(LEVELS), charts.board._board_template, id="board"),
    pytest.param(lambda: history(HISTORY), charts.history._history_template, id="history"),
    pytest.param(
        lambda: charts.minutes_figure(MONTHS), charts.minutes._minutes_template, id="minutes"
    ),
]


@pytest.mark.parametrize(("draw", "template"), FIGURES)
class TestEveryFigure:
    def test_is_what_altair_itself_gives(self, draw, template):
        """Altair reads it back, checks it against the schema of Vega-Lite, and writes the same."""
        spec = draw().spec

        again = alt.LayerChart.from_dict(copy.deepcopy(spec)).to_dict()

        again.pop("config")
        assert again == {name: value for name, value in spec.items() if name != "config"}

    def test_leaves_its_template_as_it_was_authored(self, draw, template):
        authored = template.__wrapped__()

        figure = draw()
        figure.spec["layer"][0]["mark"] = "spoilt"
        figure.spec["layer"][-1]["encoding"].clear()

        assert template() == authored
        assert template() is template(), "authored once"

    def test_is_the_same_when_drawn_twice(self, draw, template):
        assert json.dumps(draw().spec) == json.dumps(draw().spec)
        assert draw().table.equals(draw().table)

    def test_has_no_layer_without_rows_and_no_rows_without_a_layer(self, draw, template):
        spec = draw().spec

        assert {one["data"]["name"] for one in spec["layer"]} == set(spec["datasets"])
        assert all(spec["datasets"].values())

    def test_says_it_in_a_sentence_a_table_and_a_file_name(self, draw, template):
        figure = draw()

        assert figure.sentence.endswith(".")
        assert len(figure.table)
        assert figure.name.replace("-", "").isalpha()

    def test_fits_the_width_it_is_given_and_a_dark_page(self, draw, template):
        spec = draw().spec

        assert spec["width"] == "container"
        assert spec["config"]["background"] == "transparent"
        assert not [part for part in json.dumps(spec).split('"') if part.startswith("#")]


class TestTheBoard:
    def test_has_a_box_for_each_skill_with_its_level_in_digits(self):
        rows = board(LEVELS).spec["datasets"]

        assert sorted((one["now"], one["digit"]) for one in rows["rated"]) == [(0, "0"), (3, "3")]
        assert len(rows["unrated"]) == 43
        marks = [one["digit"] for one in rows["unrated"]]
        assert sorted(marks.count(one) for one in set(marks)) == [1, 42], "not my role is another"
        assert [one["name"] for one in rows["names"]] == [one.short for one in LIBRARY.domains]

    def test_tells_the_levels_in_words(self):
        table = board(LEVELS).table.set_index("Skill")["Level"]

        assert table["Change management"] == "3 Practising"
        assert table["Clinical engagement"] == "None of these yet"
        assert table[LIBRARY.skill["business-case"].title] == "Not part of my role"
        assert sum(table == "not rated") == 42

    def test_counts_what_has_a_level(self):
        assert board(LEVELS).sentence.startswith("2 of 45 skills have a level")

    def test_of_nothing_is_45_empty_boxes(self):
        figure = board({})

        assert figure.sentence.startswith("0 of 45 skills")
        assert set(figure.spec["datasets"]) == {"names", "unrated"}
        assert set(figure.table["Level"]) == {"not rated"}

    @given(levels=st.dictionaries(st.sampled_from(sorted(LIBRARY.skill)), st.sampled_from(Level)))
    @settings(deadline=None, max_examples=30)
    def test_no_two_boxes_overlap_and_each_is_inside(self, levels):
        spec = board(levels).spec

        rows = spec["datasets"]
        boxes = sorted(
            [*rows.get("rated", ()), *rows.get("unrated", ())], key=lambda one: (one["y"], one["x"])
        )
        assert len(boxes) == 45
        assert all(0 <= one["y"] < one["y2"] <= spec["height"] for one in boxes)
        for one, after in pairwise(boxes):
            assert one["y2"] <= after["y"] or (one["y"] == after["y"] and one["x2"] <= after["x"])


class TestTheHistory:
    def test_has_a_point_for_each_day_and_ends_today(self):
        rows = history(HISTORY).spec["datasets"]

        name = LIBRARY.domain["change"].short
        assert [one["day"] for one in rows["points"] if one["domain"] == name] == [
            "2025-10-18",
            "2026-11-12",
        ]
        assert [one["day"] for one in rows["steps"] if one["domain"] == name] == [
            "2025-10-18",
            "2026-11-12",
            "2026-11-22",
        ]
        assert [(one["t"], one["level"]) for one in rows["ends"]] == [("3.5", 4), ("1.5", 2)]

    def test_draws_steps_not_slopes(self):
        [steps] = [one for one in history(HISTORY).spec["layer"] if one["data"]["name"] == "steps"]

        assert steps["mark"]["interpolate"] == "step-after"

    def test_tells_the_same_in_its_table(self):
        table = history(HISTORY).table

        assert table.to_numpy().tolist() == [
            [LIBRARY.domain["change"].short, "18 Oct 2025", "2.0", 3],
            [LIBRARY.domain["change"].short, "12 Nov 2026", "3.5", 4],
            [LIBRARY.domain["trust"].short, "14 Aug 2026", "1.5", 4],
        ]

    def test_says_first_and_now_or_only_now(self):
        sentence = history(HISTORY).sentence

        assert f"{LIBRARY.domain['change'].short} 2.0 to 3.5" in sentence
        assert f"{LIBRARY.domain['trust'].short} 1.5." in sentence

    def test_of_one_rating_today_still_has_a_span_of_time(self):
        spec = history({"change": (Point(TODAY, 3.0, 1),)}).spec

        [first, last] = self.span(spec)
        assert date.fromisoformat(last) - date.fromisoformat(first) >= 60 * DAY

    @given(lines=histories)
    @settings(deadline=None, max_examples=50)
    def test_higher_means_stand_higher_within_a_domain_and_nothing_falls_out(self, lines):
        spec = history(lines).spec

        rows = spec["datasets"]
        first, last = self.span(spec)
        for slug, points_of_domain in lines.items():
            name = LIBRARY.domain[slug].short
            ys = [one["y"] for one in rows["points"] if one["domain"] == name]
            assert len(ys) == len(points_of_domain)
            for (y, point), (later_y, later) in pairwise(zip(ys, points_of_domain, strict=True)):
                assert (later.mean - point.mean) * (y - later_y) >= 0
        days = [
            row[layer["encoding"]["x"]["field"]]
            for layer in over_time(spec)
            for row in rows[layer["data"]["name"]]
        ]
        assert first <= min(days) <= max(days) <= last
        assert all(0 <= one["y"] <= spec["height"] for one in rows["steps"])

    def span(self, spec):
        """First and last day of the scale, which all layers over time share."""
        spans = {tuple(one["encoding"]["x"]["scale"]["domain"]) for one in over_time(spec)}
        [span] = spans
        return span


class TestTheMinutes:
    def test_has_a_bar_for_each_month_as_high_as_its_minutes(self):
        bars = charts.minutes_figure(MONTHS).spec["datasets"]["bars"]

        assert [(one["month"], one["t"]) for one in bars] == [
            ("Oct", "0"),
            ("Nov", "90"),
            ("Dec", "45"),
        ]
        heights = [one["y2"] - one["y"] for one in bars]
        assert heights[0] == 0
        assert heights[1] == pytest.approx(2 * heights[2])

    def test_keeps_the_months_in_order_over_a_year_boundary(self):
        figure = charts.minutes_figure((("2026-12", 5, 1), ("2027-01", 10, 1)))

        bars = sorted(figure.spec["datasets"]["bars"], key=operator.itemgetter("x"))
        assert [one["month"] for one in bars] == ["Dec", "Jan"]

    def test_says_the_sum(self):
        figure = charts.minutes_figure(MONTHS)

        assert figure.sentence == "2 hours 15 minutes and 3 modules in the last 3 months, by month."
        assert figure.table.to_numpy().tolist() == [list(one) for one in MONTHS]

    @pytest.mark.parametrize("months", [(), (("2026-11", 0, 0),)], ids=["no month", "no minute"])
    def test_survives_nothing(self, months):
        figure = charts.minutes_figure(months)

        assert list(figure.table.columns) == ["Month", "Minutes", "Modules"]
        assert figure.sentence.startswith("0 minutes and 0 modules")
