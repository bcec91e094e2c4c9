"""What a visitor sees at home: the first visit, the one next step, progress, and plain pages."""

import html
import re
from datetime import timedelta

import pytest

from ccio_skills import library
from ccio_skills.assess import commands as assess
from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.learn import commands as learn
from ccio_skills.people import commands as people
from ccio_skills.people import queries as people_queries
from ccio_skills.ui import Place
from ccio_skills.vocabulary import Level
from tests.conftest import CONTENT
from tests.partly import partly_written

ROLE, ENGAGEMENT, ESSENTIALS = (
    "what-a-ccio-is-and-does",
    "clinical-engagement-that-works",
    "digital-clinical-safety-essentials",
)
PATH = "aspiring-ccio-foundations"
OTHERS = (f"path={PATH}", "path=digital-clinical-safety")
DAY = timedelta(days=1)
CHANGE_DOMAIN = (
    "clinical_engagement",
    "change_management",
    "implementation_and_adoption_science",
    "training_and_digital_literacy",
    "patient_and_public_involvement",
)


@pytest.fixture(scope="session")
def shipped() -> library.Library:
    """What ships, before the last modules were written: pages must say what is still to come."""
    return partly_written(library.load(CONTENT))


def words(page):
    """Return what our own HTML says, without markup."""
    said = [one.value for one in page.get("html") if not one.value.startswith("<style")]
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", " ".join(said))).split())


def linked(page):
    """Return the links with words and query string."""
    return [(one.value, one.proto.query_string) for one in page.get("page_link")]


class Me:
    def __init__(self, visit):
        self.db, self.id, self.library, self.now = (
            visit.db,
            visit.person.id,
            visit.library,
            visit.now,
        )

    def settle(self, profile):
        people.settle(self.db, self.id, profile=profile, minutes_a_week=60, at=self.now)

    def rate(self, *, days=0, **levels):
        """Rate so many days ago, in a sitting that has ended."""
        at = self.now - days * DAY
        for name, level in levels.items():
            rating = Rating(name.replace("_", "-"), None if level is None else Level(level), at)
            assess.answer(self.db, self.id, rating, library=self.library)
        assess.end_sitting(self.db, self.id, at=at)

    def finish(self, module, *, days=0, minutes=30, reflection=("", "", "")):
        one, at = self.library.module[module], self.now - days * DAY
        learn.finish(self.db, self.id, one, minutes=minutes, reflection=reflection, at=at)


@pytest.fixture
def me(settled):
    """The learner, settled as a new CCIO with an hour a week."""
    return Me(settled)


@pytest.fixture
def shipped_whole(me):
    """Me, with the whole of what ships."""
    me.library = library.load(CONTENT)
    return me


class TestTheFirstVisit:
    def test_asks_two_questions_and_no_more(self, visit, open_page):
        page = open_page("home")

        assert not page.exception
        assert page.title[0].value == "See where you stand, in four minutes"
        assert [one.label for one in page.radio] == ["Where are you?"]
        assert [one.label for one in page.button_group] == ["How much time can you give this week?"]
        assert not page.text_input
        assert not page.checkbox
        said = [profile.says for profile in visit.library.profile.values()]
        assert page.radio[0].options == said
        assert len(said) == 7
        assert page.button_group[0].value == 60

    def test_stores_nothing_until_one_starts(self, visit, open_page):
        open_page("home").radio[0].set_value("new-ccio").run()

        assert people_queries.settings(visit.db, visit.person.id) is None

    def test_keeps_both_answers_and_begins_to_rate(self, visit, open_page):
        page = open_page("home")
        page.radio[0].set_value("divisional-lead")
        page.button_group[0].set_value(120)
        page.button(key="welcome:start").click().run()

        assert not page.exception
        assert people_queries.settings(visit.db, visit.person.id) == people_queries.Settings(
            "divisional-lead", 120
        )
        assert page.title[0].value == visit.library.domains[0].title


class TestTheNextStep:
    def test_is_the_quick_start_when_nothing_is_rated(self, me, open_page):
        page = open_page("home")

        assert not page.exception
        assert "Ten questions, about four minutes, and you see where you stand." in words(page)
        assert "Answer ten questions" in words(page)
        assert page.button(key="home:next").label == "Start"

    def test_is_the_first_module_of_the_plan(self, me, open_page):
        me.rate(clinical_risk_management=0)

        page = open_page("home")

        said = words(page)
        assert "First in your plan, 30 minutes Digital clinical safety essentials" in said
        assert "Clinical risk management (DCB0129/DCB0160)" in said
        assert page.button(key="home:next").label == "Start reading"
        assert ("See the plan", "") in linked(page)

    def test_is_to_begin_a_module_even_with_very_little_time(self, me, open_page):
        me.rate(clinical_risk_management=0)
        people.settle(me.db, me.id, profile="new-ccio", minutes_a_week=5, at=me.now)

        assert "Digital clinical safety essentials" in words(open_page("home"))

    def test_passes_over_what_is_done(self, me, open_page):
        me.rate(clinical_risk_management=0)
        me.finish(ESSENTIALS)

        assert "First in your plan, 45 minutes DCB0129 and DCB0160" in words(open_page("home"))

    def test_is_something_at_work_where_no_module_reaches(self, me, open_page):
        me.rate(change_management=2)

        page = open_page("home")

        assert me.library.action("change-management", 3).title in words(page)
        assert "No module reaches the next step in Change management yet." in words(page)
        assert page.button(key="home:next").label == "See what to do"

    def test_is_not_what_was_done_at_work_already(self, me, open_page):
        me.rate(change_management=2, clinical_engagement=3)
        work = me.library.action("change-management", 3)
        assert work.title in words(open_page("home"))
        learn.do_action(me.db, me.id, "change-management", step=3, evidence="", at=me.now)

        assert work.title not in words(open_page("home"))

    def test_is_another_role_when_every_target_is_met(self, me, open_page):
        me.rate(clinical_risk_management=5)

        page = open_page("home")

        assert "Rate more skills, or try the next role" in words(page)
        assert page.button(key="home:next").click().run().title[0].value == "My gaps"

    def test_never_says_that_nothing_is_open_while_a_gap_is(self, me, open_page):
        me.rate(change_management=1)
        learn.decide(me.db, me.id, ENGAGEMENT, "not_now", at=me.now)

        assert "Nothing is open" not in words(open_page("home"))

    def test_of_somebody_who_aspires_is_the_path(self, me, open_page):
        me.settle("aspiring-ccio")
        me.rate(clinical_risk_management=0)

        page = open_page("home")

        said = words(page)
        assert "Step 1 of 12 on your path, 30 minutes Digital clinical safety essentials" in said
        assert "the role asks for 2 Contributing. It is next on the path Aspiring CCIO" in said
        assert ("See the path", f"path={PATH}") in linked(page)

    def test_on_the_path_passes_over_what_is_done_or_may_be_skipped(self, me, open_page):
        me.settle("aspiring-ccio")
        me.rate(clinical_engagement=2)
        me.finish(ROLE)

        said = words(open_page("home"))

        assert "Step 3 of 12 on your path, 30 minutes Digital clinical safety essentials" in said

    def test_leaves_the_path_when_the_person_does(self, me, open_page):
        me.settle("aspiring-ccio")
        me.rate(clinical_risk_management=0)
        learn.follow(me.db, me.id, PATH, at=me.now)
        learn.leave(me.db, me.id, PATH, at=me.now)

        assert "First in your plan" in words(open_page("home"))

    def test_is_the_path_of_whoever_follows_it(self, me, open_page):
        me.rate(clinical_risk_management=0)
        assert "First in your plan" in words(open_page("home"))

        learn.follow(me.db, me.id, PATH, at=me.now)

        assert "Step 1 of 12 on your path" in words(open_page("home"))

    def test_leaves_the_path_while_it_is_paused(self, me, open_page):
        me.rate(clinical_risk_management=0)
        learn.follow(me.db, me.id, PATH, at=me.now)
        learn.pause(me.db, me.id, PATH, at=me.now)

        assert "First in your plan" in words(open_page("home"))

    def test_comes_back_to_the_plan_when_the_path_is_walked(self, me, open_page):
        me.settle("aspiring-ccio")
        me.rate(change_management=0)
        for slug in me.library.path[PATH].modules:
            if slug in me.library.module:
                me.finish(slug)

        said = words(open_page("home"))

        assert "on your path" not in said
        assert "At work" in said


class TestWhereOneStands:
    def test_is_said_in_one_sentence(self, me, open_page):
        """Targets of a new CCIO: engagement 4, change 3, risk 3."""
        me.rate(clinical_engagement=4, change_management=1, clinical_risk_management=2)

        assert (
            "For the role New CCIO you meet 1 of 3 rated skills; 1 clear gap, 42 not rated yet."
        ) in words(open_page("home"))

    def test_shows_no_chart_before_the_first_rating(self, me, open_page):
        assert not open_page("home").get("vega_lite_chart")

    def test_says_what_is_worth_rating_again(self, me, open_page):
        me.rate(days=400, change_management=1)
        me.rate(days=200, clinical_risk_management=2, market_awareness=1)

        page = open_page("home")

        assert (
            "Worth rating again, because time passed or you learnt something: "
            "Change management and Clinical risk management (DCB0129/DCB0160)."
        ) in words(page)
        assert ("Rate again", "skills=change-management%2Cclinical-risk-management") in linked(page)

    def test_says_so_after_a_module_too(self, me, open_page):
        me.rate(days=2, clinical_engagement=1)
        me.finish(ENGAGEMENT, days=1)

        assert "you learnt something: Clinical engagement." in words(open_page("home"))

    def test_asks_for_nothing_again_that_is_fresh(self, me, open_page):
        me.rate(days=30, change_management=1, clinical_risk_management=2)

        assert "Worth rating again" not in words(open_page("home"))


class TestFinishedLately:
    def test_lists_the_last_four_newest_first(self, me, open_page):
        slugs = list(me.library.module)[:5]
        for days, slug in enumerate(slugs, start=1):
            me.finish(slug, days=days)

        page = open_page("home")

        [listed] = [one.value for one in page.get("html") if '<ul class="cc-list">' in one.value]
        titles = [html.unescape(title) for title in re.findall("<b>(.*?)</b>", listed)]
        assert titles == [me.library.module[slug].title for slug in slugs[:4]]
        assert "21 Nov 2026" in listed

    def test_says_minutes_first_answers_and_reflection(self, me, open_page):
        module = me.library.module[ROLE]
        for number, check in enumerate(module.checks):
            best = next(place for place, option in enumerate(check.options) if option.best)
            option = best if number else (best + 1) % len(check.options)
            learn.answer_check(me.db, me.id, ROLE, check, option=option, sureness="sure", at=me.now)
        me.finish(ROLE, minutes=1, reflection=("Signatures do not move.", "", ""))

        asked = len(module.checks)
        assert (
            f"1 minute, {asked - 1} of {asked} answers right first time, reflection written"
        ) in words(open_page("home"))


class TestProgress:
    def test_invites_when_nothing_is_rated(self, me, open_page):
        page = open_page("progress")

        assert "Nothing to show yet: progress begins with your first ratings." in words(page)
        assert not page.get("vega_lite_chart")
        assert page.button(key="empty:home").click().run().title[0].value == "Your next step"

    def test_of_one_day_has_no_changes_yet(self, me, open_page):
        me.rate(change_management=1)

        page = open_page("progress")

        assert not page.exception
        assert "You rated yourself on 1 day. No module is finished yet." in words(page)
        assert "You have rated on one day only." in words(page)
        assert [one.key for one in page.selectbox] == ["progress:role"]

    def test_calls_one_level_in_one_skill_noise(self, me, open_page):
        """One of five skills up by one: the domain mean moves by 0.2."""
        me.rate(days=90, **dict.fromkeys(CHANGE_DOMAIN, 2))
        me.rate(change_management=3)

        page = open_page("progress")

        assert not page.exception
        assert "You rated yourself on 2 days since 24 August 2026." in words(page)
        assert "No domain mean moved by more than the noise of self-rating." in words(page)
        assert "2 to 3 Change management within the noise" in words(page)
        assert "1 skill with another level" in [one.label for one in page.expander]
        assert (
            "A one-level move in a single skill is within the noise of self-rating. "
            "A domain mean that moves 0.8 or more is not."
        ) in words(page)

    def test_calls_a_domain_that_moved_by_point_eight_more_than_noise(self, me, open_page):
        """Four of five skills up by one: 0.8."""
        me.rate(days=90, **dict.fromkeys(CHANGE_DOMAIN, 2))
        me.rate(**dict.fromkeys(CHANGE_DOMAIN[:4], 3))

        said = words(open_page("progress"))

        assert "2.0 to 2.8 Engagement and change up by 0.8 over 5 skills: more than noise" in said
        assert "No domain mean moved" not in said

    def test_says_when_something_went_down(self, me, open_page):
        me.rate(days=90, **dict.fromkeys(CHANGE_DOMAIN, 4))
        me.rate(**dict.fromkeys(CHANGE_DOMAIN, 2))

        said = words(open_page("progress"))

        assert "4.0 to 2.0 Engagement and change down by 2.0 over 5 skills: more than noise" in said
        assert "4 to 2 Change management two levels or more" in said

    def test_compares_with_the_day_that_is_chosen(self, me, open_page):
        me.rate(days=200, change_management=1)
        me.rate(days=100, change_management=3)
        me.rate(change_management=3)

        page = open_page("progress")
        assert "1 to 3 Change management two levels or more" in words(page)

        page.selectbox(key="progress:since").set_value((me.now - 100 * DAY).date()).run()

        assert not page.exception
        assert "No single skill has another level." in words(page)

    def test_counts_modules_and_minutes(self, me, open_page):
        me.rate(change_management=1)
        me.finish(ROLE, minutes=100)
        me.finish(ENGAGEMENT, minutes=30, days=40)

        page = open_page("progress")

        assert "and finished 2 modules in 2 hours 10 minutes." in words(page)
        assert "Minutes of learning" in [one.value for one in page.header]
        assert len(page.get("vega_lite_chart")) == 3

    def test_gives_each_chart_a_sentence_a_table_and_a_file(self, me, open_page):
        me.rate(days=90, change_management=1)
        me.finish(ROLE)

        page = open_page("progress")

        charts = page.get("vega_lite_chart")
        assert all(one.proto.alt.endswith(".") for one in charts)
        tables = [one.value for one in page.get("html") if "<table" in one.value]
        assert len(charts) == len(tables) == len(page.get("download_button")) == 3
        for chart, table in zip(charts, tables, strict=True):
            assert f'aria-label="{html.escape(chart.proto.alt)}"' in table

    def test_of_somebody_who_rated_only_what_is_not_theirs_is_harmless(self, me, open_page):
        me.rate(days=90, change_management=None)
        me.rate(clinical_engagement=None)

        assert not open_page("progress").exception


DOCUMENTS = ["data-protection-impact-assessment", "not-a-clinical-system"]


class TestTheDistanceToTheRole:
    def test_is_to_the_person_s_own_role_until_they_choose_another(self, me, open_page):
        """A new CCIO is asked for 3 in change management, one who aspires for 2."""
        me.rate(change_management=2)

        page = open_page("progress")
        assert "what the role New CCIO asks for: 2% rests on a rating alone." in words(page)

        page.selectbox(key="progress:role").set_value("aspiring-ccio").run()
        assert "what the role Aspiring CCIO asks for: 4% rests on a rating alone." in words(page)
        assert people_queries.settings(me.db, me.id).profile == "new-ccio", (
            "looking changes nothing"
        )

    def test_is_no_prediction_and_says_so(self, me, open_page):
        me.rate(change_management=2)

        assert "This is not a prediction of appointment." in words(open_page("progress"))

    def test_names_the_cheapest_steps_with_their_minutes_and_reason(self, me, open_page):
        """M18 (45 minutes) teaches the next level of clinical risk, core to a new CCIO."""
        me.rate(clinical_risk_management=1)

        page = open_page("progress")

        assert (
            "45 min DCB0129 and DCB0160: who does what Clinical risk management "
            "(DCB0129/DCB0160), from 1 Aware to 2 Contributing: core to the role, "
            "3 of the 6 weighted levels still open."
        ) in words(page)
        assert ("Open M18", "module=dcb0129-and-dcb0160-who-does-what") in linked(page)

    def test_has_no_steps_where_everything_rated_is_met(self, me, open_page):
        me.rate(clinical_risk_management=5)

        page = open_page("progress")

        assert not page.exception
        assert "What would shorten it most cheaply" not in [one.value for one in page.subheader]

    def test_takes_what_was_done_at_work_and_read_into_account(self, me, open_page):
        me.rate(clinical_risk_management=1)
        me.finish("dcb0129-and-dcb0160-who-does-what")
        work = me.library.action("clinical-risk-management", 2)
        assert work.title in words(open_page("progress"))

        learn.do_action(me.db, me.id, "clinical-risk-management", step=2, evidence="", at=me.now)

        assert work.title not in words(open_page("progress"))


class TestTheOtherPaths:
    def test_name_what_is_next_on_each(self, shipped_whole, open_page):
        me = shipped_whole
        me.rate(clinical_risk_management=1)
        for day, path in enumerate(("new-ccio-first-100-days", PATH, "digital-clinical-safety")):
            learn.follow(me.db, me.id, path, at=me.now - day * DAY)

        page = open_page("home", library=me.library)

        assert "on your path" in words(page)
        assert ("See the path", "path=new-ccio-first-100-days") in linked(page)
        assert "On your other paths" in [one.value for one in page.header]
        others = [value for value, query in linked(page) if query in OTHERS]
        assert others == [
            "Aspiring CCIO: foundations: 0 of 12 done, next What a CCIO is and does",
            "Digital clinical safety: 0 of 15 done, next DCB0129 and DCB0160: who does what",
        ]

    def test_are_no_heading_where_one_path_is_followed_or_none(self, me, open_page):
        me.rate(clinical_risk_management=0)
        for path in (None, PATH):
            if path:
                learn.follow(me.db, me.id, path, at=me.now)

            page = open_page("home")

            assert "On your other paths" not in [one.value for one in page.header]
            assert ("See the learning paths", "") in linked(page)

    def test_are_named_before_anything_is_rated_too(self, me, open_page):
        learn.follow(me.db, me.id, PATH, at=me.now)

        page = open_page("home")

        assert "On your paths" in [one.value for one in page.header]


class TestPlainPages:
    def test_about_says_that_all_of_it_is_a_proposal(self, open_page):
        page = open_page("about")

        said = f"{words(page)} {' '.join(one.value for one in page.markdown)}".casefold()
        assert "proposal" in said
        assert "not been validated" in said or "not validated" in said

    def test_privacy_says_where_the_answers_lie(self, open_page):
        page = open_page("privacy", place=Place(store="/home/learner/ccio-skills.db"))

        assert "lie in: /home/learner/ccio-skills.db" in words(page)

    @pytest.mark.parametrize("path", ["about", "privacy", *DOCUMENTS])
    def test_number_what_they_cite_and_list_its_sources(self, visit, open_page, path):
        facts = visit.library.page[path].facts

        page = open_page(path)

        assert not page.exception
        said = " ".join(one.value for one in page.markdown)
        cited = {int(number) for number in re.findall(r"\\\[(\d+)\\\]", said)}
        assert cited == set(range(1, len(facts) + 1))
        assert re.findall(r"\[F\d+\]", said) == []
        assert all(visit.library.fact[name].text in said for name in facts)
        assert [one.label for one in page.expander] == [f"Sources ({len(facts)})"]

    def test_help_cites_nothing_and_lists_nothing(self, open_page):
        assert len(open_page("help").expander) == 0

    def test_privacy_tells_a_personal_installation_from_a_shared_one(self, open_page):
        page = open_page("privacy")

        said = " ".join(one.value for one in page.markdown)
        assert "**Personal installation.** The file is created readable by your own" in said
        assert "**Shared installation.** No page shows your ratings" in said
        assert "it is not encrypted against them" in said

    def test_privacy_leads_to_the_papers_for_an_organisation(self, open_page):
        links = open_page("privacy").get("page_link")

        assert [one.proto.page for one in links[:2]] == DOCUMENTS

    @pytest.mark.parametrize("path", DOCUMENTS)
    def test_a_paper_can_be_copied_from_and_taken_away(self, open_page, path):
        page = open_page(path)

        [form] = page.code
        assert "______" in form.value
        assert [one.label for one in page.get("download_button")] == ["Download to adapt"]

    @pytest.mark.parametrize("path", DOCUMENTS)
    def test_a_paper_promises_nothing_in_the_name_of_others(self, visit, path):
        """The host decides and signs; whether a standard applies is for a safety officer to say."""
        body = visit.library.page[path].body

        assert "most likely" in body
        assert "data protection officer" in body or "clinical safety officer" in body
        assert "Signed" in body or "Clinical safety officer:" in body
