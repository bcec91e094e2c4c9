"""The invariants that need a store: what was published there, by whom, and what edits change.

Those of the rules alone stand in ``test_invariants``; that pages show nothing but the ledger, and
take as long whatever was answered, is tested where reviewers' pages are.
"""

import pytest
from sqlalchemy import text

from ccio_skills.cohorts import commands, queries
from ccio_skills.cohorts.rules import desk
from ccio_skills.people import commands as people_commands
from ccio_skills.people import queries as people_queries
from ccio_skills.vocabulary import Role
from tests.cohorts.college import College
from tests.cohorts.test_store import count
from tests.conftest import NOW


def shown(db, college, cohort):
    """Everything a reviewer can ask for."""
    every = queries.published(db, college.cast.reviewer.id, cohort)
    return [(one.title, one.words, one.csv(), one.report()) for one in desk.desk(every)]


def played(db, *, levels=(1, 2, 3), years=2, size=16):
    """A college with a cohort and some yearly collections: (college, cohort, people)."""
    college = College(db)
    cohort = college.cohort(breakdowns={"Region": ["North", "South"]})
    north, south = queries.load_cohort(db, cohort).groups
    people = college.members(cohort, size // 2, groups=[north.id])
    people += college.members(cohort, size // 2, start=100, groups=[south.id])
    for year in range(years):
        collection = college.opened(cohort, title=f"Year {year}")
        college.send(people, collection, levels=levels)
        college.close(collection)
    return college, cohort, people


@pytest.fixture
def both(new_store):
    """Two empty stores."""
    with new_store() as one, new_store() as other:
        yield one, other


def test_4_an_answer_is_published_once_and_then_gone(db):
    played(db)

    assert count(db, "cohorts_answer") == 0
    blocks = db.execute(
        text('SELECT payload FROM cohorts_ledger WHERE payload LIKE \'%"kind":"block"%\'')
    ).all()
    assert sum(one.payload.count('"people":8') for one in blocks) == len(blocks) == 4


def test_5_exchanging_two_classmates_changes_no_byte(both):
    """Two of one class, who answered differently every time, exchange all their answers."""
    seen = []
    for db, exchanged in zip(both, (False, True), strict=True):
        college = College(db)
        cohort = college.cohort()
        people = college.members(cohort, 9)
        for year in range(2):
            collection = college.opened(cohort, title=f"Year {year}")
            first, second, *rest = people
            pair = [second, first] if exchanged else [first, second]
            college.send([*pair, *rest], collection, levels=(0, 4, 2, 3))
            college.close(collection)
        seen.append(shown(db, college, cohort))

    assert seen[0] == seen[1]
    assert all(csv for _, _, csv, _ in seen[0][:1])


def test_6_other_answers_change_figures_and_nothing_else(both):
    outlines = []
    for db, levels in zip(both, ((1, 2, 3), (0, 4, 4, 4, 0, 1)), strict=True):
        college, cohort, _ = played(db, levels=levels)
        members = db.execute(
            text("SELECT person_id, class_id FROM cohorts_class_member ORDER BY person_id")
        ).all()
        told = shown(db, college, cohort)
        outlines.append(
            ([tuple(one) for one in members], [(t, w, csv and len(csv)) for t, w, csv, _ in told])
        )

    assert outlines[0] == outlines[1]


def test_7_all_that_is_shown_is_there_without_the_tables_of_answers(db):
    college, cohort, _ = played(db)
    before = shown(db, college, cohort)

    for table in ("cohorts_answer", "cohorts_participation", "cohorts_link", "cohorts_receipt"):
        db.execute(text(f"DROP TABLE {table}"))

    assert shown(db, college, cohort) == before


def test_9_later_collections_leave_earlier_rows_as_they_were(db):
    college, cohort, people = played(db, years=1)
    query = text("SELECT * FROM cohorts_ledger ORDER BY number")
    before = [tuple(one) for one in db.execute(query)]

    collection = college.opened(cohort, title="Later")
    college.send(people[:11], collection)
    college.close(collection)

    after = [tuple(one) for one in db.execute(query)]
    assert after[: len(before)] == before
    assert queries.verify(db).number == len(after) > len(before)


def test_10_joining_again_under_another_breakdown_moves_nobody_in_a_chart(db):
    college, cohort, people = played(db, years=1)
    south = queries.load_cohort(db, cohort).groups[1]
    before = shown(db, college, cohort)
    for one in people[:8]:
        commands.leave(db, one, cohort, at=NOW)
        college.join(one, cohort, groups=[south.id])

    assert shown(db, college, cohort) == before
    collection = college.opened(cohort, title="Later")
    college.send(people, collection)
    college.close(collection)

    newest = shown(db, college, cohort)
    assert ["Answers of 8 of" in words for _, words, _, _ in newest[1:3]] == [True, True]


def test_11_accounts_that_nobody_signed_in_with_fill_up_no_group(db):
    college = College(db)
    cohort = college.cohort()
    people = college.members(cohort, 8)
    collection = college.opened(cohort)
    college.send(people, collection)
    db.execute(
        text("UPDATE people_account SET issuer = NULL WHERE person_id = :one"), {"one": people[0]}
    )
    db.execute(
        text("UPDATE people_account SET deleted_at = created_at WHERE person_id = :one"),
        {"one": people[1]},
    )

    college.close(collection)

    assert desk.desk(queries.published(db, college.cast.reviewer.id, cohort))[0].chart is None


class TestWithdrawing:
    def test_12_puts_one_out_for_good_and_leaves_no_gap(self, db):
        college, cohort, people = played(db, years=1)
        before = shown(db, college, cohort)
        commands.leave(db, people[0], cohort, at=NOW)
        assert shown(db, college, cohort) == before

        collection = college.opened(cohort, title="Later")
        college.send(people[1:], collection)
        college.close(collection)

        sizes = [
            one[0]
            for one in db.execute(
                text("SELECT count(*) FROM cohorts_class_member GROUP BY class_id")
            )
        ]
        assert min(sizes) >= 5
        assert count(db, "cohorts_class_member") == 16

    def test_by_erasing_all_answers_takes_back_what_was_sent(self, db):
        college = College(db)
        cohort = college.cohort()
        people = college.members(cohort, 2)
        collection = college.opened(cohort)
        college.send(people, collection)

        people_commands.erase(db, people[0], at=NOW)

        assert not queries.has_contributed(db, people[0], collection)
        assert queries.has_contributed(db, people[1], collection)
        assert count(db, "cohorts_answer") == count(db, "cohorts_participation") == 1

    def test_by_erasing_leaves_what_was_published_and_the_number_of_a_group(self, db):
        college, cohort, people = played(db, years=1)
        before = shown(db, college, cohort)

        people_commands.erase(db, people[0], at=NOW)

        assert shown(db, college, cohort) == before
        assert count(db, "cohorts_class_member") == 16

    def test_by_deleting_the_account_takes_all_but_the_number_of_a_group(self, db):
        college, cohort, people = played(db, years=1)
        collection = college.opened(cohort, title="Later")
        college.send(people, collection)
        before = shown(db, college, cohort)

        people_commands.delete_account(db, people[0], at=NOW)

        assert not queries.has_contributed(db, people[0], collection)
        assert count(db, "cohorts_answer") == queries.count_members(db, cohort) == 15
        assert count(db, "cohorts_class_member") == 16
        assert shown(db, college, cohort) == before

    def test_what_somebody_may_take_with_them_tells_memberships_and_not_who_rested(self, db):
        """Two who compared the numbers of their groups would find out which of them rested."""
        _, _, people = played(db, years=1)

        told = people_queries.account(db, people[0])

        assert len(told["cohorts_membership"]) == 1
        assert told["cohorts_class_member"] == [{"person_id": people[0]}]

    def test_a_reviewer_cannot_undo_by_becoming_a_member(self, db):
        """A reviewer who joins pads no group."""
        college = College(db)
        cohort = college.cohort()
        people = college.members(cohort, 6)
        reviewer = college.cast.reviewer.id
        college.join(reviewer, cohort)
        collection = college.opened(cohort)
        college.send([*people, reviewer], collection)

        college.close(collection)

        assert desk.desk(queries.published(db, reviewer, cohort))[0].chart is None
        assert Role.REVIEWER in college.cast.reviewer.roles
