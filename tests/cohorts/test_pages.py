"""What members and administrators of cohorts see and do, through the real menu."""

import dataclasses
import html
import re

import pytest

from ccio_skills import shell
from ccio_skills.assess import commands as assess
from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.cohorts import commands, queries
from ccio_skills.cohorts.rules import instrument
from ccio_skills.cohorts.rules.stage import Stage
from ccio_skills.people import queries as people_queries
from ccio_skills.ui import Place
from ccio_skills.vocabulary import Level, Role
from tests.cast import sign_in
from tests.cohorts.college import DAY, College
from tests.conftest import NOW

SKILL = "change-management"
PLACE = Place(address="https://skills.example.test", is_shared=True)


@pytest.fixture
def college(db):
    return College(db)


@pytest.fixture
def look(open_page, college):
    """Open a page as somebody, with the roles they have at this moment."""

    def look(person, path, **params):
        who = people_queries.person(college.db, person)
        return open_page(path, person=who, params=params, place=PLACE)

    return look


def words(page):
    said = [one.value for one in page.get("html") if not one.value.startswith("<style")]
    said += [one.value for one in (*page.error, *page.text)]
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", " ".join(said))).split())


def press(page, label):
    [button] = [one for one in page.button if one.label == label]
    return button.click().run()


def labels(page):
    return [one.label for one in page.button]


class TestJoining:
    def test_shows_what_would_be_seen_before_it_asks(self, college, look):
        cohort = college.cohort(purpose="To plan training together.")
        token = college.link(cohort)
        me = sign_in(college.db, "Me").id

        page = look(me, "join-cohort", token=token)

        assert not page.exception
        said = words(page)
        assert "To plan training together." in said
        assert "What will they see?" in [one.value for one in page.header]
        assert "Made-up figures." in said
        assert "Answers of 11 of 15 members." in said
        assert "These people see its charts now: Reviewer." in said
        for part in ("What is promised", "What is not promised", "What leaving does"):
            assert part in said
        assert "at least 5 people" in said
        assert queries.memberships(college.db, me) == ()

    def test_needs_a_tick_and_a_press(self, college, look):
        cohort = college.cohort(breakdowns={"Region": ["North", "South"]})
        me = sign_in(college.db, "Me").id
        page = look(me, "join-cohort", token=college.link(cohort))
        [button] = [one for one in page.button if one.label == "Join North West"]
        assert button.disabled

        page.checkbox[0].check()
        page.selectbox[0].select("South")
        page = press(page.run(), "Join North West")

        assert page.title[0].value == "You are in North West"
        [mine] = queries.memberships(college.db, me)
        assert [one.name for one in mine.groups] == ["South"]

    def test_of_a_visitor_asks_to_sign_in_and_tells_as_much(self, college, open_page, visit):
        token = college.link(college.cohort())
        visitor = dataclasses.replace(visit.person, roles=frozenset({Role.VISITOR}), id=0)

        page = open_page("join-cohort", person=visitor, params={"token": token}, place=PLACE)

        said = words(page)
        assert "What is promised" in said
        assert "Sign in" in said
        assert labels(page) == []

    @pytest.mark.parametrize("token", ["forged", ""])
    def test_says_that_a_link_leads_nowhere(self, college, look, token):
        page = look(sign_in(college.db, "Me").id, "join-cohort", token=token)

        assert not page.exception
        assert page.title[0].value == "Join a cohort"

    def test_says_why_a_link_counts_no_more(self, college, look):
        cohort = college.cohort()
        token = college.link(cohort, uses=1)
        college.join(sign_in(college.db, "First").id, cohort, token=token)

        page = look(sign_in(college.db, "Me").id, "join-cohort", token=token)

        assert "This invitation has been used already. Ask for a new one." in words(page)
        assert labels(page) == []


class TestContributing:
    @pytest.fixture
    def ready(self, college, shipped):
        """A member who rated one skill, and a collection of all skills: (member, collection)."""
        cohort = college.cohort()
        [me] = college.members(cohort, 1)
        rating = Rating(SKILL, Level.PRACTISING, NOW)
        assess.answer(college.db, me, rating, library=shipped)
        items = instrument.skill_items(shipped, profile="new-ccio")
        return me, college.opened(cohort, items=items)

    def test_shows_exactly_what_would_be_sent(self, college, look, ready, shipped):
        me, collection = ready

        page = look(me, "contribute", collection=str(collection))

        said = words(page)
        assert "1 of 45 answers, and nothing else" in said
        assert f"{shipped.skill[SKILL].title} 3 Practising" in said
        assert said.count("not answered") >= 44
        assert not queries.has_contributed(college.db, me, collection)

    def test_gives_a_receipt_that_can_be_checked_and_withdrawn(self, college, look, ready):
        me, collection = ready
        page = press(look(me, "contribute", collection=str(collection)), "Contribute these answers")
        [code] = [one.value for one in page.code]
        assert queries.find_receipt(college.db, code)

        page = look(me, "cohorts")
        page = page.text_input[0].set_value(code).run()
        assert "Received for Autumn, which is not closed yet." in words(page)
        press(page, "Withdraw it")

        assert not queries.has_contributed(college.db, me, collection)

    def test_is_withdrawn_on_its_own_page_too(self, college, look, ready):
        me, collection = ready
        page = press(look(me, "contribute", collection=str(collection)), "Contribute these answers")

        page = press(page, "Withdraw it")

        assert not queries.has_contributed(college.db, me, collection)
        assert [one.value for one in page.code] == []

    @pytest.mark.parametrize("asked", ["", "99", "x"])
    def test_to_something_else_says_so(self, look, ready, asked):
        page = look(ready[0], "contribute", collection=asked)

        assert not page.exception
        assert "no such collection open to you" in words(page)

    def test_of_nothing_is_not_offered(self, college, look):
        cohort = college.cohort()
        [me] = college.members(cohort, 1)
        collection = college.opened(cohort)

        page = look(me, "contribute", collection=str(collection))

        [button] = [one for one in page.button if one.label == "Contribute these answers"]
        assert button.disabled


class TestMine:
    def test_lists_readers_and_leaves_on_request(self, college, look):
        cohort = college.cohort()
        [me] = college.members(cohort, 1)
        page = look(me, "cohorts")
        assert "Reviewer" in words(page)

        page.checkbox[0].check()
        page = press(page.run(), "Leave")

        assert queries.memberships(college.db, me) == ()

    @pytest.mark.parametrize("name", ["reviewer", "administrator", "member"])
    def test_opens_for_every_role(self, college, look, name):
        college.cohort()

        page = look(getattr(college.cast, name).id, "cohorts")

        assert not page.exception
        links = [one.value for one in page.get("page_link")]
        assert ("North West" in links) == (name != "member")


class TestRunning:
    def test_makes_a_cohort(self, college, look):
        page = look(college.runner, "run-cohort")
        page.text_input(key="run:name").set_value("North West")
        page.text_area(key="run:purpose").set_value("To plan training together.")
        page.text_input(key="run:breakdown").set_value("Region")
        page.text_area(key="run:parts").set_value("North\nSouth\n\n")

        press(page.run(), "Make the cohort")

        [one] = queries.run_by(college.db, college.runner)
        assert (one.name, len(one.groups)) == ("North West", 2)

    def test_says_what_is_missing(self, college, look):
        page = press(look(college.runner, "run-cohort"), "Make the cohort")

        assert "Give the cohort a name" in words(page)

    def test_invites_thirty_people_from_a_pasted_list_however_it_was_copied(self, college, look):
        cohort = college.cohort()
        listed = [f"Person {one} <p{one}@example.test>" for one in range(30)]
        text = "\n".join([*listed, "", "P1@example.test", "nobody", "a@b.test; c@d.test"])
        page = look(college.runner, "run-cohort", cohort=str(cohort))
        page.text_area(key="inviting:list").set_value(text)

        page = press(page.run(), "Invite these people")

        said = words(page)
        assert "Invited: 30." in said
        assert "Passed over: 1 repeated line and 1 blank line." in said
        assert "Line 33: nobody" in said
        assert "Line 34: a@b.test; c@d.test" in said
        made = people_queries.invitations(college.db, college.runner, college.where, now=NOW)
        assert len(made) == 30

    def test_refuses_a_list_of_ten_thousand_whole(self, college, look):
        cohort = college.cohort()
        page = look(college.runner, "run-cohort", cohort=str(cohort))
        page.text_area(key="inviting:list").set_value(
            "\n".join(f"p{one}@example.test" for one in range(10_000))
        )

        page = press(page.run(), "Invite these people")

        assert "Nobody was invited. Make one link" in words(page)
        assert not people_queries.invitations(college.db, college.runner, college.where, now=NOW)

    def test_makes_a_link_that_leads_to_the_cohort(self, college, look):
        cohort = college.cohort()
        page = press(look(college.runner, "run-cohort", cohort=str(cohort)), "Make one link")

        [link] = [one.value for one in page.code]
        token = link.removeprefix("https://skills.example.test/join-cohort?token=")
        assert queries.invited_to(college.db, token, now=NOW).id == cohort

    def test_shows_members_and_never_who_contributed(self, college, look):
        cohort = college.cohort()
        people = college.members(cohort, 3)
        collection = college.opened(cohort)
        before = words(look(college.runner, "run-cohort", cohort=str(cohort)))
        college.send(people[:1], collection)

        after = words(look(college.runner, "run-cohort", cohort=str(cohort)))

        assert after == before.replace("0 of 3 contributed", "1 of 3 contributed") != before

    def test_plans_opens_and_closes_a_collection(self, college, look):
        cohort = college.cohort()
        people = college.members(cohort, 12)
        page = look(college.runner, "run-cohort", cohort=str(cohort))
        assert "With 12 members, expect a chart this time" in words(page)
        page.text_input(key="plan:title").set_value("Autumn 2026")
        press(page.run(), "Plan it")
        [planned] = queries.collections_of(college.db, college.runner, cohort, now=NOW)

        press(look(college.runner, "collection", collection=str(planned.id)), "Open the collection")

        opened = queries.load(college.db, planned.id, now=NOW)
        assert opened.stage is Stage.OPEN
        assert opened.dates.closes_at == NOW.replace(hour=0) + 29 * DAY
        for one in people:
            commands.contribute(college.db, one, planned.id, {SKILL: 1}, at=NOW)
        page = look(college.runner, "collection", collection=str(planned.id))
        assert "12 of 12" in words(page)
        page.checkbox(key="collection:early").check()
        page = press(page.run(), "Close and publish")
        assert not page.exception
        assert queries.load(college.db, planned.id, now=NOW).stage is Stage.CLOSED
        assert len(college.published(cohort)) == 1

    def test_is_for_nobody_else(self, college, look):
        cohort = college.cohort()
        collection = college.opened(cohort)
        for name in ("reviewer", "member", "stranger"):
            who = getattr(college.cast, name).id
            page = look(who, "run-cohort", cohort=str(cohort))
            assert "To plan training together." not in words(page)
            page = look(who, "collection", collection=str(collection))
            assert "Autumn" not in words(page)

    def test_is_on_pages_that_the_shell_knows(self):
        paths = {one.path for one in shell.pages()}

        assert {"cohorts", "join-cohort", "contribute", "run-cohort", "collection"} <= paths
