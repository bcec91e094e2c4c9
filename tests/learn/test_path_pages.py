"""What a visitor sees of learning paths: all of them, and one."""

import html
import re
from datetime import timedelta

import pytest

from ccio_skills.assess import commands as assess
from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.learn import commands, queries
from ccio_skills.people import commands as people
from ccio_skills.vocabulary import Level
from tests.conftest import NOW
from tests.partly import partly_written

ROLE, ENGAGEMENT, ESSENTIALS = (
    "what-a-ccio-is-and-does",
    "clinical-engagement-that-works",
    "digital-clinical-safety-essentials",
)
PATH, FIRST_DAYS, SAFETY = (
    "aspiring-ccio-foundations",
    "new-ccio-first-100-days",
    "digital-clinical-safety",
)
DAY = timedelta(days=1)


def words(page):
    """Return what our own HTML says, without markup."""
    said = [one.value for one in page.get("html") if not one.value.startswith("<style")]
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", " ".join(said))).split())


def press(page, label):
    [button] = [one for one in page.button if one.label == label]
    return button.click().run()


def offers(page):
    return [one.label for one in page.button]


def linked(page, to):
    """Return (words, query string) of the links to a page that carry one."""
    links = [(one.value, one.proto.query_string) for one in page.get("page_link")]
    return [(said, query) for said, query in links if query.startswith(f"{to}=")]


def is_open(page, label):
    [one] = [one for one in page.expander if one.label == label]
    return one.proto.expanded


class Me:
    def __init__(self, visit):
        self.db, self.id, self.library = visit.db, visit.person.id, visit.library

    def rate(self, evidence="", **levels):
        for name, level in levels.items():
            slug = name.replace("_", "-")
            rating = Rating(slug, Level(level), NOW, evidence=evidence)
            assess.answer(self.db, self.id, rating, library=self.library)

    def settle(self, *, profile="new-ccio", minutes=60):
        people.settle(self.db, self.id, profile=profile, minutes_a_week=minutes, at=NOW)

    def finish(self, *modules):
        for slug in modules:
            one = self.library.module[slug]
            commands.finish(self.db, self.id, one, minutes=one.minutes, at=NOW)

    def follow(self, *paths):
        for path in paths:
            commands.follow(self.db, self.id, path, at=NOW)

    def follows(self, path):
        return queries.follows(self.db, self.id)[path]


@pytest.fixture
def me(settled):
    """The learner, settled as a new CCIO with an hour a week."""
    return Me(settled)


@pytest.fixture
def open_path(open_page):
    def open_path(path=PATH, **changes):
        page = open_page("path", params={"path": path}, **changes)
        assert not page.exception
        return page

    return open_path


class TestAPath:
    def test_that_nobody_knows_is_said(self, open_path):
        page = open_path("to-riches")

        assert page.title[0].value == "No such path"
        assert "See all paths" in [one.value for one in page.get("page_link")]

    def test_says_where_one_is_what_is_left_and_when_it_is_done(self, me, open_path):
        """Twelve modules of 440 minutes; 25 are done, 35 may be skipped: 380 in 7 weeks."""
        me.finish(ROLE)
        me.rate(clinical_engagement=2)

        said = words(open_path())

        assert (
            "1 of 12 modules done, 1 you may skip; 6 hours 20 minutes left, "
            "done by 10 January 2027 at your 60 minutes a week."
        ) in said
        assert "Left 6 hours 20 minutes of 7 hours 20 minutes in all" in said

    @pytest.mark.parametrize(("minutes", "day"), [(15, "20 June 2027"), (240, "6 December 2026")])
    def test_is_done_at_one_s_own_minutes_a_week(self, me, open_path, minutes, day):
        """440 minutes are 30 weeks of 15 minutes, and two of four hours."""
        me.settle(minutes=minutes)

        assert f"done by {day}" in words(open_path())

    def test_names_no_day_to_somebody_who_gave_no_minutes(self, open_path):
        said = words(open_path())

        assert "7 hours 20 minutes left." in said
        assert "Done by" not in said

    def test_says_what_is_next_and_why(self, me, open_path):
        me.rate(clinical_engagement=0, clinical_risk_management=1)
        me.finish(ROLE)

        page = open_path()

        assert (
            "Next: step 2 of 12, 35 minutes Clinical engagement that works "
            'You said "None of these yet" for Clinical engagement; '
            "the role asks for 2 Contributing."
        ) in words(page)
        assert dict(press(page, "Start reading").query_params)["module"] == ENGAGEMENT

    def test_goes_on_with_what_is_begun(self, me, open_path):
        commands.turn_to(me.db, me.id, ROLE, part=1, at=NOW)

        assert "Go on reading" in offers(open_path())

    def test_says_what_may_be_skipped_and_on_what_that_rests(self, me, open_path):
        me.rate(evidence="Chaired the group.", clinical_engagement=3)
        me.rate(clinical_risk_management=1)

        said = words(open_path())

        rated = "You rated Clinical engagement 3 Practising and have evidence."
        assert f"May be skipped 35 minutes {rated}" in said
        assert "1 Aware; no evidence stands behind it." in said

    def test_locks_nothing(self, me, open_path):
        me.rate(clinical_engagement=5)
        me.finish(ESSENTIALS)

        page = open_path()

        opened = [query.removeprefix("module=") for _, query in linked(page, "module")]
        assert set(me.library.path[PATH].modules) <= set(opened)
        assert "Nothing is locked" in words(page)

    def test_counts_what_is_finished_elsewhere(self, me, open_path, open_page):
        me.finish(ESSENTIALS)

        for path in (PATH, SAFETY, FIRST_DAYS):
            assert "1 of " in words(open_path(path))

    def test_names_what_is_still_to_be_written_and_links_no_such_module(self, me, open_path):
        shipped = partly_written(me.library)

        page = open_path(library=shipped)

        assert words(page).count("To be written") == 5
        assert "5 still to be written; 4 hours 20 minutes left" in words(page)
        written = set(me.library.path[PATH].modules) & set(shipped.module)
        assert {query.removeprefix("module=") for _, query in linked(page, "module")} == written

    def test_leads_on_to_the_closing_task_when_nothing_is_left(self, me, open_path):
        me.finish(*me.library.path[PATH].modules)

        page = open_path()

        said = words(page)
        assert "12 of 12 modules done; nothing left." in said
        assert "Nothing is left to read The closing task is below" in said
        assert "Done by" not in said
        assert not [one for one in offers(page) if "reading" in one]

    @pytest.mark.parametrize("path", [PATH, FIRST_DAYS, SAFETY])
    def test_ends_with_a_task_its_template_and_what_it_yields(self, me, open_path, path):
        page = open_path(path)

        said = words(page)
        shipped = me.library.path[path]
        assert shipped.closing_task in said
        assert f"For your portfolio: {shipped.evidence}" in said
        assert page.code[0].value.strip()


class TestItsMilestones:
    def test_say_what_they_mean_and_how_far_they_are(self, me, open_path):
        me.finish(ROLE)

        said = words(open_path())

        for one in me.library.path[PATH].milestones:
            assert f"Milestone: {one.title} {one.means}" in said
        assert f"{me.library.path[PATH].milestones[0].means} 2 modules to go." in said

    def test_are_reached_by_what_is_done_and_not_by_one_s_own_word(self, me, open_path):
        means = me.library.path[PATH].milestones[0].means
        me.finish(ROLE, ENGAGEMENT)
        me.rate(clinical_risk_management=1)
        assert f"{means} Nothing is left to read; 1 module you may skip by your rating." in words(
            open_path()
        )

        me.finish(ESSENTIALS)

        assert f"{means} Reached." in words(open_path())


class TestItsOpening:
    def test_says_for_whom_it_is_and_what_one_can_do_afterwards(self, me, open_path):
        page = open_path(SAFETY)

        said = words(page)
        shipped = me.library.path[SAFETY]
        assert f"For whom {shipped.for_whom}" in said
        assert all(outcome in said for outcome in shipped.outcomes)
        assert "Leads to Clinical safety officer" in said
        assert is_open(page, "About this path")

    def test_is_folded_up_for_those_who_follow(self, me, open_path):
        me.follow(SAFETY)

        assert not is_open(open_path(SAFETY), "About this path")


class TestFollowing:
    def test_begins_pauses_goes_on_and_ends_with_a_button_each(self, me, open_path):
        page = open_path()
        assert offers(page)[:2] == ["Follow this path", "Start reading"]

        page = press(page, "Follow this path")
        assert me.follows(PATH) == queries.Follow(NOW)
        assert "You follow this path since 22 November 2026." in words(page)
        assert offers(page)[:3] == ["Start reading", "Pause", "Leave"]

        page = press(page, "Pause")
        assert me.follows(PATH).paused_at == NOW
        assert "Paused since 22 November 2026." in words(page)

        page = press(page, "Go on with this path")
        assert me.follows(PATH).is_active

        page = press(page, "Leave")
        assert me.follows(PATH).left_at == NOW
        assert "You left this path on 22 November 2026. Nothing done is lost." in words(page)
        assert "Follow this path" in offers(page)

    def test_several_at_once_says_when_all_of_them_are_done(self, me, open_path):
        """Foundations 440 minutes, first days 555; 155 of them are the same modules."""
        modules = [set(me.library.path[slug].modules) for slug in (PATH, FIRST_DAYS)]
        minutes = sum(me.library.module[slug].minutes for slug in set.union(*modules))
        me.follow(PATH, FIRST_DAYS)

        said = words(open_path())

        hours, rest = divmod(minutes, 60)
        assert (
            f"with the other path you follow: {hours} hours"
            + (f" {rest} minutes left" if rest else " left")
        ) in said
        assert minutes < sum(me.library.module[slug].minutes for one in modules for slug in one)

    def test_a_paused_one_asks_for_no_time(self, me, open_path):
        me.follow(PATH, FIRST_DAYS)
        commands.pause(me.db, me.id, FIRST_DAYS, at=NOW)

        assert "Together" not in words(open_path())

    def test_leads_back_from_the_end_of_a_module(self, me, open_page):
        me.finish(ESSENTIALS)
        me.follow(SAFETY, PATH, "data-ai-and-trust")
        commands.pause(me.db, me.id, PATH, at=NOW)
        commands.leave(me.db, me.id, "data-ai-and-trust", at=NOW)

        page = open_page("module", params={"module": ESSENTIALS, "part": "99"})

        assert linked(page, "path") == [
            ("Go on with the path Digital clinical safety", f"path={SAFETY}")
        ]


class TestTheDistance:
    def test_is_said_drawn_and_listed(self, me, open_path):
        me.rate(clinical_risk_management=1)

        page = open_path()

        assert "You meet 1% of what the role Aspiring CCIO asks for" in words(page)
        assert "This is not a prediction of appointment." in words(page)
        [chart] = page.get("vega_lite_chart")
        assert chart.proto.alt.startswith("You meet 1% of what the role Aspiring CCIO asks for")
        assert "The same numbers as a table" in [one.label for one in page.expander]
        assert [one.label for one in page.get("download_button")] == ["Download as CSV"]

    def test_names_the_cheapest_steps_and_leads_to_them(self, me, open_path):
        me.rate(clinical_risk_management=1)

        page = open_path()

        m18 = "dcb0129-and-dcb0160-who-does-what"
        assert (me.library.module[m18].title, f"module={m18}") in linked(page, "module")
        assert "2 of the 2 weighted levels still open." in words(page)

    def test_invites_to_rate_where_nothing_is_rated(self, me, open_path):
        page = open_path()

        assert "No skill that the role Aspiring CCIO asks for is rated yet." in words(page)
        assert "Rate my skills" in [one.value for one in page.get("page_link")]
        assert not page.get("vega_lite_chart")


class TestAllPaths:
    @staticmethod
    def order(page):
        return [query.removeprefix("path=") for _, query in linked(page, "path")]

    @pytest.mark.parametrize(
        ("profile", "headings", "first"),
        [
            (
                "new-ccio",
                ["For your role: New CCIO", "For roles that commonly follow", "Other paths"],
                ["new-ccio-first-100-days", "intelligent-customer"],
            ),
            (
                "aspiring-ccio",
                ["For your role: Aspiring CCIO", "For roles that commonly follow", "Other paths"],
                [PATH, "new-ccio-first-100-days", "intelligent-customer"],
            ),
            (
                "divisional-lead",
                ["For roles that commonly follow", "Other paths"],
                ["new-ccio-first-100-days", "intelligent-customer"],
            ),
        ],
    )
    def test_begin_with_those_for_the_role_or_the_aim(
        self, me, open_page, profile, headings, first
    ):
        me.settle(profile=profile)

        page = open_page("paths")

        assert [one.value for one in page.header] == headings
        assert self.order(page)[: len(first)] == first
        assert sorted(self.order(page)) == sorted(me.library.path)

    def test_are_all_shown_to_somebody_new(self, open_page, shipped):
        page = open_page("paths")

        assert [one.value for one in page.header] == ["All paths"]
        codes = [shipped.path[slug].code for slug in self.order(page)]
        assert codes == sorted(codes) == [f"P{number}" for number in range(1, 9)]

    def test_say_for_whom_how_long_and_what_one_said_of_them(self, me, open_page):
        me.follow(PATH, FIRST_DAYS, SAFETY)
        commands.pause(me.db, me.id, FIRST_DAYS, at=NOW)
        commands.leave(me.db, me.id, SAFETY, at=NOW)
        me.finish(ROLE)

        said = words(open_page("paths"))

        assert "You follow 1 of them" in said
        assert "You follow it since 22 November 2026" in said
        assert "Paused since 22 November 2026" in said
        assert "Left on 22 November 2026" in said
        assert "7 hours 20 minutes 6 hours 55 minutes left for you 1 of 12 modules done" in said
        for path in me.library.path.values():
            assert f"For whom: {path.for_whom}" in said

    def test_of_a_library_without_paths_says_so(self, me, open_page, shipped):
        fields = {name: getattr(shipped, name) for name in type(shipped).model_fields}
        bare = type(shipped)(**fields | {"paths": ()})

        page = open_page("paths", library=bare)

        assert not page.exception
        assert "No path is written yet" in words(page)
