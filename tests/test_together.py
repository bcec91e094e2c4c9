"""What two tabs do at the same moment is kept once, and neither fails."""

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select
from sqlmodel import Session

from ccio_skills import schema, store
from ccio_skills.learn import commands as learn
from ccio_skills.people import commands as people
from ccio_skills.people import queries, rules
from ccio_skills.vocabulary import Role
from tests.cast import sign_in
from tests.conftest import NOW

pytestmark = pytest.mark.both_databases
TABS, TIMES = 4, 5


@pytest.fixture
def engine(address):
    engine = store.open_engine(address)
    store.upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def at_once(engine):
    """Do the same thing in four tabs at the same moment."""

    def at_once(work):
        together = threading.Barrier(TABS)

        def tab(_number):
            with Session(engine) as db:
                together.wait()
                work(db)

        with ThreadPoolExecutor(TABS) as tabs:
            list(tabs.map(tab, range(TABS)))

    return at_once


def count(engine, table):
    with engine.connect() as connection:
        rows = schema.metadata.tables[table]
        return connection.execute(select(func.count()).select_from(rows)).scalar_one()


def test_the_first_visit(engine, at_once, learner):
    at_once(lambda db: people.settle(db, learner.id, profile="cnio", minutes_a_week=60, at=NOW))

    assert count(engine, "people_person") == 1


@pytest.mark.parametrize(
    ("table", "do"),
    [
        ("learn_reading", lambda db, me, name: learn.turn_to(db, me, name, part=1, at=NOW)),
        ("learn_reading", lambda db, me, name: learn.keep_notes(db, me, name, notes="n", at=NOW)),
        ("learn_choice", lambda db, me, name: learn.decide(db, me, name, "pinned", at=NOW)),
        ("learn_follow", lambda db, me, name: learn.follow(db, me, name, at=NOW)),
    ],
    ids=["a part", "notes", "a pin", "a path"],
)
def test_what_is_kept_once_for_each_thing(engine, at_once, learner, table, do):
    for number in range(TIMES):
        at_once(lambda db, name=f"thing-{number}": do(db, learner.id, name))

    assert count(engine, table) == TIMES


class TestSigningIn:
    def test_in_four_tabs_makes_one_person(self, engine, at_once):
        for number in range(TIMES):
            at_once(lambda db, name=f"Person-{number}": sign_in(db, name))

        assert count(engine, "people_account") == TIMES
        assert count(engine, "people_session") == TIMES

    def test_gives_four_people_four_numbers_and_leaves_a_sound_trail(self, engine, at_once):
        names = iter([f"Person-{number}" for number in range(TABS * TIMES)])

        for _ in range(TIMES):
            at_once(lambda db: sign_in(db, next(names)))

        assert count(engine, "people_account") == TABS * TIMES
        with Session(engine) as db:
            assert queries.find_faults(db) == ()
            assert len(list(queries.whole_trail(db))) == TABS * TIMES


def test_two_administrators_who_end_each_others_role_leave_one(engine, at_once):
    for number in range(TIMES):
        with Session(engine) as db:
            trust = people.add_organisation(db, f"Trust {number}", at=NOW)
            pair = [sign_in(db, name).id for name in ("Ada", "Bob")]
            for one in pair:
                people.appoint(db, trust, to=one, role=Role.ADMINISTRATOR, at=NOW)
            grants = {one.person: one.id for one in queries.officers(db, pair[0], trust)}
        who = iter([*pair, *pair])

        def end_the_other(db, pair=pair, trust=trust, grants=grants, who=who):
            me = next(who)
            other = grants[pair[0] if me == pair[1] else pair[1]]
            with contextlib.suppress(rules.NotAllowedError, people.LastAdministratorError):
                people.revoke(db, me, trust, other, at=NOW)

        at_once(end_the_other)

        with Session(engine) as db:
            left = [one for one in pair if Role.ADMINISTRATOR in queries.roles_in(db, one, trust)]
            assert len(left) == 1


def test_a_link_for_one_serves_one_of_four_who_open_it_at_once(engine, at_once):
    for number in range(TIMES):
        with Session(engine) as db:
            trust = people.add_organisation(db, f"Trust {number}", at=NOW)
            token = people.invite_administrator(db, trust, at=NOW)
            who = iter([sign_in(db, f"Person-{one}").id for one in range(TABS)])
        taken = []

        def open_it(db, token=token, who=who, taken=taken):
            with contextlib.suppress(rules.InvitationError):
                taken.append(people.take_up(db, next(who), token, at=NOW))

        at_once(open_it)

        assert len(taken) == 1
