"""What a visitor sees in the assess room: rating, one answer at a time, and the gaps."""

import html
import re
from datetime import timedelta

import pytest

from ccio_skills.assess import commands, queries
from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.people import commands as people_commands
from ccio_skills.people import queries as people_queries
from ccio_skills.vocabulary import Confidence, Importance, Level

CHANGE, ENGAGEMENT, RISK = "change-management", "clinical-engagement", "clinical-risk-management"
STRATEGY = "digital-and-information-strategy"
DAY = timedelta(days=1)


def words(page):
    """Return what our own HTML says, without markup."""
    said = [one.value for one in page.get("html") if not one.value.startswith("<style")]
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", " ".join(said))).split())


def tables(page):
    """Return the rows of each table, headings first."""
    found = [one.value for one in page.get("html") if "<table" in one.value]
    rows = [re.findall("<tr>(.*?)</tr>", one) for one in found]
    return [[re.findall("<t[hd][^>]*>(.*?)</t[hd]>", row) for row in table] for table in rows]


def press(page, label):
    [button] = [one for one in page.button if one.label == label]
    return button.click().run()


@pytest.fixture
def me(settled):
    """The learner, settled as a new CCIO with an hour a week."""
    return Me(settled)


class Me:
    def __init__(self, visit):
        self.visit, self.db, self.id, self.now = visit, visit.db, visit.person.id, visit.now

    def rate(self, *, at=None, **levels):
        for name, level in levels.items():
            skill = name.replace("_", "-")
            rating = Rating(skill, None if level is None else Level(level), at or self.now)
            commands.answer(self.db, self.id, rating, library=self.visit.library)

    def rated_before(self, *, days=40, **levels):
        """Rate in a sitting that ended some time ago."""
        self.rate(at=self.now - days * DAY, **levels)
        commands.end_sitting(self.db, self.id, at=self.now - days * DAY)

    def levels(self):
        current = queries.current_ratings(self.db, self.id)
        return {skill: one.level for skill, one in current.items()}

    def rating(self, skill):
        return queries.current_ratings(self.db, self.id)[skill]

    def settings(self):
        return people_queries.settings(self.db, self.id)

    def settle(self, *, profile="new-ccio", minutes=60):
        people_commands.settle(
            self.db, self.id, profile=profile, minutes_a_week=minutes, at=self.now
        )


class TestRating:
    def test_begins_with_the_two_questions_of_the_first_visit(self, open_page):
        page = open_page("rate")

        assert not page.exception
        assert page.title[0].value == "See where you stand, in four minutes"

    def test_asks_a_domain_at_a_time(self, me, open_page):
        page = open_page("rate")

        first = me.visit.library.domains[0]
        skills = me.visit.library.skills_of(first.slug)
        assert not page.exception
        assert page.title[0].value == first.title
        assert [one.value for one in page.subheader] == [one.title for one in skills]
        assert all(one.definition in words(page) for one in skills)
        assert "Domain 1 of 9" in words(page)

    def test_preselects_nothing_and_says_saved_of_nothing(self, me, open_page):
        page = open_page("rate")

        assert len(page.radio) == 5
        assert [one.value for one in page.radio] == [None] * 5
        assert me.levels() == {}
        assert "Saved" not in words(page)

    def test_offers_the_five_behaviours_in_full_none_and_not_my_role(self, me, open_page):
        page = open_page("rate")

        skill = me.visit.library.skill[STRATEGY]
        none, *behaviours, not_mine = page.radio(key=f"rate:{STRATEGY}").options
        assert none == "**None of these yet**"
        assert behaviours == [
            f"**{level} {name}:** {skill.levels[Level(level)]}"
            for level, name in enumerate(
                ["Aware", "Contributing", "Practising", "Leading", "Shaping"], start=1
            )
        ]
        assert not_mine.startswith("**Not part of my role:**")

    @pytest.mark.parametrize(
        ("choice", "level", "said"),
        [
            ("0", Level.NONE, "Saved: None of these yet."),
            ("3", Level.PRACTISING, "Saved: 3 Practising."),
            ("na", None, "Saved: Not part of my role."),
        ],
    )
    def test_keeps_an_answer_as_soon_as_it_is_given(self, me, open_page, choice, level, said):
        page = open_page("rate")
        page.radio(key=f"rate:{STRATEGY}").set_value(choice).run()

        assert not page.exception
        assert me.levels() == {STRATEGY: level}
        assert said in words(page)
        assert "1 of 45 skills rated" in words(page)

    def test_keeps_the_last_of_several_choices_as_one_answer(self, me, open_page):
        page = open_page("rate")
        for choice in "1234":
            page.radio(key=f"rate:{STRATEGY}").set_value(choice).run()

        assert [one.level for one in queries.history(me.db, me.id)] == [Level.LEADING]

    def test_takes_an_answer_back(self, me, open_page):
        page = open_page("rate")
        page.radio(key=f"rate:{STRATEGY}").set_value("3").run()
        page.button(key=f"undo:{STRATEGY}").click().run()

        assert not page.exception
        assert me.levels() == {}
        assert page.radio(key=f"rate:{STRATEGY}").value is None
        assert "Saved" not in words(page)

    def test_stores_nothing_for_a_skill_that_is_skipped(self, me, open_page):
        page = open_page("rate")
        page.button(key=f"skip:{STRATEGY}:set").click().run()

        assert me.levels() == {}
        assert "Skipped for now: nothing was stored." in words(page)
        assert len(page.radio) == 4

        page.button(key=f"skip:{STRATEGY}:unset").click().run()

        assert len(page.radio) == 5

    def test_shows_an_answer_of_this_sitting_again(self, me, open_page):
        me.rate(digital_and_information_strategy=2)

        page = open_page("rate")

        assert page.radio(key=f"rate:{STRATEGY}").value == "2"
        assert "Saved: 2 Contributing." in words(page)

    def test_hides_an_earlier_answer_until_the_new_one_is_given(self, me, open_page):
        me.rated_before(digital_and_information_strategy=2)

        page = open_page("rate", params={"domain": "leadership"})

        assert page.radio(key=f"rate:{STRATEGY}").value is None
        assert "you said" not in words(page)

        page.radio(key=f"rate:{STRATEGY}").set_value("1").run()

        assert "Saved: 1 Aware. On 13 Oct 2026 you said: 2 Contributing." in words(page)

    def test_leaves_a_newer_answer_of_another_tab_alone(self, me, open_page):
        page = open_page("rate")
        page.radio(key=f"rate:{STRATEGY}").set_value("2").run()
        me.rate(digital_and_information_strategy=4)

        page.run()

        assert me.levels() == {STRATEGY: Level.LEADING}

    def test_goes_on_where_one_left(self, me, open_page):
        me.rate(information_governance=2)

        assert open_page("rate").title[0].value == me.visit.library.domain["trust"].title

    def test_ends_the_sitting_when_one_is_done(self, me, open_page):
        me.rate(digital_and_information_strategy=2)

        page = press(open_page("rate"), "I am done for now")

        assert queries.open_sitting(me.db, me.id, now=me.now) is None
        assert page.title[0].value == "My gaps"

    def test_asks_the_skills_that_a_link_names(self, me, open_page):
        me.rated_before(change_management=2, market_awareness=1)

        page = open_page("rate", params={"skills": "market-awareness,change-management"})

        assert page.title[0].value == "Rate again"
        assert [one.value for one in page.subheader] == ["Market awareness", "Change management"]
        assert "0 of 2 skills rated" in words(page)

    @pytest.mark.parametrize(
        "params",
        [
            {"domain": "astrology"},
            {"skills": ",,telegraphy,"},
            {"colour": "<b>red</b>"},
            {"domain": "../../etc/passwd", "skills": "' OR 1=1 --"},
        ],
    )
    def test_takes_no_harm_from_a_link_that_names_nothing_known(self, me, open_page, params):
        page = open_page("rate", params=params)

        assert not page.exception
        assert page.title[0].value == me.visit.library.domains[0].title
        assert dict(page.query_params) == {"domain": "leadership"}

    def test_says_when_every_skill_has_an_answer(self, me, open_page):
        me.rated_before(**{slug.replace("-", "_"): 1 for slug in me.visit.library.skill})

        page = open_page("rate")

        assert not page.exception
        assert page.title[0].value == "All 45 skills are rated"
        assert words(page).count("Last rated on 13 October 2026") == 9
        again = [one for one in page.get("page_link") if one.value == "Rate again"]
        assert [one.proto.query_string for one in again] == [
            f"domain={slug}" for slug in me.visit.library.domain
        ]


def open_box(page):
    """Open the box for detail."""
    page.session_state[f"more_{STRATEGY}"] = True
    return page.run()


class TestDetail:
    @pytest.fixture
    def page(self, me, open_page):
        me.rate(digital_and_information_strategy=2)
        return open_page("rate")

    def test_is_asked_only_behind_one_closed_box_for_each_answer(self, page):
        boxes = [one for one in page.expander if one.label.startswith("Add detail")]

        assert [one.proto.expanded for one in boxes] == [False]
        assert not page.text_area
        assert len(open_box(page).text_area) == 1

    def test_keeps_confidence_importance_and_evidence_with_the_level(self, me, page):
        open_box(page)
        page.button_group(key=f"sure:{STRATEGY}").set_value("Fairly sure").run()
        page.selectbox(key=f"importance:{STRATEGY}").set_value(Importance.SUPPORTING).run()
        page.text_area(key=f"evidence:{STRATEGY}").set_value("Drafted the roadmap.").run()
        page.text_input(key=f"link:{STRATEGY}").set_value(" https://example.org/r ").run()

        kept = me.rating(STRATEGY)
        assert not page.exception
        assert (kept.level, kept.confidence) == (Level.CONTRIBUTING, Confidence.FAIRLY)
        assert kept.importance is Importance.SUPPORTING
        assert kept.evidence == "Drafted the roadmap."
        assert kept.evidence_link == "https://example.org/r"
        assert len(queries.history(me.db, me.id)) == 1

    def test_is_kept_when_the_level_changes(self, me, page):
        open_box(page)
        page.text_area(key=f"evidence:{STRATEGY}").set_value("Drafted the roadmap.").run()
        page.radio(key=f"rate:{STRATEGY}").set_value("3").run()

        kept = me.rating(STRATEGY)
        assert (kept.level, kept.evidence) == (Level.PRACTISING, "Drafted the roadmap.")


class TestTheQuickStart:
    @pytest.fixture
    def page(self, me, open_page):
        return open_page("rate", params={"quick": "1"})

    def test_asks_ten_skills_of_all_nine_domains(self, me, page):
        skills = me.visit.library.quick_start("new-ccio")

        assert page.title[0].value == "Ten quick questions"
        assert [one.value for one in page.subheader] == [one.title for one in skills]
        assert len(skills) == 10
        assert len({one.domain for one in skills}) == 9
        assert "0 of 10 skills rated" in words(page)
        assert "Ten answers miss about half of your five biggest gaps." in words(page)

    def test_asks_for_no_detail(self, me, page):
        page.radio(key=f"rate:{CHANGE}").set_value("2").run()

        assert me.levels() == {CHANGE: 2}
        assert not [one for one in page.expander if one.label.startswith("Add detail")]

    def test_is_taken_up_again_without_its_link(self, page, open_page):
        page.radio(key=f"rate:{CHANGE}").set_value("2").run()

        assert open_page("rate").title[0].value == "Ten quick questions"

    def test_leads_to_the_gaps_at_once(self, page):
        page.radio(key=f"rate:{CHANGE}").set_value("2").run()

        assert press(page, "See my gaps").title[0].value == "My gaps"


class TestGaps:
    def test_invite_somebody_new_to_the_first_questions(self, open_page):
        page = open_page("gaps")

        assert "Nothing to compare yet." in words(page)
        assert press(page, "Start the quick start").title[0].value == (
            "See where you stand, in four minutes"
        )

    def test_invite_to_rate_when_nothing_is_rated(self, me, open_page):
        page = open_page("gaps")

        assert "Nothing to compare yet." in words(page)
        assert not tables(page)

        page = press(page, "Start the quick start")

        assert page.title[0].value == me.visit.library.domains[0].title

    def test_say_how_many_are_met_and_how_many_are_wide(self, me, open_page):
        """Targets of a new CCIO: engagement 4, change 3, risk 3."""
        me.rate(clinical_engagement=4, change_management=1, clinical_risk_management=2)

        page = open_page("gaps")

        assert not page.exception
        assert "For the role New CCIO you meet 1 of 3 rated skills. 1 shows a clear gap." in words(
            page
        )
        for counted in ("1 clear gap", "1 some gap", "1 met", "42 not rated yet"):
            assert counted in words(page)

    def test_show_the_ten_that_matter_most_first_and_all_on_demand(self, me, open_page):
        me.rate(change_management=1)

        page = open_page("gaps")
        [[heads, *ten]] = tables(page)
        [chart] = page.get("vega_lite_chart")
        page.button_group(key="gaps:shown").set_value("All skills").run()
        [[_, *every]] = tables(page)

        assert (len(ten), len(every)) == (10, 45)
        assert heads[:4] == ["Domain", "Skill", "Now", "Target"]
        assert "Change management" in chart.proto.alt, "the chart in words"
        [rated] = [row for row in ten if row[1] == "Change management"]
        assert rated[2:4] == ["1 Aware", "3 Practising"]
        assert rated in every

    def test_leave_out_what_is_not_part_of_the_role(self, me, open_page):
        me.rate(change_management=None, clinical_engagement=2)

        page = open_page("gaps")
        page.button_group(key="gaps:shown").set_value("All skills").run()

        [[_, *every]] = tables(page)
        assert len(every) == 44

    def test_of_somebody_with_nothing_to_rate_are_harmless(self, me, open_page):
        me.rate(change_management=None)

        page = open_page("gaps")

        assert not page.exception
        assert "44 not rated yet" in words(page)

    def test_say_when_every_target_is_met(self, me, open_page):
        me.rate(change_management=3, clinical_engagement=5)

        assert "You meet every target you rated for the role New CCIO." in words(open_page("gaps"))

    def test_keep_the_switch_to_another_profile(self, me, open_page):
        me.rate(change_management=1)
        me.settle(minutes=90)

        page = open_page("gaps")
        page.selectbox(key="gaps:profile").set_value("established-ccio").run()

        assert not page.exception
        assert "For the role Established CCIO" in words(page)
        assert me.settings() == people_queries.Settings("established-ccio", 90)
        assert open_page("gaps").selectbox(key="gaps:profile").value == "established-ccio"

    def test_leave_a_newer_choice_of_another_tab_alone(self, me, open_page):
        me.rate(change_management=1)
        page = open_page("gaps")
        me.settle(profile="established-ccio")

        page.run()

        assert me.settings().profile == "established-ccio"

    @pytest.mark.parametrize(
        ("profile", "following"),
        [
            ("aspiring-ccio", "Divisional clinical informatics lead and New CCIO"),
            ("new-ccio", "Established CCIO"),
            ("established-ccio", "System or regional CCIO"),
        ],
    )
    def test_name_the_roles_that_commonly_follow(self, me, open_page, profile, following):
        me.rate(change_management=1)
        me.settle(profile=profile)

        assert f"Roles that commonly follow: {following}." in words(open_page("gaps"))

    def test_lead_to_a_plan(self, me, open_page):
        me.rate(change_management=1)

        assert press(open_page("gaps"), "Plan my time").title[0].value == "My plan"
