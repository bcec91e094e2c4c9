"""What people see of their organisation: who is who, what they may change, what is on record."""

import html
import re

import pytest

from ccio_skills import mail
from ccio_skills.people import commands, queries, rules
from ccio_skills.ui import Place
from ccio_skills.vocabulary import Person, PersonId, Role
from tests.cast import sign_in
from tests.conftest import NOW

ADDRESS = "https://skills.example.test"
VISITOR = Person(PersonId(0), "", frozenset({Role.VISITOR}))


def words(page):
    """Return what our own HTML says, without markup."""
    said = [one.value for one in page.get("html") if not one.value.startswith("<style")]
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", " ".join(said))).split())


def press(page, label):
    [button] = [one for one in page.button if one.label == label]
    return button.click().run()


@pytest.fixture
def open_as(open_page, cast, db):
    """Open a page as one of the cast, with the roles they have at this moment."""

    def open_as(name, path, **changes):
        who = VISITOR if name == "visitor" else queries.person(db, getattr(cast, name).id)
        place = changes.pop("place", Place(is_shared=True, address=ADDRESS))
        return open_page(path, person=who, place=place, session="a session", **changes)

    return open_as


class TestWhoSeesThePage:
    @pytest.mark.parametrize("name", ["former", "alone"])
    def test_nobody_without_a_role(self, open_as, name):
        page = open_as(name, "organisation")

        assert page.title[0].value == "This page is not open to you"
        assert "Administrator" not in words(page)

    def test_a_visitor_is_asked_to_sign_in(self, open_as):
        assert open_as("visitor", "organisation").title[0].value == "Sign in to CCIO Skills"

    def test_a_member_sees_who_is_who_but_no_address_and_no_member(self, open_as):
        page = open_as("member", "organisation")

        assert page.title[0].value == "Kingsbridge"
        assert "You are a member here." in words(page)
        assert "Reviewer reviewer 22 Nov 2026" in words(page)
        assert "@example.test" not in words(page)
        assert [one.label for one in page.button] == ["Stop being member"]

    def test_an_administrator_sees_members_and_addresses(self, open_as):
        page = open_as("administrator", "organisation")

        assert "Member member 22 Nov 2026 member@example.test" in words(page)
        assert "Stranger" not in words(page)

    def test_a_name_is_shown_as_it_is(self, open_as, cast, db):
        evil = "![x](https://evil.example.test/p.png)<img src=x onerror=alert(1)>"
        sign_in(db, "Member", nonce="again", named=evil)

        page = open_as("administrator", "organisation")

        raw = " ".join(one.value for one in page.get("html"))
        assert html.escape(evil) in raw
        assert evil not in raw
        assert not page.markdown


class TestChangingRoles:
    def choose(self, page, who):
        return page.selectbox(key="organisation:whose").set_value(who.id).run()

    def test_makes_a_reviewer(self, open_as, cast, db):
        page = self.choose(open_as("administrator", "organisation"), cast.member)

        page = press(page, "Make a reviewer")

        assert not page.exception
        assert queries.person(db, cast.member.id).roles >= {Role.MEMBER, Role.REVIEWER}
        assert "Member reviewer" in words(page)

    def test_ends_a_role(self, open_as, cast, db):
        page = self.choose(open_as("administrator", "organisation"), cast.reviewer)

        press(page, "End: reviewer")

        assert queries.person(db, cast.reviewer.id).roles == {Role.LEARNER}

    def test_is_refused_when_ones_own_role_ended_while_the_page_was_open(self, open_as, cast, db):
        page = self.choose(open_as("administrator", "organisation"), cast.member)
        commands.appoint(db, cast.trust, to=cast.reviewer.id, role=Role.ADMINISTRATOR, at=NOW)
        mine = queries.held(db, cast.administrator.id)[0]
        commands.revoke(db, cast.reviewer.id, cast.trust, mine.id, at=NOW)

        page = press(page, "Make a reviewer")

        assert Role.REVIEWER not in queries.person(db, cast.member.id).roles
        assert "Member" not in words(page)

    def test_does_not_end_the_last_administrator(self, open_as, cast, db):
        page = press(open_as("administrator", "organisation"), "Stop being administrator")

        assert "last administrator" in page.error[0].value
        assert Role.ADMINISTRATOR in queries.person(db, cast.administrator.id).roles

    def test_lets_a_member_leave(self, open_as, cast, db):
        press(open_as("member", "organisation"), "Stop being member")

        assert queries.person(db, cast.member.id).roles == {Role.LEARNER}


class TestInviting:
    def link(self, page):
        [code] = page.get("code")
        assert code.value.startswith(f"{ADDRESS}/join?token=")
        return code.value.partition("token=")[2]

    def test_makes_a_link_that_is_shown_once(self, open_as, cast, db):
        page = open_as("administrator", "organisation")
        page.radio(key="invite:role").set_value(Role.REVIEWER).run()

        page = press(page, "Make a link")

        token = self.link(page)
        assert queries.invitation(db, token, now=NOW).role is Role.REVIEWER
        assert "1 reviewer link 0 of 1 29 Nov 2026 open" in words(page)
        assert not open_as("administrator", "organisation").get("code")

    def test_makes_a_link_for_several_members(self, open_as, cast, db):
        page = open_as("administrator", "organisation")
        page.number_input(key="invite:uses").set_value(40).run()

        token = self.link(press(page, "Make a link"))

        assert queries.invitation(db, token, now=NOW).uses_allowed == 40

    def test_sends_a_letter(self, open_as, db):
        sent = []
        place = Place(is_shared=True, address=ADDRESS, post=lambda **letter: sent.append(letter))
        page = open_as("administrator", "organisation", place=place)
        page.text_input(key="invite:to").set_value("new@example.test").run()

        page = press(page, "Send the invitation")

        [letter] = sent
        token = re.search(r"/join\?token=(\S+)", letter["text"])[1]
        assert letter["to"] == "new@example.test"
        assert queries.invitation(db, token, now=NOW).state is rules.State.OPEN
        assert "Sent to new@example.test." in words(page)
        assert not page.get("code")

    def test_shows_the_link_when_the_letter_could_not_be_sent(self, open_as, db):
        def fail(**_letter):
            raise mail.MailError("The mail server does not accept the user name and password.")

        place = Place(is_shared=True, address=ADDRESS, post=fail)
        page = open_as("administrator", "organisation", place=place)
        page.text_input(key="invite:to").set_value("new@example.test").run()

        page = press(page, "Send the invitation")

        assert "does not accept" in page.error[0].value
        assert queries.invitation(db, self.link(page), now=NOW)

    def test_says_what_is_wrong_with_an_address(self, open_as):
        place = Place(is_shared=True, address=ADDRESS, post=lambda **_letter: None)
        page = open_as("administrator", "organisation", place=place)
        page.text_input(key="invite:to").set_value("nobody").run()

        page = press(page, "Send the invitation")

        assert "'nobody' is no e-mail address" in page.error[0].value

    def test_takes_one_back(self, open_as, cast, db):
        token = commands.invite(db, cast.administrator.id, cast.trust, role=Role.MEMBER, at=NOW)
        page = open_as("administrator", "organisation")
        [number] = page.selectbox(key="invite:which").options
        page.selectbox(key="invite:which").select_index(0).run()

        page = press(page, "Take it back")

        assert number.endswith("link")
        assert queries.invitation(db, token, now=NOW).state is rules.State.REVOKED
        assert "taken back" in words(page)


class TestTheLink:
    @pytest.fixture
    def token(self, db, cast):
        return commands.invite(db, cast.administrator.id, cast.trust, role=Role.REVIEWER, at=NOW)

    def test_tells_a_visitor_who_invites_to_what_and_leads_back_after_signing_in(
        self, open_as, token
    ):
        page = open_as("visitor", "join", params={"token": token})

        assert page.title[0].value == "Join Kingsbridge"
        assert "Administrator invites you to be a reviewer of Kingsbridge." in words(page)
        raw = " ".join(one.value for one in page.get("html"))
        assert f"/sign-in?to=%2Fjoin%3Ftoken%3D{token}" in raw
        assert not page.button

    def test_gives_the_role_to_whoever_takes_it_up(self, open_as, cast, db, token):
        page = open_as("alone", "join", params={"token": token})

        page = press(page, "Join Kingsbridge")

        assert page.title[0].value == "You belong to Kingsbridge"
        assert queries.person(db, cast.alone.id).roles == {Role.LEARNER, Role.REVIEWER}

    @pytest.mark.parametrize("given", ["", "guessed"])
    def test_that_leads_nowhere_says_so(self, open_as, given):
        page = open_as("visitor", "join", params={"token": given})

        assert "This link leads to no invitation." in words(page)

    def test_that_was_used_says_so(self, open_as, cast, db, token):
        commands.take_up(db, cast.stranger.id, token, at=NOW)

        page = open_as("alone", "join", params={"token": token})

        assert "used already" in words(page)
        assert not page.button


class TestTheAuditTrail:
    def test_is_read_by_an_administrator(self, open_as):
        page = open_as("administrator", "audit")

        assert "Administrator ended a role Former administrator" in words(page)
        assert "Command line gave a role Reviewer reviewer" in words(page)

    @pytest.mark.parametrize("name", ["reviewer", "member", "former", "alone"])
    def test_is_not_open_to_anybody_else(self, open_as, name):
        assert open_as(name, "audit").title[0].value == "This page is not open to you"

    def test_goes_on_from_where_an_address_says(self, open_as):
        page = open_as("administrator", "audit", params={"before": "1"})

        assert "Nothing older is on record." in words(page)
