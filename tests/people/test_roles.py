"""Roles are given, are put on record, and end at once; each is asked for in the store."""

from datetime import timedelta

import pytest

from ccio_skills.people import commands, queries, rules
from ccio_skills.people.rules import Right
from ccio_skills.vocabulary import OrganisationId, Role
from tests.cast import sign_in
from tests.conftest import NOW

pytestmark = pytest.mark.both_databases
EVERYBODY = ("administrator", "reviewer", "member", "former", "stranger", "alone")
MAY = {
    Right.SEE_OFFICERS: {"administrator", "reviewer", "member"},
    Right.SEE_MEMBERS: {"administrator"},
    Right.GIVE_ROLES: {"administrator"},
    Right.INVITE: {"administrator"},
    Right.READ_AUDIT: {"administrator"},
}


def grant_of(db, cast, name):
    """The number of a person's role, as the administrator sees it."""
    who, asker = getattr(cast, name).id, cast.administrator.id
    every = [*queries.officers(db, asker, cast.trust), *queries.members(db, asker, cast.trust)]
    return next(one.id for one in every if one.person == who)


class TestRights:
    def test_are_written_out_for_each(self):
        assert set(MAY) == set(Right)

    def test_are_those_of_the_role_in_that_organisation(self, db, cast):
        found = {
            right: {
                name
                for name in EVERYBODY
                if queries.may(db, getattr(cast, name).id, right, cast.trust)
            }
            for right in Right
        }

        assert found == MAY

    def test_for_a_part_reach_no_further_than_the_part(self, db, cast):
        commands.give_role(
            db,
            cast.administrator.id,
            cast.trust,
            to=cast.member.id,
            role=Role.ADMINISTRATOR,
            target="cohort:1",
            at=NOW,
        )

        def may(target):
            return queries.may(db, cast.member.id, Right.INVITE, cast.trust, target=target)

        assert may("cohort:1")
        assert not may("cohort:2")
        assert not may("")

    def test_for_the_whole_reach_every_part(self, db, cast):
        who = cast.administrator.id

        assert queries.may(db, who, Right.INVITE, cast.trust, target="cohort:1")

    def test_stand_in_what_a_visitor_is(self, db, cast):
        assert cast.administrator.roles == {Role.LEARNER, Role.ADMINISTRATOR}
        assert cast.reviewer.roles == {Role.LEARNER, Role.REVIEWER}
        assert cast.former.roles == {Role.LEARNER}


class TestGiving:
    def give(self, db, cast, by, to, role=Role.REVIEWER):
        who = getattr(cast, by).id
        commands.give_role(
            db, who, cast.trust, to=getattr(cast, to).id, role=role, at=NOW
        )  # fmt: skip

    def test_makes_a_reviewer_from_one_page_to_the_next(self, db, cast):
        self.give(db, cast, "administrator", "member")

        assert sign_in(db, "Member").roles == {Role.LEARNER, Role.MEMBER, Role.REVIEWER}

    def test_twice_is_once(self, db, cast):
        self.give(db, cast, "administrator", "member")
        before = list(queries.whole_trail(db))

        self.give(db, cast, "administrator", "member")

        assert list(queries.whole_trail(db)) == before

    def test_is_refused_to_all_but_an_administrator(self, db, cast):
        for by in ("reviewer", "member", "former", "stranger", "alone"):
            with pytest.raises(rules.NotAllowedError):
                self.give(db, cast, by, "member", Role.ADMINISTRATOR)

        assert sign_in(db, "Member").roles == {Role.LEARNER, Role.MEMBER}

    def test_reaches_nobody_outside_the_organisation(self, db, cast):
        for to in ("former", "stranger", "alone"):
            with pytest.raises(rules.NotAllowedError, match="invite them"):
                self.give(db, cast, "administrator", to)

    def test_in_an_organisation_that_is_none_is_refused(self, db, cast):
        with pytest.raises(commands.UnknownOrganisationError):
            commands.give_role(
                db,
                cast.administrator.id,
                OrganisationId(99),
                to=cast.member.id,
                role=Role.MEMBER,
                at=NOW,
            )

    def test_is_put_on_record(self, db, cast):
        self.give(db, cast, "administrator", "member")

        entry = list(queries.whole_trail(db))[-1]
        assert (entry.event, entry.actor, entry.subject) == (
            "role-given",
            cast.administrator.id,
            cast.member.id,
        )
        assert (entry.organisation, entry.detail) == (cast.trust, "reviewer")


class TestRevoking:
    def revoke(self, db, cast, by, whose):
        number = grant_of(db, cast, whose)
        commands.revoke(db, getattr(cast, by).id, cast.trust, number, at=NOW)

    def test_counts_at_the_next_run_of_a_page_that_is_open(self, db, cast):
        assert Role.REVIEWER in sign_in(db, "Reviewer").roles

        self.revoke(db, cast, "administrator", "reviewer")

        assert sign_in(db, "Reviewer").roles == {Role.LEARNER}
        assert not queries.may(db, cast.reviewer.id, Right.SEE_OFFICERS, cast.trust)

    def test_is_refused_to_all_but_an_administrator(self, db, cast):
        for by in ("member", "former", "stranger", "alone"):
            with pytest.raises(rules.NotAllowedError):
                self.revoke(db, cast, by, "reviewer")

        assert Role.REVIEWER in sign_in(db, "Reviewer").roles

    def test_of_ones_own_role_is_open_to_everybody(self, db, cast):
        self.revoke(db, cast, "reviewer", "reviewer")

        assert sign_in(db, "Reviewer").roles == {Role.LEARNER}

    def test_does_not_reach_into_another_organisation(self, db, cast):
        [theirs] = queries.officers(db, cast.stranger.id, cast.other)

        with pytest.raises(rules.NotAllowedError):
            commands.revoke(db, cast.administrator.id, cast.trust, theirs.id, at=NOW)
        with pytest.raises(rules.NotAllowedError):
            commands.revoke(db, cast.administrator.id, cast.other, theirs.id, at=NOW)

    def test_twice_is_once(self, db, cast):
        number = grant_of(db, cast, "reviewer")
        commands.revoke(db, cast.administrator.id, cast.trust, number, at=NOW)
        before = list(queries.whole_trail(db))

        commands.revoke(db, cast.administrator.id, cast.trust, number, at=NOW)

        assert list(queries.whole_trail(db)) == before

    def test_leaves_no_organisation_without_an_administrator(self, db, cast):
        with pytest.raises(commands.LastAdministratorError):
            self.revoke(db, cast, "administrator", "administrator")

        assert Role.ADMINISTRATOR in sign_in(db, "Administrator").roles

    def test_lets_a_role_be_given_again(self, db, cast):
        self.revoke(db, cast, "administrator", "reviewer")
        commands.appoint(db, cast.trust, to=cast.reviewer.id, role=Role.REVIEWER, at=NOW)

        assert Role.REVIEWER in sign_in(db, "Reviewer").roles


class TestWhoSeesWhom:
    def test_every_member_sees_who_administers_and_reviews_but_no_addresses(self, db, cast):
        seen = queries.officers(db, cast.member.id, cast.trust)

        assert {(one.name, one.role) for one in seen} == {
            ("Administrator", Role.ADMINISTRATOR),
            ("Reviewer", Role.REVIEWER),
        }
        assert {one.email for one in seen} == {""}

    def test_an_administrator_sees_members_and_addresses(self, db, cast):
        [one] = queries.members(db, cast.administrator.id, cast.trust)

        assert (one.name, one.email) == ("Member", "member@example.test")

    def test_nobody_else_sees_members(self, db, cast):
        for name in ("reviewer", "member", "former", "stranger", "alone"):
            with pytest.raises(rules.NotAllowedError):
                queries.members(db, getattr(cast, name).id, cast.trust)

    def test_who_does_not_belong_sees_nobody(self, db, cast):
        for name in ("former", "stranger", "alone"):
            with pytest.raises(rules.NotAllowedError):
                queries.officers(db, getattr(cast, name).id, cast.trust)

    def test_each_sees_their_own_organisations_only(self, db, cast):
        [mine] = queries.organisations(db, cast.member.id)
        [theirs] = queries.organisations(db, cast.stranger.id)

        assert (mine.name, mine.roles) == ("Kingsbridge", {Role.MEMBER})
        assert (theirs.name, theirs.roles) == ("Northmoor", {Role.ADMINISTRATOR})
        assert queries.organisations(db, cast.former.id) == ()


class TestOrganisations:
    @pytest.mark.parametrize("name", ["", "  ", "a" * 121])
    def test_have_a_name(self, db, name):
        with pytest.raises(commands.UnknownOrganisationError):
            commands.add_organisation(db, name, at=NOW)

    def test_have_a_name_of_their_own(self, db):
        commands.add_organisation(db, "Kingsbridge", at=NOW)

        with pytest.raises(commands.UnknownOrganisationError, match="already"):
            commands.add_organisation(db, " Kingsbridge ", at=NOW)

    def test_are_found_by_name(self, db):
        number = commands.add_organisation(db, "Kingsbridge", at=NOW)

        assert queries.find_organisation(db, "Kingsbridge") == number
        assert queries.find_organisation(db, "Elsewhere") is None


class TestTheTrail:
    def told(self, db, cast, by="administrator", **asked):
        return queries.trail(db, getattr(cast, by).id, cast.trust, **asked)

    def test_is_for_administrators_only(self, db, cast):
        for name in ("reviewer", "member", "former", "stranger", "alone"):
            with pytest.raises(rules.NotAllowedError):
                self.told(db, cast, name)

    def test_names_what_was_done_in_the_organisation(self, db, cast):
        roles = [
            (one.entry.event, one.actor, one.subject)
            for one in self.told(db, cast)
            if one.entry.event.startswith("role")
        ]

        assert roles[0] == ("role-ended", "Administrator", "Former")
        assert ("role-given", "", "Reviewer") in roles
        assert "Stranger" not in {subject for _, _, subject in roles}

    def test_tells_when_those_who_can_see_others_sign_in_and_nobody_else(self, db, cast):
        for name in ("Member", "Reviewer", "Stranger", "Former", "Alone"):
            sign_in(db, name, at=NOW + timedelta(hours=1), nonce="later")

        late = [one.actor for one in self.told(db, cast) if one.entry.at > NOW]

        assert late == ["Reviewer"]

    def test_is_read_page_by_page_without_a_gap(self, db, cast):
        whole = self.told(db, cast)
        first = self.told(db, cast, limit=3)
        rest = self.told(db, cast, before=first[-1].entry.number)

        assert first + rest == whole
