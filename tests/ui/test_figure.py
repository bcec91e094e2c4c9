"""What figures and tables become on a page."""

import copy
import json

import altair as alt
import pytest
from streamlit.testing.v1 import AppTest

from ccio_skills.home import charts
from ccio_skills.ui import figure


@pytest.fixture
def drawn():
    return charts.minutes_figure([("2026-10", 0, 0), ("2026-11", 90, 2)]).spec


class TestAWholeChart:
    def test_holds_each_source_once_in_the_layer_that_draws_it_first(self, drawn):
        whole = figure.whole(drawn)

        held = [one["data"] for one in whole["layer"] if "values" in one["data"]]
        assert "datasets" not in whole
        assert {one["name"]: one["values"] for one in held} == drawn["datasets"]
        assert len(held) < len(whole["layer"])
        seen = set()
        for layer in whole["layer"]:
            data = layer["data"]
            assert ("values" in data) == (data["name"] not in seen)
            seen.add(data["name"])

    def test_is_as_vega_lite_wants_it(self, drawn):
        assert alt.LayerChart.from_dict(figure.whole(drawn)).to_dict(validate=True)

    def test_leaves_the_figure_as_it_was(self, drawn):
        before = copy.deepcopy(drawn)

        figure.whole(drawn)["layer"][0]["data"]["name"] = "spoilt"

        assert drawn == before

    def test_reaches_the_browser_with_its_rows(self):
        def script():
            from ccio_skills import ui
            from ccio_skills.home import charts

            ui.draw(charts.minutes_figure([("2026-11", 90, 2)]), key="minutes")

        [chart] = AppTest.from_function(script, default_timeout=30).run().get("vega_lite_chart")

        bars = json.loads(chart.proto.spec)["layer"][0]["data"]
        assert [one["t"] for one in bars["values"]] == ["90"]
        assert not chart.proto.datasets


def test_a_table_shows_every_word_as_it_is_and_never_as_markup():
    def script():
        from ccio_skills.ui import parts

        parts.table(["A & B"], [["<b>1</b>"]], alt='Say "x".')

    [table] = AppTest.from_function(script, default_timeout=30).run().get("html")

    assert '<th scope="col">A &amp; B</th>' in table.value
    assert "<td>&lt;b&gt;1&lt;/b&gt;</td>" in table.value
    assert 'aria-label="Say &quot;x&quot;."' in table.value
