"""An invitation leads to a role once for each use, for a while, and only if its maker still may."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from ccio_skills.people import commands, queries, rules
from ccio_skills.vocabulary import Role
from tests.cast import sign_in
from tests.conftest import NOW

both = pytest.mark.both_databases
DAY = timedelta(days=1)


@pytest.fixture
def invite(db, cast):
    def invite(by="administrator", *, role=Role.MEMBER, at=NOW, **terms):
        who = getattr(cast, by).id
        return commands.invite(db, who, cast.trust, role=role, at=at, **terms)

    return invite


def take(db, who, token, *, at=NOW):
    return commands.take_up(db, who.id, token, at=at)


class TestTerms:
    @pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADMINISTRATOR])
    def test_a_role_with_rights_over_others_goes_to_one_person(self, role):
        with pytest.raises(rules.InvitationError):
            rules.check_terms(role, email="", uses=2, lasts=DAY)

    def test_a_sent_one_goes_to_one_person(self):
        with pytest.raises(rules.InvitationError):
            rules.check_terms(Role.MEMBER, email="a@example.test", uses=2, lasts=DAY)

    @pytest.mark.parametrize("uses", [0, -1, 501])
    def test_a_link_serves_a_number_of_people(self, uses):
        with pytest.raises(rules.InvitationError):
            rules.check_terms(Role.MEMBER, email="", uses=uses, lasts=DAY)

    @pytest.mark.parametrize("days", [0, -1, 61])
    def test_lasts_for_days(self, days):
        with pytest.raises(rules.InvitationError):
            rules.check_terms(Role.MEMBER, email="", uses=1, lasts=days * DAY)

    @pytest.mark.parametrize(
        "email",
        [
            "ada",
            "ada@",
            "@b.test",
            "a@b",
            "a b@c.test",
            "a@b.test\nBcc: x@y.test",
            "a@b.test,c@d.test",
        ],
    )
    def test_goes_to_one_address_that_can_be_one(self, email):
        with pytest.raises(rules.InvitationError):
            rules.check_terms(Role.MEMBER, email=email, uses=1, lasts=DAY)

    def test_allows_what_is_meant(self):
        rules.check_terms(Role.MEMBER, email="", uses=500, lasts=60 * DAY)
        rules.check_terms(Role.ADMINISTRATOR, email="a.b@nhs.example.test", uses=1, lasts=DAY)


@both
class TestInviting:
    def test_is_refused_to_all_but_an_administrator(self, invite):
        for by in ("reviewer", "member", "former", "stranger", "alone"):
            with pytest.raises(rules.NotAllowedError):
                invite(by)

    def test_keeps_no_secret(self, db, invite):
        token = invite()

        [kept] = db.execute(text("SELECT fingerprint FROM people_invitation")).scalars()
        assert token not in kept
        assert kept == rules.fingerprint(token)
        assert token not in str([one.detail for one in queries.whole_trail(db)])

    def test_is_put_on_record_without_the_address(self, db, cast, invite):
        invite(role=Role.REVIEWER, email="ada@example.test")

        entry = list(queries.whole_trail(db))[-1]
        assert (entry.event, entry.actor, entry.organisation) == (
            "invited",
            cast.administrator.id,
            cast.trust,
        )
        assert entry.detail.endswith(": reviewer, by e-mail")

    def test_stops_at_thirty_in_an_hour_and_goes_on_later(self, invite):
        for _ in range(rules.MOST_IN_AN_HOUR):
            invite()

        with pytest.raises(rules.InvitationError, match="last hour"):
            invite()

        assert invite(at=NOW + timedelta(minutes=61))


@both
class TestTakingUp:
    def test_leads_to_the_role(self, db, cast, invite):
        taken = take(db, cast.alone, invite(role=Role.REVIEWER))

        assert taken == (cast.trust, Role.REVIEWER, "")
        assert sign_in(db, "Alone").roles == {Role.LEARNER, Role.REVIEWER}

    def test_is_put_on_record_with_who_gave_and_who_took(self, db, cast, invite):
        take(db, cast.alone, invite())

        given, used = list(queries.whole_trail(db))[-2:]
        assert (given.event, given.actor, given.subject) == (
            "role-given",
            cast.administrator.id,
            cast.alone.id,
        )
        assert (used.event, used.actor) == ("invitation-used", cast.alone.id)

    def test_twice_by_the_same_person_counts_once(self, db, cast, invite):
        token = invite(uses=2)
        take(db, cast.alone, token)
        take(db, cast.alone, token)

        take(db, cast.stranger, token)

        with pytest.raises(rules.InvitationError, match="used already"):
            take(db, cast.former, token)

    def test_ends_after_the_last_use(self, db, cast, invite):
        token = invite()
        take(db, cast.alone, token)

        with pytest.raises(rules.InvitationError, match="used already"):
            take(db, cast.stranger, token)

        assert sign_in(db, "Stranger").roles == cast.stranger.roles

    def test_ends_after_its_time(self, db, cast, invite):
        token = invite(lasts=DAY)

        with pytest.raises(rules.InvitationError, match="run out"):
            take(db, cast.alone, token, at=NOW + DAY)

        assert take(db, cast.alone, token, at=NOW + DAY - timedelta(seconds=1))

    def test_ends_when_it_is_taken_back(self, db, cast, invite):
        token = invite()
        [one] = queries.invitations(db, cast.administrator.id, cast.trust, now=NOW)
        commands.take_back(db, cast.administrator.id, cast.trust, one.number, at=NOW)

        with pytest.raises(rules.InvitationError, match="taken back"):
            take(db, cast.alone, token)

    def test_ends_with_the_role_of_whoever_made_it(self, db, cast, invite):
        """Else somebody who lost a role could come back by a link they made before."""
        token = invite(role=Role.ADMINISTRATOR)
        commands.appoint(db, cast.trust, to=cast.reviewer.id, role=Role.ADMINISTRATOR, at=NOW)
        mine = next(
            one.id
            for one in queries.officers(db, cast.reviewer.id, cast.trust)
            if one.person == cast.administrator.id
        )
        commands.revoke(db, cast.reviewer.id, cast.trust, mine, at=NOW)

        with pytest.raises(rules.InvitationError, match="may not invite"):
            take(db, cast.administrator, token)

        assert sign_in(db, "Administrator").roles == {Role.LEARNER}

    def test_needs_the_secret(self, db, cast, invite):
        invite()

        for token in ("", "nothing", "' OR 1=1 --"):
            with pytest.raises(rules.InvitationError, match="no such invitation"):
                take(db, cast.alone, token)

    def test_of_the_first_administrator_needs_nobody_before(self, db, cast):
        organisation = commands.add_organisation(db, "Eastvale", at=NOW)

        take(db, cast.alone, commands.invite_administrator(db, organisation, at=NOW))

        assert queries.may(db, cast.alone.id, rules.Right.INVITE, organisation)


@both
class TestReading:
    def test_whoever_has_the_link_sees_what_it_is_but_not_whom_it_was_sent_to(self, db, invite):
        token = invite(role=Role.REVIEWER, email="ada@example.test")

        one = queries.invitation(db, token, now=NOW)

        assert (one.organisation_name, one.role, one.by) == (
            "Kingsbridge",
            Role.REVIEWER,
            "Administrator",
        )
        assert one.email == ""
        assert one.state is rules.State.OPEN
        assert queries.invitation(db, "guessed", now=NOW) is None

    def test_an_administrator_sees_all_of_the_organisation(self, db, cast, invite):
        token = invite(email="ada@example.test")
        invite(uses=3)
        take(db, cast.alone, token)

        counted, sent = queries.invitations(db, cast.administrator.id, cast.trust, now=NOW)

        assert (sent.email, sent.uses, sent.state) == ("ada@example.test", 1, rules.State.USED)
        assert (counted.uses_allowed, counted.state) == (3, rules.State.OPEN)

    def test_nobody_else_does_or_takes_one_back(self, db, cast, invite):
        invite()
        [one] = queries.invitations(db, cast.administrator.id, cast.trust, now=NOW)

        for name in ("reviewer", "member", "former", "stranger", "alone"):
            who = getattr(cast, name).id
            with pytest.raises(rules.NotAllowedError):
                queries.invitations(db, who, cast.trust, now=NOW)
            with pytest.raises(rules.NotAllowedError):
                commands.take_back(db, who, cast.trust, one.number, at=NOW)

        [same] = queries.invitations(db, cast.administrator.id, cast.trust, now=NOW)
        assert same.state is rules.State.OPEN
