"""What goes with an account, what stays, and what is not kept for ever."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import String, select

from ccio_skills import schema
from ccio_skills.people import commands, queries, rules
from ccio_skills.vocabulary import Role
from tests.cast import LIMITS, claims, live, sign_in
from tests.conftest import NOW

both = pytest.mark.both_databases
DAY = timedelta(days=1)
# What may be left under a person's number; each holds no name, no address and no answer.
STAYS = {
    "people_account": "number and day",
    "people_session": "the end of sign-ins, for a month",
    "people_audit": "what was done under the number",
    "people_invitation": "that the number invited, without to whom",
    "people_grant": "that the number gave or ended somebody else's role",
}
STAYS_OF_COHORTS = {
    "cohorts_class_member": "with how many others the number was published together",
    "cohorts_cohort": "that the number made a cohort",
    "cohorts_collection": "that the number opened or closed a collection",
}


def find(db, *, number, words):
    """Search every column of every table: (tables with the number, cells with the words)."""
    by_number, by_words = set(), []
    for name, table in schema.metadata.tables.items():
        for row in db.execute(select(table)).mappings():
            if any(row[one] == number for one in table.info["people"]):
                by_number.add(name)
            for column in table.c:
                text = row[column.name]
                if isinstance(column.type, String) and text:
                    by_words += [f"{name}.{column.name}" for one in words if one in text]
    return by_number, by_words


@pytest.fixture
def gone(db, cast, shipped):
    """An administrator with a full life, who invited, gave and ended roles, and then left."""
    who = cast.administrator
    live(db, who, shipped, words="What I told nobody.")
    commands.appoint(db, cast.trust, to=cast.member.id, role=Role.ADMINISTRATOR, at=NOW)
    commands.invite(
        db, who.id, cast.trust, role=Role.REVIEWER, email="someone@example.test", at=NOW
    )
    commands.give_role(db, who.id, cast.trust, to=cast.member.id, role=Role.REVIEWER, at=NOW)
    commands.export(db, who.id, at=NOW)

    commands.delete_account(db, who.id, at=NOW + DAY)
    return who


@both
class TestDeletingAnAccount:
    def test_leaves_no_word_of_the_person_in_any_table(self, db, gone):
        words = (
            "Administrator",
            "administrator@example.test",
            "What I told nobody.",
            "someone@example.test",
        )

        _, cells = find(db, number=gone.id, words=words)

        assert cells == []
        account = schema.metadata.tables["people_account"]
        [row] = db.execute(select(account).where(account.c.person_id == gone.id)).mappings()
        assert (row["issuer"], row["subject"], row["deleted_at"]) == (None, None, NOW + DAY)

    def test_leaves_the_number_where_it_was_said_to_stay_and_nowhere_else(self, db, gone):
        tables, _ = find(db, number=gone.id, words=())

        assert tables == set(STAYS)
        assert not any(queries.everything(db, gone.id).values())

    def test_ends_every_role_and_puts_that_on_record_for_those_who_stay(self, db, cast, gone):
        told = queries.trail(db, cast.member.id, cast.trust)

        assert queries.person(db, gone.id) is None
        [ended] = [one for one in told if "account deleted" in one.entry.detail]
        assert (ended.entry.event, ended.entry.subject, ended.subject) == (
            "role-ended",
            gone.id,
            "",
        )

    def test_ends_every_sign_in_at_once_and_lets_none_open_a_new_account(self, db, gone):
        told = rules.read_claims(claims("Administrator", at=NOW))

        again = commands.enter(db, told, limits=LIMITS, at=NOW)

        assert again is rules.Closed.ENDED

    def test_makes_the_same_person_a_new_one_when_they_sign_in_again(self, db, gone):
        again = sign_in(db, "Administrator", at=NOW + 2 * DAY, nonce="much later")

        assert again.id != gone.id
        assert again.roles == {Role.LEARNER}
        assert not any(queries.everything(db, again.id).values())

    def test_gives_the_number_to_nobody_else(self, db, cast, gone):
        numbers = {sign_in(db, f"Newcomer {one}").id for one in range(5)}

        assert gone.id not in numbers

    def test_voids_the_invitations_that_the_person_made(self, db, cast, gone):
        states = queries.invitations(db, cast.member.id, cast.trust, now=NOW)

        assert {one.state for one in states} == {rules.State.WITHOUT_INVITER}
        assert {one.by for one in states} == {""}

    def test_touches_nothing_of_anybody_elses(self, db, cast, shipped):
        live(db, cast.member, shipped)
        before = queries.everything(db, cast.member.id), queries.held(db, cast.member.id)

        commands.delete_account(db, cast.reviewer.id, at=NOW)

        assert (queries.everything(db, cast.member.id), queries.held(db, cast.member.id)) == before

    def test_leaves_the_trail_sound(self, db, gone):
        assert queries.find_faults(db) == ()
        assert list(queries.whole_trail(db))[-1].event == "account-deleted"


@both
class TestBeforeLeaving:
    def test_an_only_administrator_is_told(self, db, cast):
        assert queries.alone_in(db, cast.administrator.id) == ("Kingsbridge",)
        assert queries.alone_in(db, cast.member.id) == ()

    def test_what_is_kept_of_the_account_can_be_seen_and_taken_without_any_secret(self, db, cast):
        told = queries.account(db, cast.administrator.id)

        [account] = told["people_account"]
        assert account["email"] == "administrator@example.test"
        assert told["people_session"]
        assert {row["event"] for row in told["people_audit"]} >= {"signed-in", "role-ended"}
        names = {name for rows in told.values() for row in rows for name in row}
        assert not names & {"key", "fingerprint", "hash", "previous"}


@both
class TestTidying:
    def tidy(self, db, *, at, accounts=36, audit=24):
        return commands.tidy(db, accounts=accounts, audit=audit, at=at)

    def test_on_the_first_day_takes_nothing(self, db, cast):
        assert self.tidy(db, at=NOW) == commands.Tidied(0, 0, 0, 0)

    def test_deletes_accounts_without_a_sign_in_for_three_years(self, db, cast, shipped):
        live(db, cast.member, shipped)
        later = datetime(2029, 11, 23, 9, tzinfo=UTC)
        sign_in(db, "Reviewer", at=later - DAY, nonce="later")

        tidied = self.tidy(db, at=later, audit=0)

        assert tidied.accounts == 5
        assert queries.person(db, cast.member.id) is None
        assert not any(queries.everything(db, cast.member.id).values())
        assert queries.person(db, cast.reviewer.id)
        deleted = [one for one in queries.whole_trail(db) if one.event == "account-deleted"]
        assert {one.actor for one in deleted} == {None}

    def test_deletes_none_where_that_was_chosen(self, db, cast):
        assert self.tidy(db, at=NOW + 9999 * DAY, accounts=0, audit=0).accounts == 0

    def test_forgets_sign_ins_a_month_after_their_end(self, db, cast):
        commands.sign_out_everywhere(db, cast.member.id, at=NOW)

        assert self.tidy(db, at=NOW + 30 * DAY).sessions == 0
        assert self.tidy(db, at=NOW + 32 * DAY).sessions == 6

    def test_forgets_invitations_that_ran_out_long_ago_but_not_where_a_role_came_from(
        self, db, cast
    ):
        who = cast.administrator.id
        used = commands.invite(db, who, cast.trust, role=Role.MEMBER, at=NOW)
        commands.invite(db, who, cast.trust, role=Role.MEMBER, at=NOW)
        commands.take_up(db, cast.alone.id, used, at=NOW)

        assert self.tidy(db, at=NOW + 100 * DAY).invitations == 0
        assert self.tidy(db, at=NOW + 130 * DAY).invitations == 1
        assert queries.invitation(db, used, now=NOW)

    def test_lets_the_trail_begin_later_and_stay_sound(self, db, cast):
        later = datetime(2028, 11, 23, 9, tzinfo=UTC)
        sign_in(db, "Member", at=later - DAY, nonce="later")
        before = len(list(queries.whole_trail(db)))

        tidied = self.tidy(db, at=later)

        left = list(queries.whole_trail(db))
        assert tidied.entries == before - 1
        assert [one.event for one in left] == ["signed-in", "audit-shortened"]
        assert left[0].number == before
        assert queries.find_faults(db) == ()
        assert self.tidy(db, at=later).entries == 0


class TestMonthsBefore:
    def test_is_the_same_day_of_an_earlier_month(self):
        assert rules.months_before(NOW, 24) == NOW.replace(year=2024)
        assert rules.months_before(NOW, 11) == NOW.replace(year=2025, month=12)

    def test_is_the_last_day_of_a_shorter_month(self):
        assert rules.months_before(NOW.replace(month=3, day=31), 1) == NOW.replace(month=2, day=28)

    @given(months=st.integers(0, 2000))
    def test_never_goes_forward(self, months):
        assert rules.months_before(NOW, months) <= NOW


def test_what_stays_is_said_of_every_table_that_names_a_person():
    """A table added later says for itself whether its rows go; if not, it belongs in ``STAYS``."""
    tables = schema.metadata.tables.values()

    left = {one.name for one in tables if one.info["people"] and not one.info["goes"]}

    assert left <= {*STAYS, *STAYS_OF_COHORTS}
