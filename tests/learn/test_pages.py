"""What a visitor sees in the learn room: plan, module, library and path."""

import html
import re
from datetime import timedelta

import pytest

from ccio_skills import library
from ccio_skills.assess import commands as assess
from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.learn import commands, queries
from ccio_skills.learn.rules import search
from ccio_skills.people import commands as people
from ccio_skills.people import queries as people_queries
from ccio_skills.ui import Place, cite
from ccio_skills.vocabulary import Level
from tests.conftest import CONTENT
from tests.partly import partly_written

ROLE, ENGAGEMENT, ESSENTIALS, STANDARDS = (
    "what-a-ccio-is-and-does",
    "clinical-engagement-that-works",
    "digital-clinical-safety-essentials",
    "dcb0129-and-dcb0160-who-does-what",
)
PATH = "aspiring-ccio-foundations"
DAY = timedelta(days=1)


@pytest.fixture(scope="session")
def shipped() -> library.Library:
    """What ships, before the last modules were written: pages must say what is still to come."""
    return partly_written(library.load(CONTENT))


def words(page):
    """Return what our own HTML says, without markup."""
    said = [one.value for one in page.get("html") if not one.value.startswith("<style")]
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", " ".join(said))).split())


def prose(page):
    return " ".join(one.value for one in page.markdown)


def press(page, label):
    [button] = [one for one in page.button if one.label == label]
    return button.click().run()


def linked(page, to):
    """Return the query strings of the links to a page that carry one."""
    links = [one.proto for one in page.get("page_link")]
    return [one.query_string for one in links if one.query_string.startswith(f"{to}=")]


class Me:
    def __init__(self, visit):
        self.db, self.id, self.library, self.now = (
            visit.db,
            visit.person.id,
            visit.library,
            visit.now,
        )

    def rate(self, **levels):
        for name, level in levels.items():
            rating = Rating(
                name.replace("_", "-"), None if level is None else Level(level), self.now
            )
            assess.answer(self.db, self.id, rating, library=self.library)

    def settle(self, *, profile="new-ccio", minutes=60):
        people.settle(self.db, self.id, profile=profile, minutes_a_week=minutes, at=self.now)

    def minutes(self):
        return people_queries.settings(self.db, self.id).minutes_a_week

    def finish(self, module, *, days=0):
        one, at = self.library.module[module], self.now - days * DAY
        commands.finish(self.db, self.id, one, minutes=one.minutes, at=at)

    def answer(self, module, check, option):
        commands.answer_check(
            self.db, self.id, module, check, option=option, sureness="sure", at=self.now
        )

    def decisions(self):
        return {slug: one.decision for slug, one in queries.choices(self.db, self.id).items()}

    def reading(self, module):
        return queries.readings(self.db, self.id)[module]

    def completions(self):
        return queries.completions(self.db, self.id)


@pytest.fixture
def me(settled):
    """The learner, settled as a new CCIO with an hour a week."""
    return Me(settled)


class TestThePlan:
    """Clinical risk management asks for 3: M17 (30 minutes) reaches 1, M18 (45) reaches 2."""

    def test_invites_somebody_new_to_the_first_questions(self, open_page):
        page = open_page("plan")

        assert "A plan needs a few answers first." in words(page)
        assert press(page, "Start the quick start").title[0].value == (
            "See where you stand, in four minutes"
        )

    def test_invites_to_rate_when_nothing_is_rated(self, me, open_page):
        page = press(open_page("plan"), "Start the quick start")

        assert page.title[0].value == me.library.domains[0].title

    def test_says_minutes_and_today_in_its_first_sentence(self, me, open_page):
        me.rate(clinical_risk_management=0)
        first = me.library.module[ESSENTIALS].parts[0].minutes

        page = open_page("plan")

        assert not page.exception
        assert words(page).startswith(
            f"You have 60 minutes this week: this one. Today, part 1 of it, {first} minutes."
        )

    def test_counts_two_modules_and_names_the_first(self, me, open_page):
        me.rate(clinical_risk_management=0)
        me.settle(minutes=90)

        page = open_page("plan")

        assert "You have 1 hour 30 minutes this week: these two. Today, part 1 of the first," in (
            words(page)
        )

    def test_keeps_the_minutes_chosen_on_it(self, me, open_page):
        me.rate(clinical_risk_management=0)

        page = open_page("plan")
        page.button_group(key="plan:minutes").set_value(120).run()

        assert not page.exception
        assert "You have 2 hours this week: these two." in words(page)
        assert me.minutes() == 120

    def test_leaves_newer_minutes_of_another_tab_alone(self, me, open_page):
        me.rate(clinical_risk_management=0)
        page = open_page("plan")
        me.settle(minutes=120)

        page.run()

        assert me.minutes() == 120

    def test_goes_further_today_with_more_minutes(self, me, open_page):
        """M17: parts of 5, 6 and 12 minutes; 20 minutes hold the first two."""
        me.rate(clinical_risk_management=0)

        page = open_page("plan")
        page.selectbox(key="plan:today").set_value(20).run()

        assert "Today, parts 1 and 2 of it, 11 minutes." in words(page)

    def test_goes_on_today_where_one_was(self, me, open_page):
        me.rate(clinical_risk_management=0)
        commands.turn_to(me.db, me.id, ESSENTIALS, part=1, at=me.now)

        page = open_page("plan")

        assert "Today, part 2 of it, 6 minutes." in words(page)
        assert [one.label for one in page.button if one.key == f"read:{ESSENTIALS}"] == [
            "Go on reading"
        ]

    def test_gives_a_tiny_budget_the_module_to_begin(self, me, open_page):
        me.rate(clinical_risk_management=0)
        me.settle(minutes=5)

        page = open_page("plan")

        assert not page.exception
        assert (
            "You have 5 minutes this week: begin Digital clinical safety essentials. "
            "Today, part 1 of it, 5 minutes."
        ) in words(page)
        assert [one.label for one in page.button if one.key == f"read:{ESSENTIALS}"] == [
            "Start reading"
        ]

    def test_says_why_what_it_costs_and_what_it_opens(self, me, open_page):
        me.rate(clinical_risk_management=0)

        said = words(open_page("plan"))

        assert "Why this:" in said
        assert "Clinical risk management (DCB0129/DCB0160)" in said
        assert "30 minutes leads to level 1, Aware M17" in said
        assert "It opens DCB0129 and DCB0160: who does what." in said

    def test_says_what_would_change_it(self, me, open_page):
        """Half an hour still holds M17, no time at all is no advice; a level more needs nothing."""
        me.rate(clinical_risk_management=0)
        page = open_page("plan")
        assert "it would leave the plan." not in words(page), "worked out before it was asked for"

        page.session_state["what_digital-clinical-safety-essentials"] = True
        said = words(page.run())

        assert "With 30 minutes" not in said
        assert "With 0 minutes" not in said
        assert (
            "If you rated Clinical risk management (DCB0129/DCB0160) 1 Aware, "
            "it would leave the plan."
        ) in said

    def test_keeps_a_pin_and_takes_it_off(self, me, open_page):
        me.rate(clinical_risk_management=0)
        page = open_page("plan")

        page.button(key=f"pin:{ESSENTIALS}").click().run()

        assert not page.exception
        assert me.decisions() == {ESSENTIALS: "pinned"}

        page.button(key=f"unpin:{ESSENTIALS}").click().run()

        assert me.decisions() == {}

    def test_puts_aside_what_is_not_for_now_and_brings_it_back(self, me, open_page):
        me.rate(clinical_risk_management=1)
        me.settle(minutes=75)
        page = open_page("plan")
        assert f"read:{STANDARDS}" in {one.key for one in page.button}

        page.button(key=f"not_now:{STANDARDS}").click().run()

        assert not page.exception
        assert me.decisions() == {STANDARDS: "not_now"}
        assert f"read:{STANDARDS}" not in {one.key for one in page.button}
        assert "DCB0129 and DCB0160: who does what : not now" in words(page)

        page.button(key=f"back:{STANDARDS}").click().run()

        assert me.decisions() == {}
        assert f"read:{STANDARDS}" in {one.key for one in page.button}

    def test_wants_a_line_of_evidence_for_what_is_known(self, me, open_page):
        me.rate(clinical_risk_management=0)
        page = open_page("plan")

        page.button(key=f"known:{ESSENTIALS}").click().run()

        assert page.error[0].value == "Write one line about what shows it; it is for you alone."
        assert me.decisions() == {}

    def test_keeps_what_is_known_and_offers_to_rate_it(self, me, open_page):
        me.rate(clinical_risk_management=0)
        page = open_page("plan")

        page.text_input(key=f"known:{ESSENTIALS}:evidence").set_value("Course in 2025.")
        page.button(key=f"known:{ESSENTIALS}").click().run()

        [choice] = queries.choices(me.db, me.id).values()
        assert (choice.decision, choice.evidence) == ("known", "Course in 2025.")
        assert page.title[0].value == me.library.domain["clinical-safety"].title
        assert "Digital clinical safety essentials : you know this" in words(open_page("plan"))

    def test_offers_something_to_do_at_work_where_no_module_reaches(self, me, open_page):
        me.rate(change_management=2)

        page = open_page("plan")

        action = me.library.action("change-management", 3)
        assert not page.exception
        assert "here is something to do at work instead" in words(page)
        assert page.expander[0].label == f"{action.title} (Change management)"
        assert action.do in words(page)
        assert action.proves in words(page)

    def test_names_what_is_still_to_be_written_and_never_links_it(self, me, open_page):
        me.rate(change_management=2)

        page = open_page("plan")

        assert "Still to be written: M14 " in words(page)
        written = {f"module={slug}" for slug in me.library.module}
        assert set(linked(page, "module")) <= written

    def test_keeps_what_was_done_at_work_and_offers_to_rate_it(self, me, open_page):
        me.rate(change_management=2)
        page = open_page("plan")

        page.text_input(key="did:change-management:3:evidence").set_value(" Clinic letters. ")
        page.button(key="did:change-management:3").click().run()

        assert queries.actions_done(me.db, me.id) == (
            queries.Done("change-management", 3, "Clinic letters.", me.now),
        )
        assert page.title[0].value == me.library.domain["change"].title
        assert "You did what we could suggest at work." in words(open_page("plan"))

    def test_has_nothing_to_plan_when_every_target_is_met(self, me, open_page):
        me.rate(clinical_risk_management=5)

        page = open_page("plan")

        assert "You meet every target you rated." in words(page)
        assert press(page, "See my gaps").title[0].value == "My gaps"

    def test_never_says_that_all_is_met_while_a_gap_is_open(self, me, open_page):
        me.rate(change_management=1)
        commands.decide(me.db, me.id, ENGAGEMENT, "not_now", at=me.now)

        assert "You meet every target you rated." not in words(open_page("plan"))


class TestAModule:
    def test_draws_its_diagrams_and_says_them_in_words(self, settled, open_page):
        whole = library.load(CONTENT)
        params = {"module": "architecture-cloud-integration-and-legacy", "part": "1"}

        page = open_page("module", library=whole, params=params)

        [diagram] = [one.value for one in page.markdown if "```mermaid" in one.value]
        [below] = [one.value for one in page.markdown if "In words: " in one.value]
        spoken = " ".join(below.partition("In words: ")[2].split())[:40]
        assert "flowchart" in diagram
        assert spoken
        assert spoken in " ".join(diagram.split()), "the words are its accessible name"

    def test_that_nobody_knows_is_said_and_leads_to_the_library(self, me, open_page):
        page = open_page("module", params={"module": "<b>telepathy</b>"})

        assert not page.exception
        assert page.title[0].value == "No such module"
        assert "Look in the library" in [one.value for one in page.get("page_link")]
        assert queries.readings(me.db, me.id) == {}

    def test_still_to_be_written_cannot_be_read(self, me, open_page):
        page = open_page("module", params={"module": "snomed-ct-for-clinical-leaders"})

        assert page.title[0].value == "No such module"

    def test_opens_with_what_it_answers_and_what_one_can_do_after_it(self, me, open_page):
        page = open_page("module", params={"module": ROLE})

        module = me.library.module[ROLE]
        assert not page.exception
        assert page.title[0].value == module.title
        assert page.header[0].value == module.parts[0].title
        assert f"Part 1 of {len(module.parts)}" in words(page)
        for line in (*module.answers, *module.objectives):
            assert line in words(page)
        assert dict(page.query_params) == {"module": ROLE, "part": "1"}

    def test_without_a_reviewer_says_so_with_the_day_it_was_checked(self, me, open_page):
        said = words(open_page("module", params={"module": ROLE}))

        assert (
            "Written from the cited sources, checked against them on 22 November 2026. "
            "Not yet reviewed by a clinician."
        ) in said

    def test_with_a_reviewer_names_them(self, me, open_page, settled):
        shipped = {name: getattr(settled.library, name) for name in library.Library.model_fields}
        reviewed = library.Module(
            **{**me.library.module[ROLE].model_dump(), "reviewed_by": "Dr A. Example"}
        )
        content = library.Library(**{**shipped, "modules": (reviewed,)})

        said = words(open_page("module", params={"module": ROLE}, library=content))

        assert "Reviewed by Dr A. Example." in said
        assert "Not yet reviewed by a clinician." not in said

    def test_warns_only_after_its_review_date(self, me, open_page):
        due = me.library.module[ROLE].review_by
        days = (due - me.now.date()).days

        on_the_day = open_page("module", params={"module": ROLE}, now=me.now + days * DAY)
        after = open_page("module", params={"module": ROLE}, now=me.now + (days + 1) * DAY)

        assert not on_the_day.warning
        assert [one.value for one in after.warning] == [
            "Due for review on 22 May 2027. Check the sources before you quote this."
        ]

    @pytest.mark.parametrize(
        ("part", "place"),
        [("0", 0), ("2", 1), ("-3", 0), ("²", 0), ("9" * 40, 0)],
    )
    def test_takes_no_harm_from_a_part_out_of_range(self, me, open_page, part, place):
        page = open_page("module", params={"module": ROLE, "part": part})

        assert not page.exception
        assert page.header[0].value == me.library.module[ROLE].parts[place].title

    @pytest.mark.parametrize("part", ["6", "999"])
    def test_ends_at_its_ending_however_high_the_part(self, me, open_page, part):
        page = open_page("module", params={"module": ROLE, "part": part})

        assert page.header[0].value == "Finish and reflect"
        ending = str(len(me.library.module[ROLE].parts) + 2)
        assert dict(page.query_params) == {"module": ROLE, "part": ending}

    def test_comes_back_to_where_one_was(self, me, open_page):
        open_page("module", params={"module": ROLE, "part": "2"})

        page = open_page("module", params={"module": ROLE})

        assert me.reading(ROLE).part == 1
        assert page.header[0].value == me.library.module[ROLE].parts[1].title

    def test_links_each_of_its_parts_with_minutes(self, me, open_page):
        page = open_page("module", params={"module": ROLE})

        module = me.library.module[ROLE]
        labels = [one.value for one in page.get("page_link")]
        assert linked(page, "module") == [
            f"module={ROLE}&part={number}" for number in range(1, len(module.parts) + 3)
        ]
        assert f"Check yourself ({module.check_minutes} min)" in labels

    def test_says_on_which_day_and_where_it_applies(self, me, open_page):
        said = words(open_page("module", params={"module": STANDARDS}))

        assert "45 minutes checked 22 November 2026 review due 22 February 2027" in said
        assert "applies to England" in said

    def test_shows_citations_as_numbers_and_never_as_codes(self, me, open_page):
        """The first fact that M18 lists is number 1, and so on in every module."""
        page = open_page("module", params={"module": STANDARDS, "part": "2"})

        assert re.search(r"\\\[\d+\\\]", prose(page))
        assert not re.search(r"\[F\d+\]", prose(page))
        for module in me.library.module.values():
            shown = cite(module.body, module.facts)
            cited = {int(number) for number in re.findall(r"\\\[(\d+)\\\]", shown)}
            assert cited == set(range(1, len(module.facts) + 1))

    def test_lets_a_word_open_where_a_part_first_uses_it(self, me, open_page):
        page = open_page("module", params={"module": STANDARDS, "part": "2"})
        said = prose(page)

        assert not page.exception
        assert said.count('popovertarget="word-cso"') == said.count('id="word-cso" popover') == 1
        assert said.index('popovertarget="word-cso"') < said.index('id="word-cso"')
        assert 'href="glossary&#63;term&#61;CSO"' in said
        means = html.unescape(said)
        [cso] = [one for one in me.library.terms if one.term == "CSO"]
        assert f"<b>CSO, clinical safety officer.</b> {cso.means}" in means

    def test_lets_a_word_open_again_in_another_part(self, me, open_page):
        parts = range(1, len(me.library.module[STANDARDS].parts) + 1)

        opening = [
            prose(open_page("module", params={"module": STANDARDS, "part": str(part)})).count(
                'id="word-dcb0160"'
            )
            for part in parts
        ]

        assert set(opening) <= {0, 1}
        assert sum(opening) > 1

    def test_offers_a_template_to_copy(self, me, open_page):
        parts = me.library.module[STANDARDS].parts
        number = next(n for n, one in enumerate(parts, start=1) if "```template" in one.body)

        page = open_page("module", params={"module": STANDARDS, "part": str(number)})

        assert page.code
        assert "```" not in prose(page)

    def test_keeps_notes(self, me, open_page):
        page = open_page("module", params={"module": ROLE})
        page.text_area(key=f"notes:{ROLE}").set_value("Ask <b>Marian</b>.").run()

        assert not page.exception
        assert "Notes saved." in words(page)
        assert me.reading(ROLE).notes == "Ask <b>Marian</b>."
        again = open_page("module", params={"module": ROLE})
        assert again.text_area(key=f"notes:{ROLE}").value == "Ask <b>Marian</b>."

    def test_leaves_newer_notes_of_another_tab_alone(self, me, open_page):
        page = open_page("module", params={"module": ROLE})
        commands.keep_notes(me.db, me.id, ROLE, notes="Newer.", at=me.now)

        page.run()

        assert me.reading(ROLE).notes == "Newer."

    def test_offers_to_report_a_mistake_at_the_address_of_the_installation(self, me, open_page):
        place = Place(mistakes_address="mailto:library@example.org")

        page = open_page("module", params={"module": ROLE}, place=place)

        [button] = page.get("link_button")
        assert (button.proto.label, button.proto.url) == (
            "Report a mistake in M01",
            "mailto:library@example.org",
        )

    def test_says_what_its_skill_answers_of_the_survey(self, me, open_page):
        finding = me.library.skill["clinical-engagement"].survey_2012

        assert finding in words(open_page("module", params={"module": ENGAGEMENT}))


class TestTheQuestions:
    @pytest.fixture
    def module(self, me):
        return me.library.module[ROLE]

    @pytest.fixture
    def open_quiz(self, open_page, module):
        params = {"module": ROLE, "part": str(len(module.parts) + 1)}
        return lambda **changes: open_page("module", params=params, **changes)

    def best(self, check):
        return next(place for place, option in enumerate(check.options) if option.best)

    def test_stand_there_with_nothing_chosen(self, module, open_quiz):
        page = open_quiz()

        assert not page.exception
        assert page.header[0].value == "Check yourself"
        assert [one.value for one in page.radio] == [None] * len(module.checks)
        assert all(check.stem in prose(page) for check in module.checks)
        assert not page.success

    def test_want_an_answer_before_how_sure_one_is(self, me, module, open_quiz):
        page = open_quiz()
        page.button(key=f"sure:{module.checks[0].id}:sure").click().run()

        assert page.error[0].value == "Choose an answer first."
        assert queries.answers(me.db, me.id, ROLE) == {}

    def test_explain_the_best_answer_at_once(self, me, module, open_quiz):
        check = module.checks[0]
        page = open_quiz()
        page.radio(key=f"check:{check.id}").set_value(self.best(check))
        page.button(key=f"sure:{check.id}:fairly").click().run()

        given = queries.answers(me.db, me.id, ROLE)[check.id]
        assert not page.exception
        assert (given.option, given.is_best, given.sureness) == (self.best(check), True, "fairly")
        assert given.wording == check.wording
        assert len(page.success) == 1
        assert check.options[self.best(check)].reason in page.success[0].value
        assert "You chose (fairly sure)" in page.success[0].value

    def test_explain_every_option_of_another_answer(self, module, open_quiz):
        check = module.checks[0]
        wrong = (self.best(check) + 1) % len(check.options)
        page = open_quiz()
        page.radio(key=f"check:{check.id}").set_value(wrong)
        page.button(key=f"sure:{check.id}:guess").click().run()

        said = " ".join(
            one.value for kind in ("info", "success", "markdown") for one in page.get(kind)
        )
        assert "Better:" in said
        assert all(option.reason in said for option in check.options)

    def test_show_answers_given_before(self, me, module, open_quiz):
        check = module.checks[0]
        me.answer(ROLE, check, self.best(check))

        page = open_quiz()

        assert len(page.success) == 1
        assert len(page.radio) == len(module.checks) - 1

    def test_may_be_answered_again(self, me, module, open_quiz):
        check = module.checks[0]
        me.answer(ROLE, check, (self.best(check) + 1) % len(check.options))
        page = open_quiz()

        page.button(key=f"retry:{check.id}").click().run()
        page.radio(key=f"check:{check.id}").set_value(self.best(check))
        page.button(key=f"sure:{check.id}:sure").click().run()

        assert queries.answers(me.db, me.id, ROLE)[check.id].is_best
        assert queries.first_answers_right(me.db, me.id) == {ROLE: (0, 1)}
        assert len(page.radio) == len(module.checks) - 1

    def test_are_asked_anew_once_they_were_reworded(self, me, module, open_quiz):
        check = module.checks[0]
        older = library.Check(**{**check.model_dump(), "stem": "Something else?"})
        me.answer(ROLE, older, 0)

        assert len(open_quiz().radio) == len(module.checks)


class TestTheEnding:
    @pytest.fixture
    def open_ending(self, me, open_page):
        params = {"module": ROLE, "part": str(len(me.library.module[ROLE].parts) + 2)}
        return lambda: open_page("module", params=params)

    def test_repeats_the_key_points_and_lists_every_source(self, me, open_ending):
        page = open_ending()

        module = me.library.module[ROLE]
        assert not page.exception
        assert all(one in words(page) for one in module.keypoints)
        assert f"Sources ({len(module.facts)})" in [one.label for one in page.expander]
        for name in module.facts:
            fact = me.library.fact[name]
            assert fact.text in prose(page)
            assert all(me.library.source[key].title in prose(page) for key in fact.sources)

    def test_logs_minutes_and_reflection_and_offers_to_rate_again(self, me, open_ending):
        page = open_ending()
        page.number_input[0].set_value(40)
        page.text_area[0].set_value("That signatures do not move.")
        press(page, "Finish this module")

        [done] = me.completions()
        assert not page.exception
        assert (done.module, done.minutes, done.has_reflection) == (ROLE, 40, True)
        assert "Finished on 22 November 2026" in words(page)
        assert "Rate again" in [one.label for one in page.button]

    def test_may_be_finished_without_a_word(self, me, open_ending):
        press(open_ending(), "Finish this module")

        [done] = me.completions()
        assert (done.minutes, done.has_reflection) == (25, False)

    def test_leads_to_rating_or_back_to_the_plan(self, me, open_ending):
        me.finish(ROLE)

        assert press(open_ending(), "Rate again").title[0].value == me.library.domains[0].title
        assert press(open_ending(), "Back to my plan").title[0].value == "My plan"

    def test_lets_a_finished_module_begin_anew(self, me, open_ending):
        press(open_ending(), "Finish this module")

        assert me.reading(ROLE).part == 0


class TestTheLibrary:
    def cards(self, page):
        return [one.removeprefix("module=") for one in linked(page, "module")]

    def test_shows_at_most_twelve_cards_and_the_rest_on_a_second_page(self, me, open_page):
        page = open_page("library")
        first = self.cards(page)
        page.pagination[0].set_value(2).run()
        second = self.cards(page)

        assert not page.exception
        assert len(first) == 12
        assert first + second == list(me.library.module)

    def test_finds_by_words_best_first(self, me, open_page):
        page = open_page("library")
        page.text_input(key="library:query").set_value("clincal enagement").run()

        assert not page.exception
        assert self.cards(page)[0] == ENGAGEMENT

    def test_has_the_order_of_the_search_itself(self, me, open_page):
        me.rate(clinical_engagement=0, change_management=5)
        query = "how do I get people on board"
        found = [hit.slug for hit in search.find(search.index(me.library), query)]

        page = open_page("library")
        page.text_input(key="library:query").set_value(query).run()

        assert self.cards(page) == found[:12]

    def test_says_why_a_module_was_found(self, me, open_page):
        page = open_page("library")
        page.text_input(key="library:query").set_value("is the supplier certified").run()

        assert self.cards(page)[0] == STANDARDS
        assert "The supplier says it is certified. Is there anything left for us to do?" in (
            words(page)
        )

    def test_finds_nothing_by_a_letter_and_says_so(self, me, open_page):
        page = open_page("library")
        page.text_input(key="library:query").set_value("e").run()

        assert self.cards(page) == []
        assert "a single letter or digit finds nothing." in words(page)
        assert "Still to be written" not in [one.value for one in page.header]

    def test_says_when_the_words_fit_and_the_boxes_do_not(self, me, open_page):
        page = open_page("library")
        page.text_input(key="library:query").set_value("clinical engagement").run()
        page.selectbox(key="library:minutes").set_value("up to 30 minutes").run()
        page.selectbox(key="library:domain").set_value("trust").run()

        assert self.cards(page) == []
        assert "your words, but none fits the boxes too" in words(page)

    @pytest.mark.parametrize("query", ["(a+)+$ qwertyuiop", "<b>qwertyuiop"])
    def test_says_when_nothing_fits(self, me, open_page, query):
        page = open_page("library")
        page.text_input(key="library:query").set_value(query).run()

        assert not page.exception
        assert self.cards(page) == []
        assert "Nothing fits. Try another word for it, or fewer words" in words(page)
        assert "Or see what your plan suggests" in [one.value for one in page.get("page_link")]

    def test_names_what_is_still_to_be_written_and_never_links_it(self, me, open_page):
        page = open_page("library")
        page.text_input(key="library:query").set_value("FHIR").run()

        assert "M38 FHIR and UK Core without the code" in words(page)
        assert "fhir-and-uk-core-without-the-code" not in self.cards(page)

    def test_keeps_to_domain_level_and_minutes(self, me, open_page):
        page = open_page("library")
        page.selectbox(key="library:domain").set_value("clinical-safety").run()
        assert self.cards(page) == [ESSENTIALS, STANDARDS]

        page.selectbox(key="library:level").set_value(2).run()
        assert self.cards(page) == [STANDARDS]

        page.selectbox(key="library:minutes").set_value("up to 30 minutes").run()
        assert self.cards(page) == []

    def test_keeps_to_what_was_started_or_finished(self, me, open_page):
        commands.turn_to(me.db, me.id, ROLE, part=1, at=me.now)
        me.finish(ENGAGEMENT)
        page = open_page("library")
        shown = {}
        for state in ("started", "finished", "not started"):
            page.selectbox(key="library:state").set_value(state).run()
            shown[state] = self.cards(page)
            labels = [one.value for one in page.get("page_link")]
            assert ("Go on reading: M01" in labels) == (state == "started")
            assert ("Read again: M09" in labels) == (state == "finished")

        assert (shown["started"], shown["finished"]) == ([ROLE], [ENGAGEMENT])
        assert len(shown["not started"]) == 12

    def test_says_how_much_is_written_and_leads_to_the_paths(self, me, open_page):
        page = open_page("library")

        assert words(page).startswith("14 modules are written, 52 are still to come")
        assert "Aspiring CCIO: foundations" in words(page)
        assert "See the learning paths" in [one.value for one in page.get("page_link")]


class TestTheGlossary:
    def test_lists_every_word_from_a_to_z(self, me, open_page):
        page = open_page("glossary")
        said = words(page)

        assert not page.exception
        assert f"{len(me.library.terms)} words of the trade" in said
        for term in me.library.terms:
            assert " ".join(term.means.split()) in said
        assert (
            said.index("ADKAR") < said.index("CSO , clinical safety officer") < said.index("WCAG")
        )

    def test_keeps_to_what_is_looked_for(self, me, open_page):
        page = open_page("glossary")
        page.text_input(key="glossary:filter").set_value("caldicott").run()

        assert "Caldicott Guardian" in words(page)
        assert "ADKAR" not in words(page)

    def test_shows_the_word_that_a_link_names(self, me, open_page):
        page = open_page("glossary", params={"term": "CSO"})

        assert page.text_input(key="glossary:filter").value == "CSO"
        assert "CSO , clinical safety officer" in words(page)
        assert "ADKAR" not in words(page)

        page.text_input(key="glossary:filter").set_value("").run()

        assert "ADKAR" in words(page)

    def test_says_what_to_do_when_no_word_fits(self, me, open_page):
        page = open_page("glossary", params={"term": "<b>qwertyuiop</b>"})

        assert not page.exception
        assert "No such word here. Try fewer letters" in words(page)
        assert "Search the library" in [one.value for one in page.get("page_link")]

    def test_is_linked_from_the_library(self, me, open_page):
        links = [one.value for one in open_page("library").get("page_link")]

        assert "Glossary: words of the trade" in links
