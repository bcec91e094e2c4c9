"""People drawn one by one: as many circles as people, and nothing that is no number of people."""

from hypothesis import given
from hypothesis import strategies as st

from ccio_skills.survey import charts
from ccio_skills.survey.rules.baseline import Counted


def row(count, n, *, label="Clinical engagement", is_derived=False):
    return Counted("V12-04", "key", label, count, n, "as published", is_derived)


def sources(figure):
    return {name: list(rows) for name, rows in figure.spec["datasets"].items()}


def test_six_of_seven_are_six_filled_circles_and_a_hollow_one():
    figure = charts.people_figure([row(6, 7, is_derived=True)], title="7 people, 2012")

    drawn = sources(figure)
    assert (len(drawn["counted"]), len(drawn["others"])) == (6, 1)
    assert [one["t"] for one in drawn["figures"]] == ["6 of 7, worked out"]
    assert figure.sentence == "7 people, 2012. Clinical engagement: 6 of 7."
    assert "%" not in figure.sentence


def test_all_of_seven_leave_no_empty_layer():
    figure = charts.people_figure([row(7, 7)], title="7 people, 2012")

    assert {one["data"]["name"] for one in figure.spec["layer"]} == {
        *("counted", "figures", "labels")
    }


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=12))
def test_every_person_is_one_circle(pairs):
    rows = [row(min(pair), max(pair)) for pair in pairs]

    drawn = sources(charts.people_figure(rows, title="Some people"))

    assert len(drawn.get("counted", ())) == sum(one.count for one in rows)
    assert len(drawn.get("counted", ())) + len(drawn.get("others", ())) == sum(
        one.n for one in rows
    )


def test_the_table_says_where_each_count_comes_from():
    figure = charts.people_figure([row(5, 7)], title="7 people, 2012")

    assert figure.rows == [
        {
            "Result": "Clinical engagement",
            "People": 5,
            "Of": 7,
            "Where it comes from": "as published",
        }
    ]
