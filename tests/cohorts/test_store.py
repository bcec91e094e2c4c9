"""Cohorts, members and collections in the store: who may do what, and what stays of it."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from ccio_skills.cohorts import commands, queries
from ccio_skills.cohorts.rules.stage import CollectionError, Stage
from ccio_skills.cohorts.rules.thresholds import LooserError, Thresholds
from ccio_skills.people import commands as people_commands
from ccio_skills.people import queries as people_queries
from ccio_skills.people.rules import InvitationError, NotAllowedError
from ccio_skills.vocabulary import Role
from tests.cast import sign_in
from tests.cohorts.college import DAY, ITEMS, College
from tests.conftest import NOW

both_databases = pytest.mark.both_databases
OTHERS = ("reviewer", "member", "former", "stranger", "alone")


@pytest.fixture
def college(db):
    return College(db)


def count(db, table):
    return db.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()


class TestCohorts:
    def test_are_made_with_the_numbers_and_breakdowns_that_were_declared(self, db, college):
        number = college.cohort(breakdowns={"Region": ["North", "South"]})

        [one] = queries.run_by(db, college.runner)
        assert (one.id, one.name, one.thresholds) == (number, "North West", Thresholds())
        assert [each.name for each in one.breakdowns()["Region"]] == ["North", "South"]

    @pytest.mark.parametrize("name", OTHERS)
    def test_are_made_by_administrators_only(self, db, college, name):
        who = getattr(college.cast, name).id

        with pytest.raises(NotAllowedError):
            commands.add_cohort(db, who, college.where, name="Mine", purpose="Mine.", at=NOW)
        assert count(db, "cohorts_cohort") == 0

    @pytest.mark.parametrize(
        "wrong",
        [
            {"name": " "},
            {"name": "a" * 121},
            {"purpose": ""},
            {"breakdowns": {"Region": ["North"]}},
            {"breakdowns": {"Region": ["North", "North "]}},
            {"breakdowns": {one: ["A", "B"] for one in "123"}},
        ],
    )
    def test_are_refused_with_what_to_do(self, college, wrong):
        with pytest.raises(commands.CohortError):
            college.cohort(**wrong)

    def test_have_a_name_of_their_own(self, college):
        college.cohort()

        with pytest.raises(commands.CohortError, match="another name"):
            college.cohort(" North  West ")

    def test_become_stricter_and_never_looser(self, db, college):
        number = college.cohort()

        commands.tighten(db, college.runner, number, Thresholds(6, 8, 2, 12), at=NOW)

        assert queries.load_cohort(db, number).thresholds == Thresholds(6, 8, 2, 12)
        with pytest.raises(LooserError, match="smallest group is 6"):
            commands.tighten(db, college.runner, number, Thresholds(5, 8, 2, 12), at=NOW)

    def test_are_run_by_who_has_the_role_for_them_alone(self, db, college):
        mine, other = college.cohort(), college.cohort("South")
        who = college.cast.member.id
        people_commands.give_role(
            db,
            college.runner,
            college.where,
            to=who,
            role=Role.ADMINISTRATOR,
            target=f"cohort:{mine}",
            at=NOW,
        )

        assert [one.id for one in queries.run_by(db, who)] == [mine]
        with pytest.raises(NotAllowedError):
            queries.members(db, who, other)


@both_databases
class TestJoining:
    def test_keeps_what_was_agreed_to(self, db, college):
        number = college.cohort(breakdowns={"Region": ["North", "South"]})
        north = queries.load_cohort(db, number).groups[0]
        me = sign_in(db, "Me").id

        college.join(me, number, groups=[north.id])

        [mine] = queries.memberships(db, me)
        assert mine.cohort.id == number
        assert mine.groups == (north,)
        assert mine.promise == mine.cohort.promise.version
        assert people_queries.roles_in(db, me, college.where, target=f"cohort:{number}") == {
            Role.MEMBER
        }

    def test_twice_is_once(self, db, college):
        number = college.cohort()
        me = sign_in(db, "Me").id

        college.join(me, number)
        college.join(me, number)

        assert queries.count_members(db, number) == 1

    def test_is_refused_where_the_words_changed_meanwhile_and_uses_nothing_up(self, db, college):
        number = college.cohort()
        token = college.link(number, uses=1)
        read = queries.load_cohort(db, number).promise.version
        commands.tighten(db, college.runner, number, Thresholds(6, 8, 2, 12), at=NOW)
        me = sign_in(db, "Me").id

        with pytest.raises(commands.PromiseError, match="Read it again"):
            commands.join(db, me, token, promise=read, at=NOW)

        assert queries.memberships(db, me) == ()
        assert people_queries.invitation(db, token, now=NOW).uses == 0

    def test_is_refused_for_a_link_that_is_forged_used_expired_or_taken_back(self, db, college):
        number = college.cohort()
        used = college.link(number, uses=1)
        college.join(sign_in(db, "First").id, number, token=used)
        revoked = college.link(number)
        newest = people_queries.invitations(db, college.runner, college.where, now=NOW)[0]
        people_commands.take_back(db, college.runner, college.where, newest.number, at=NOW)
        me = sign_in(db, "Me").id

        for token, at, why in (
            ("forged", NOW, "no such invitation"),
            (used, NOW, "used already"),
            (revoked, NOW, "taken back"),
            (college.link(number), NOW + timedelta(days=8), "run out"),
        ):
            with pytest.raises(InvitationError, match=why):
                college.join(me, number, token=token, at=at)
        assert queries.memberships(db, me) == ()

    def test_takes_no_link_to_something_else(self, db, college):
        number = college.cohort()
        token = people_commands.invite(db, college.runner, college.where, role=Role.MEMBER, at=NOW)

        with pytest.raises(InvitationError, match="not to a cohort"):
            college.join(sign_in(db, "Me").id, number, token=token)
        assert queries.invited_to(db, token, now=NOW) is None

    def test_takes_no_group_of_another_cohort_and_no_two_of_one_breakdown(self, db, college):
        number = college.cohort(breakdowns={"Region": ["North", "South"]})
        other = college.cohort("South", breakdowns={"Region": ["East", "West"]})
        mine = [one.id for one in queries.load_cohort(db, number).groups]
        theirs = [one.id for one in queries.load_cohort(db, other).groups]
        me = sign_in(db, "Me").id

        for groups in (mine, theirs[:1]):
            with pytest.raises(commands.PromiseError):
                college.join(me, number, groups=groups)

    def test_shows_administrators_who_is_in_and_nobody_else(self, db, college):
        number = college.cohort()
        college.members(number, 3)

        assert [one.name for one in queries.members(db, college.runner, number)] == [
            "M0",
            "M1",
            "M2",
        ]
        for name in OTHERS:
            with pytest.raises(NotAllowedError):
                queries.members(db, getattr(college.cast, name).id, number)

    def test_ends_by_leaving_or_being_removed(self, db, college):
        number = college.cohort()
        first, second, _ = college.members(number, 3)

        commands.leave(db, first, number, at=NOW)
        commands.leave(db, first, number, at=NOW)
        commands.remove(db, college.runner, number, member=second, at=NOW)

        assert [one.name for one in queries.members(db, college.runner, number)] == ["M2"]
        assert queries.memberships(db, first) == ()
        assert sign_in(db, "M0").roles == {Role.LEARNER}

    def test_again_after_leaving_is_a_new_membership(self, db, college):
        number = college.cohort()
        [me] = college.members(number, 1)
        commands.leave(db, me, number, at=NOW)

        college.join(me, number, at=NOW + DAY)

        [mine] = queries.memberships(db, me)
        assert mine.joined_at == NOW + DAY


class TestCollections:
    def test_go_from_planned_to_closed(self, db, college):
        number = college.cohort()
        collection = college.plan(number, opens_at=NOW + DAY)

        def stage(at):
            return queries.load(db, collection, now=at).stage

        assert stage(NOW) is Stage.PLANNED
        commands.open_collection(db, college.runner, collection, at=NOW)
        assert [stage(NOW), stage(NOW + DAY), stage(NOW + 31 * DAY)] == [
            Stage.WAITING,
            Stage.OPEN,
            Stage.ENDED,
        ]
        college.close(collection)
        assert stage(NOW) is Stage.CLOSED

    def test_lock_the_strictest_numbers_of_their_cohorts_as_they_open(self, db, college):
        first = college.cohort(thresholds=Thresholds(6, 7, 2, 10))
        second = college.cohort("South", thresholds=Thresholds(5, 9, 2, 10))
        collection = college.opened(first, second)

        commands.tighten(db, college.runner, first, Thresholds(7, 9, 3, 10), at=NOW)

        assert queries.load(db, collection, now=NOW).thresholds == Thresholds(6, 9, 2, 10)

    def test_keep_the_questions_as_they_were(self, db, college):
        collection = college.opened(college.cohort())

        assert queries.items_of(db, collection) == ITEMS

    @pytest.mark.parametrize("name", OTHERS)
    def test_are_run_by_administrators_only(self, db, college, name):
        cohort = college.cohort()
        collection = college.opened(cohort)
        who = getattr(college.cast, name).id
        for refused in (
            lambda: commands.plan(
                db,
                who,
                [cohort],
                title="Mine",
                items=ITEMS,
                framework_version="1",
                opens_at=NOW,
                closes_at=NOW + DAY,
                at=NOW,
            ),
            lambda: commands.open_collection(db, who, collection, at=NOW),
            lambda: commands.move_end(db, who, collection, closes_at=NOW + DAY, at=NOW),
            lambda: commands.discard(db, who, collection, at=NOW),
            lambda: commands.close(db, who, collection, at=NOW),
            lambda: queries.collections_of(db, who, cohort, now=NOW),
            lambda: queries.forecast(db, who, cohort),
        ):
            with pytest.raises(NotAllowedError):
                refused()

    @pytest.mark.parametrize(
        "wrong",
        [
            {"title": " "},
            {"items": ()},
            {"closes_at": NOW},
            {"opens_at": NOW - 3 * DAY, "closes_at": NOW - DAY},
        ],
    )
    def test_are_refused_with_what_to_do(self, college, wrong):
        with pytest.raises(CollectionError):
            college.plan(college.cohort(), **wrong)

    def test_that_nobody_opened_are_thrown_away_and_others_are_not(self, db, college):
        cohort = college.cohort()
        planned, opened = college.plan(cohort), college.opened(cohort)

        commands.discard(db, college.runner, planned, at=NOW)

        with pytest.raises(CollectionError, match="only be closed"):
            commands.discard(db, college.runner, opened, at=NOW)
        [left] = queries.collections_of(db, college.runner, cohort, now=NOW)
        assert left.id == opened

    def test_end_on_another_day_if_it_is_still_to_come(self, db, college):
        collection = college.opened(college.cohort())

        commands.move_end(db, college.runner, collection, closes_at=NOW + 60 * DAY, at=NOW)

        assert queries.load(db, collection, now=NOW + 40 * DAY).stage is Stage.OPEN
        with pytest.raises(CollectionError, match="over already"):
            commands.move_end(db, college.runner, collection, closes_at=NOW + DAY, at=NOW + 2 * DAY)

    def test_are_foreseen_from_numbers_alone(self, db, college):
        cohort = college.cohort()
        college.members(cohort, 12)

        foreseen = queries.forecast(db, college.runner, cohort)

        assert foreseen.members == 12
        assert foreseen.this_time > 0.8


@both_databases
class TestContributing:
    def test_gives_a_code_that_proves_it_and_is_kept_nowhere(self, db, college):
        cohort = college.cohort()
        [me] = college.members(cohort, 1)
        collection = college.opened(cohort)

        [code] = college.send([me], collection)

        receipt = queries.find_receipt(db, code.lower().replace("-", " "))
        assert (receipt.collection, receipt.is_open) == (collection, True)
        kept = [str(row) for row in db.execute(text("SELECT * FROM cohorts_link"))]
        assert code not in str(kept)
        assert code.replace("-", "") not in str(kept)

    def test_again_replaces_what_was_sent(self, db, college):
        cohort = college.cohort()
        [me] = college.members(cohort, 1)
        collection = college.opened(cohort)

        [first] = college.send([me], collection)
        [second] = college.send([me], collection)

        assert queries.find_receipt(db, first) is None
        assert queries.find_receipt(db, second)
        assert count(db, "cohorts_answer") == count(db, "cohorts_participation") == 1

    @pytest.mark.parametrize(
        ("at", "why"),
        [(NOW, "opens on 23 November"), (NOW + 30 * DAY, "ended on 22 December")],
    )
    def test_is_refused_before_and_after_its_days(self, db, college, at, why):
        cohort = college.cohort()
        people = college.members(cohort, 1)
        collection = college.opened(cohort, opens_at=NOW + DAY)

        with pytest.raises(CollectionError, match=why):
            college.send(people, collection, at=at)
        assert count(db, "cohorts_answer") == 0

    def test_is_refused_once_closed_even_if_the_clock_is_put_back(self, db, college):
        cohort = college.cohort()
        people = college.members(cohort, 8)
        collection = college.opened(cohort)
        codes = college.send(people, collection)
        college.close(collection, at=NOW + DAY)

        with pytest.raises(CollectionError, match="ended"):
            college.send(people[:1], collection, at=NOW)
        with pytest.raises(CollectionError, match="ended"):
            commands.withdraw(db, people[0], collection, at=NOW)
        with pytest.raises(CollectionError, match="ended"):
            commands.withdraw_by_code(db, codes[0], at=NOW)

    @pytest.mark.parametrize("name", ["administrator", *OTHERS])
    def test_is_for_members_only(self, college, name):
        collection = college.opened(college.cohort())

        with pytest.raises(NotAllowedError):
            college.send([getattr(college.cast, name).id], collection)

    @pytest.mark.parametrize(
        "answers", [{}, {"vision": -1}, {"vision": 5}, {"vision": -2}, {"unknown": 0}]
    )
    def test_takes_no_answers_that_do_not_fit(self, db, college, answers):
        cohort = college.cohort()
        [me] = college.members(cohort, 1)
        collection = college.opened(cohort)

        with pytest.raises(CollectionError):
            commands.contribute(db, me, collection, answers, at=NOW)

    @pytest.mark.parametrize("way", ["person", "code"])
    def test_is_taken_back_whole(self, db, college, way):
        cohort = college.cohort()
        people = college.members(cohort, 2)
        collection = college.opened(cohort)
        code, _ = college.send(people, collection)

        if way == "person":
            done = commands.withdraw(db, people[0], collection, at=NOW)
        else:
            done = commands.withdraw_by_code(db, code, at=NOW)

        assert done
        assert not queries.has_contributed(db, people[0], collection)
        assert queries.has_contributed(db, people[1], collection)
        assert count(db, "cohorts_answer") == count(db, "cohorts_participation") == 1
        assert not commands.withdraw_by_code(db, code, at=NOW)

    def test_goes_with_leaving_unless_another_cohort_holds_it(self, db, college):
        first, second = college.cohort(), college.cohort("South")
        [me, other] = college.members(first, 2)
        college.join(me, second)
        collection = college.opened(first, second)
        college.send([me, other], collection)

        commands.leave(db, me, first, at=NOW)
        commands.leave(db, other, first, at=NOW)

        assert queries.has_contributed(db, me, collection)
        assert not queries.has_contributed(db, other, collection)
        assert queries.count_sizes(db, first, collection).contributed == 0
        assert queries.count_sizes(db, second, collection).contributed == 1

    def test_is_on_no_record_and_in_no_list(self, db, college):
        cohort = college.cohort()
        people = college.members(cohort, 1)
        collection = college.opened(cohort)
        before = len(list(people_queries.whole_trail(db)))

        college.send(people, collection)
        commands.withdraw(db, people[0], collection, at=NOW)

        assert len(list(people_queries.whole_trail(db))) == before

    def test_is_offered_to_members_while_it_lasts(self, db, college):
        cohort = college.cohort()
        [me] = college.members(cohort, 1)
        college.plan(cohort, title="Planned")
        collection = college.opened(cohort)

        offered = queries.to_contribute(db, me, now=NOW)

        assert [one.id for one in offered] == [collection]
        assert queries.to_contribute(db, me, now=NOW + 30 * DAY) == ()
        assert queries.to_contribute(db, college.cast.member.id, now=NOW) == ()
