"""What reviewers see, through the real menu: the charts of their cohorts and nothing else."""

import dataclasses
import html
import json
import re

import pytest

from ccio_skills.cohorts import charts
from ccio_skills.cohorts.rules import desk, instrument, telling
from ccio_skills.cohorts.rules.cohort_chart import against
from ccio_skills.cohorts.rules.domains import domains
from ccio_skills.cohorts.rules.items import Item, level_item
from ccio_skills.cohorts.rules.needs import find_needs, to_commission
from ccio_skills.people import queries as people_queries
from ccio_skills.ui import Place
from ccio_skills.vocabulary import Level
from tests.cohorts import made
from tests.cohorts.college import DAY, College
from tests.conftest import NOW

PLACE = Place(address="https://skills.example.test", is_shared=True)
VISION = level_item("vision", "Vision", section="Lead", target=Level.PRACTISING)
TEAMS = level_item("teams", "Teams", section="Lead", target=Level.CONTRIBUTING)
DATA = level_item("data", "Data", section="Data", target=Level.PRACTISING)
TODAY = NOW.date()
SPREAD = [0, 0, 1, 1, 2, 3, 4]


def chart(answers, items):
    """A chart of people who gave these codes, a list for each person."""
    people = dict(enumerate(answers))
    whole = made.released(people, head=made.header(items=items, members=len(people)))
    return desk.sheet(whole, "all").chart


@pytest.fixture
def college(db):
    return College(db)


@pytest.fixture
def look(open_page, college):
    def look(path="charts", person=None, **params):
        who = people_queries.person(college.db, person or college.cast.reviewer.id)
        return open_page(path, person=who, params=params, place=PLACE)

    return look


def words(page):
    said = [one.value for one in page.get("html") if not one.value.startswith("<style")]
    said += [one.value for one in (*page.title, *page.header, *page.error)]
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", " ".join(said))).split())


def drawn(page):
    """The rows of every picture on a page, by the name of their source."""
    found = []
    for one in page.get("vega_lite_chart"):
        sources = [layer["data"] for layer in json.loads(one.proto.spec)["layer"]]
        found.append({each["name"]: each["values"] for each in sources if "values" in each})
    return found


class TestDomains:
    def test_add_up_answers_and_not_people(self):
        [lead, data] = sorted(
            domains(chart([[one, 1, 2] for one in SPREAD], (VISION, TEAMS, DATA))),
            key=lambda one: one.name,
            reverse=True,
        )

        assert (lead.name, lead.answered, data.answered) == ("Lead", 14, 7)
        assert lead.parts == {(0,): 2, (1,): 7, (2,): 1, (3,): 1, (4,): 1}
        assert lead.hidden == 2
        assert (lead.least, lead.most, lead.compared) == (8, 10, 14)
        assert "14 answers to 2 skills; 8 to 10 of 14 at the target" in telling.short_domain(lead)

    def test_stand_with_the_largest_share_below_the_target_first(self):
        items = (VISION, dataclasses.replace(TEAMS, section="Teams"), DATA)

        found = domains(chart([[4 - one % 2, one % 3, one % 2] for one in range(9)], items))

        assert [one.name for one in found] == ["Data", "Teams", "Lead"]

    def test_do_not_add_up_questions_of_different_kinds(self):
        mixed = Item("tried", "Tried it?", ("Yes", "No"), section="Lead")

        [lead] = domains(chart([[one, one % 2] for one in SPREAD], (VISION, mixed)))

        assert lead.categories == ()
        assert lead.answered == 0


class TestTargetsOfAnotherRole:
    def test_change_what_is_compared_and_no_count(self):
        before = chart([[one] for one in SPREAD], (VISION,))

        after = against(before, {"vision": 4}, name="System CCIO")

        assert after.value.bars[0].parts == before.value.bars[0].parts
        assert telling.short(before.value.bars[0], members=7).startswith("3 of 7")
        assert telling.short(after.value.bars[0], members=7).startswith("1 of 7")
        assert after.value.caption.targets == "System CCIO"

    def test_are_named_in_the_title_and_the_file(self):
        sheet = desk.sheet(made.released({one: [code] for one, code in enumerate(SPREAD)}), "all")

        other = sheet.against({"vision": 4}, name="System CCIO")

        assert "against the targets of System CCIO" in other.title
        assert b"System CCIO" in other.csv_of_chart()
        assert b"as opened" in sheet.csv_of_chart()

    def test_say_nothing_of_what_has_none(self):
        none = against(chart([[one] for one in SPREAD], (VISION,)), {}, name="Nobody")

        assert telling.short(none.value.bars[0], members=7) == "7 answered; no target"


class TestBeside:
    def bars(self, *answers):
        return [chart([[one] for one in each], (VISION,)).value.bars[0] for each in answers]

    def test_calls_nothing_at_seven_that_one_person_could_make(self):
        said = telling.beside(*self.bars(SPREAD, [0, 0, 1, 2, 2, 3, 4]))

        assert "Too few to call" in said
        assert "3 of 7 at the target" in said

    def test_says_more_where_chance_does_not_explain_it(self):
        low, high = [0, 0, 0, 1, 1, 1, 2, 2] * 3, [1, 2, 3, 4, 2, 3, 4, 3] * 3

        assert "More of those who answered" in telling.beside(*self.bars(low, high))
        assert "Fewer of those who answered" in telling.beside(*self.bars(high, low))

    def test_claims_of_nobody_that_they_moved(self):
        assert "neither picture says that anyone moved" in telling.UNRELATED


class TestNeeds:
    def needs(self, shipped, code, *, today=TODAY):
        """Everybody at one level of every skill of the library."""
        items = instrument.skill_items(shipped, profile="new-ccio")
        answers = [[code] * len(items) for _ in range(9)]
        return find_needs(chart(answers, items), library=shipped, today=today)

    def test_names_modules_of_exactly_the_level_that_is_missing(self, shipped):
        found = self.needs(shipped, 1)

        assert found
        for one in found:
            assert one.level > Level.CONTRIBUTING
            assert all(each.level == one.level for each in one.modules)
            assert all(one.skill in each.skills for each in one.modules)

    def test_says_level_gap_and_offer_in_a_line(self, shipped):
        said = {one.words for one in self.needs(shipped, 0)}

        assert "level 2: clear gap, one module" in said
        assert any(one.endswith("no module") for one in said)

    def test_counts_modules_past_their_review(self, shipped):
        later = max(one.review_by for one in shipped.module.values()) + DAY

        found = self.needs(shipped, 0, today=later)

        assert all(one.overdue == one.modules for one in found)
        assert "level 2: clear gap, one module, one overdue" in {one.words for one in found}

    def test_orders_what_to_commission(self, shipped):
        found = to_commission(self.needs(shipped, 0))

        assert found
        assert all(not one.modules and one.level < Level.SHAPING for one in found)

    def test_asks_for_nothing_where_everybody_is_there(self, shipped):
        assert self.needs(shipped, 4) == ()


class TestTheFigures:
    def test_hold_each_count_once_and_what_is_hidden_apart(self):
        figure = charts.skill_figure(chart([[one] for one in [2] * 6 + [0]], (VISION,)))
        rows = figure.spec["datasets"]

        assert [(one["level"], one["people"]) for one in rows["boxes"]] == [(3, 5)]
        assert [one["people"] for one in rows["held"]] == [2]
        assert {one["text"] for one in rows["labels"]} == {"5", "2 not shown"}

    def test_show_the_two_lowest_together_where_they_are_not_told_apart(self):
        figure = charts.skill_figure(chart([[one] for one in [0, 0, 0, 1, 1, 1, 2]], (VISION,)))

        assert [one["people"] for one in figure.spec["datasets"]["joint"]] == [5]
        assert figure.rows[0]["1 or 2, not told apart"] == "5"
        assert figure.rows[0]["1 Aware or below"] == "0 to 7"

    def test_put_levels_one_and_two_left_of_the_line(self):
        rows = charts.skill_figure(chart([[one] for one in SPREAD], (VISION,))).spec["datasets"]
        [middle] = rows["middles"]

        sides = {one["level"]: one["x2"] <= middle["x"] + 1e-9 for one in rows["boxes"]}
        assert sides == {1: True, 2: True, 3: False, 4: False, 5: False}

    def test_stand_in_the_order_of_the_questions_where_two_are_side_by_side(self):
        items = (dataclasses.replace(TEAMS, section="Teams"), DATA)
        released = chart([[4, one % 2] for one in range(9)], items)

        orders = [
            [row["Domain"] for row in charts.domain_figure(released, is_as_asked=asked).rows]
            for asked in (False, True)
        ]

        assert orders == [["Data", "Teams"], ["Teams", "Data"]]

    def test_stay_inside_the_picture(self):
        items = (VISION, TEAMS, DATA)
        for figure in (charts.domain_figure, charts.skill_figure):
            drawn = figure(chart([[one, 4 - one, 0] for one in SPREAD], items)).spec["datasets"]
            edges = [one[x] for name in ("boxes", "held") for one in drawn.get(name, ())
                     for x in ("x", "x2")]  # fmt: skip
            assert min(edges) >= 0
            assert max(edges) <= 1 + 1e-9

    def test_survive_a_chart_without_an_answer(self):
        figure = charts.skill_figure(chart([[-1]] * 7, (VISION,)))

        assert "boxes" not in figure.spec["datasets"]
        assert "Too few people answered" in figure.rows[0]["Said of it"]


class TestThePage:
    def run(self, college, *, members=9, absent=0, levels=(1, 2, 3)):
        cohort = college.cohort()
        people = college.members(cohort, members)
        number = college.opened(cohort)
        college.send(people[absent:], number, levels=levels)
        college.close(number)
        return cohort

    def test_says_who_contributed_and_what_the_chart_covers(self, college, look):
        self.run(college, members=22, absent=15)

        page = look()

        assert not page.exception
        assert "7 of 22 contributed; this chart covers 7." in words(page)
        boxes = [sum(each["people"] for each in one["boxes"]) for one in drawn(page)]
        assert boxes == [14, 7], "two questions of seven people, then the first of them"

    def test_says_why_there_is_no_chart_and_offers_no_file(self, college, look):
        self.run(college, members=6)

        page = look()

        said = words(page)
        assert "6 of 6 contributed; this chart covers 0." in said
        assert "fewer than 7 people could be shown together" in said
        assert "it says nothing about anyone" in said
        assert not page.get("download_button")
        assert not page.get("vega_lite_chart")

    def test_says_what_is_hidden_and_why(self, college, look):
        self.run(college, levels=(2,))

        said = words(look())

        assert "at least 2 of its answers are not shown" in said

    def test_says_before_the_first_closing_when_it_may_come(self, college, look):
        college.opened(college.cohort())

        said = words(look())

        assert "No collection of this cohort has closed yet" in said
        assert "Autumn" in said

    def test_is_compared_with_the_targets_of_a_role(self, college, look, shipped):
        self.run(college)
        page = look()
        [targets] = [one for one in page.selectbox if one.label == "Targets"]

        page = targets.set_value(1).run()

        first = next(iter(shipped.profile.values()))
        assert f"against the targets of {first.title}" in words(page)

    @pytest.mark.parametrize("path", ["charts", "beside", "training-needs"])
    def test_is_closed_to_members_and_administrators(self, college, look, path):
        self.run(college)

        for who in (college.cast.member, college.cast.administrator, college.cast.stranger):
            page = look(path, person=who.id)
            assert [one.value for one in page.title] == ["This page is not open to you"]

    @pytest.mark.parametrize("path", ["charts", "beside", "training-needs"])
    def test_names_the_row_of_the_ledger_that_was_altered(self, college, look, path):
        self.run(college)
        college.db.connection().exec_driver_sql("DROP TRIGGER cohorts_ledger_no_update")
        college.db.connection().exec_driver_sql(
            "UPDATE cohorts_ledger SET payload = payload || ' ' WHERE number = 2"
        )

        page = look(path)

        assert not page.exception
        assert "Row 2" in words(page)
        assert not page.get("vega_lite_chart")

    def test_stands_two_collections_side_by_side(self, college, look):
        cohort = college.cohort()
        people = college.members(cohort, 9)
        for title, levels in (("Spring", (1, 2, 3)), ("Autumn", (2, 3, 4))):
            number = college.opened(cohort, title=title)
            college.send(people, number, levels=levels)
            college.close(number)

        page = look("beside")

        said = words(page)
        assert not page.exception
        assert said.index("Spring, North West") < said.index("Autumn, North West")
        assert "Too few to call" in said
        assert "neither picture says that anyone moved" in said

    def test_is_reached_from_the_page_of_cohorts(self, college, look):
        self.run(college)

        labels = [one.label for one in look("cohorts").get("page_link")]

        assert "North West" in labels
