"""Who may do what: every query and command, for every role, on one's own, one's organisation's
and a stranger's. A query or command without a row here fails.

Each cell is one letter. ``D``: it does what it is for. ``N``: nothing of theirs is told or changed.
``R``: it is refused. The three letters of a role are for what is one's own, what belongs to
somebody of the same organisation, and what belongs to a stranger or another organisation.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from sqlalchemy import or_, select
from sqlmodel import Session

from ccio_skills import library, schema, store
from ccio_skills.assess import commands as assess
from ccio_skills.assess import queries as assess_queries
from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.cohorts import commands as cohorts
from ccio_skills.cohorts import queries as cohort_queries
from ccio_skills.cohorts.rules.thresholds import Thresholds
from ccio_skills.learn import commands as learn
from ccio_skills.learn import queries as learn_queries
from ccio_skills.people import commands, queries, rules
from ccio_skills.survey import commands as survey
from ccio_skills.survey import queries as survey_queries
from ccio_skills.survey.rules import Answer
from ccio_skills.vocabulary import Level, OrganisationId, PersonId, Role
from tests.cast import live, sign_in
from tests.cohorts.college import ITEMS
from tests.conftest import NOW, ROOT

ROLES = ("learner", "member", "reviewer", "administrator", "former")
RELATIONS = ("own", "same", "stranger")
SKILL, LATER = "change-management", NOW + timedelta(days=1)

# What is one's own can be asked for by its owner only: there is no way to name somebody else.
OWN = dict.fromkeys(ROLES, "DNN")
# What is an organisation's is refused to all whose role there, now, does not allow it.
REFUSED = dict.fromkeys(ROLES, "RRR")
OFFICERS_ARE_KNOWN = REFUSED | {"member": "DDR", "reviewer": "DDR", "administrator": "DDR"}
ADMINISTRATORS_ONLY = REFUSED | {"administrator": "DDR"}
# It is told of where one belongs, and what one is there, and of nowhere else.
ONES_OWN_ORGANISATION = dict.fromkeys(ROLES, "DDN") | {"learner": "NNN", "former": "NNN"}
# Everybody may lay down a role of their own.
OR_ONES_OWN = REFUSED | {
    "member": "DRR",
    "reviewer": "DRR",
    "administrator": "DDR",
    "former": "DRR",
}

REVIEWERS_ONLY = REFUSED | {"reviewer": "DDR"}
# It is told of what one runs, or reviews, and of nothing else.
WHAT_ONE_RUNS = dict.fromkeys(ROLES, "NNN") | {"administrator": "DDN"}
WHAT_ONE_REVIEWS = dict.fromkeys(ROLES, "NNN") | {"reviewer": "DDN"}

# Asked by whoever runs the installation, at its command line; never by a page.
OPERATOR = {
    "people.queries.every_organisation",
    "people.queries.find_organisation",
    "people.queries.find_faults",
    "people.queries.whole_trail",
    "people.commands.add_organisation",
    "people.commands.appoint",
    "people.commands.invite_administrator",
    "people.commands.tidy",
    "people.queries.unused_accounts",
}
# Asked by the switch of the demonstration, where all people are made up.
IN_THE_DEMONSTRATION = {"people.queries.accounts_of"}
# Asked by whoever holds a secret that nobody can guess: a sign-in, or the link of an invitation.
BY_SECRET = {
    "people.queries.visitor",
    "people.queries.invitation",
    "people.commands.enter",
    "cohorts.queries.invited_to",
    "cohorts.queries.find_receipt",
    "cohorts.commands.withdraw_by_code",
}
# What rights are checked with, and what commands put on record: they tell of the one who acts.
PARTS = {
    "people.queries.check",
    "people.queries.has_role",
    "people.queries.may",
    "people.queries.person",
    "people.queries.roles_in",
    "people.queries.terms_of",
    "people.commands.record",
    # Asked by rooms above, which check first whether whoever asks may.
    "people.queries.holders",
    "people.queries.named",
    "people.queries.verified",
    "people.commands.end_grant",
    "people.commands.hold",
    "people.commands.use",
    "people.commands.wipe",
    # Words and numbers that everybody in a cohort may know.
    "cohorts.queries.load",
    "cohorts.queries.load_cohort",
    "cohorts.queries.count_members",
    "cohorts.queries.count_sizes",
    "cohorts.queries.items_of",
    "cohorts.queries.reviewers",
    "cohorts.queries.verify",
}


@dataclass(frozen=True)
class Case:
    """One cell: who acts, on whom, where, in a store of their own."""

    db: Session
    actor: PersonId
    target: PersonId
    organisation: OrganisationId
    library: library.Library

    @property
    def module(self):
        """The module that everybody with a full life has read."""
        return next(iter(self.library.module.values()))

    @property
    def check(self):
        return self.module.checks[0]

    @property
    def role(self):
        """The role survey, of which everybody with a full life has answered something."""
        [role] = self.library.instrument.values()
        return role

    def rating(self, level=4):
        return Rating(SKILL, Level(level), LATER, evidence="Newer.")

    def export_of_target(self):
        kept = queries.everything(self.db, self.target)
        return rules.unpack(rules.archive(kept, at=NOW))

    def grant_of_target(self):
        table = schema.metadata.tables["people_grant"]
        query = select(table.c.id).where(
            table.c.person_id == self.target, table.c.organisation_id == self.organisation
        )
        return self.db.execute(query).scalars().first() or 0

    def cohort(self, name="Cohort"):
        """The cohort of an organisation; of the college, where everybody with a life is in it."""
        table = schema.metadata.tables["cohorts_cohort"]
        query = select(table.c.id).where(
            table.c.name == name, table.c.organisation_id == self.organisation
        )
        if name != "Cohort":
            query = select(table.c.id).where(table.c.name == name)
        return self.db.execute(query).scalars().one()

    def collection(self, title, *, cohort="Cohort"):
        table = schema.metadata.tables["cohorts_collection"]
        scope = schema.metadata.tables["cohorts_scope"]
        query = (
            select(table.c.id)
            .join(scope, scope.c.collection_id == table.c.id)
            .where(table.c.title == title, scope.c.cohort_id == self.cohort(cohort))
        )
        return self.db.execute(query).scalars().one()

    def link_to_another_cohort(self):
        table = schema.metadata.tables["cohorts_cohort"]
        where, by = self.db.execute(
            select(table.c.organisation_id, table.c.created_by).where(table.c.name == "Another")
        ).one()
        target = f"cohort:{self.cohort('Another')}"
        return commands.invite(self.db, by, where, role=Role.MEMBER, target=target, at=LATER)

    def invitation(self):
        table = schema.metadata.tables["people_invitation"]
        query = select(table.c.id).where(table.c.organisation_id == self.organisation)
        return self.db.execute(query).scalars().first()


TABLE = {
    "assess.queries.current_ratings": (
        OWN,
        lambda c: assess_queries.current_ratings(c.db, c.actor),
    ),
    "assess.queries.history": (OWN, lambda c: assess_queries.history(c.db, c.actor)),
    "assess.queries.every_answer": (OWN, lambda c: assess_queries.every_answer(c.db, c.actor)),
    "assess.queries.open_sitting": (
        OWN,
        lambda c: assess_queries.open_sitting(c.db, c.actor, now=LATER),
    ),
    "assess.commands.answer": (
        OWN,
        lambda c: assess.answer(c.db, c.actor, c.rating(), library=c.library),
    ),
    "assess.commands.clear": (
        OWN,
        lambda c: assess.clear(c.db, c.actor, SKILL, library=c.library, at=LATER),
    ),
    "assess.commands.end_sitting": (OWN, lambda c: assess.end_sitting(c.db, c.actor, at=LATER)),
    "assess.commands.import_ratings": (
        OWN,
        lambda c: assess.import_ratings(c.db, c.actor, [c.rating()], library=c.library, at=LATER),
    ),
    "survey.queries.draft": (OWN, lambda c: survey_queries.draft(c.db, c.actor, c.role)),
    "survey.queries.apart": (OWN, lambda c: survey_queries.apart(c.db, c.actor, c.role)),
    "survey.queries.coded": (OWN, lambda c: survey_queries.coded(c.db, c.actor, c.role)),
    "survey.queries.coded_apart": (
        OWN,
        lambda c: survey_queries.coded_apart(c.db, c.actor, c.role),
    ),
    "survey.commands.answer": (
        OWN,
        lambda c: survey.answer(c.db, c.actor, c.role, "A2", Answer(keys=("acute",)), at=LATER),
    ),
    "survey.commands.clear": (OWN, lambda c: survey.clear(c.db, c.actor, c.role, "A2")),
    "survey.commands.clear_all": (OWN, lambda c: survey.clear_all(c.db, c.actor, c.role)),
    "learn.queries.readings": (OWN, lambda c: learn_queries.readings(c.db, c.actor)),
    "learn.queries.answers": (OWN, lambda c: learn_queries.answers(c.db, c.actor, c.module.slug)),
    "learn.queries.first_answers_right": (
        OWN,
        lambda c: learn_queries.first_answers_right(c.db, c.actor),
    ),
    "learn.queries.completions": (OWN, lambda c: learn_queries.completions(c.db, c.actor)),
    "learn.queries.finished": (OWN, lambda c: learn_queries.finished(c.db, c.actor)),
    "learn.queries.choices": (OWN, lambda c: learn_queries.choices(c.db, c.actor)),
    "learn.queries.actions_done": (OWN, lambda c: learn_queries.actions_done(c.db, c.actor)),
    "learn.queries.follows": (OWN, lambda c: learn_queries.follows(c.db, c.actor)),
    "learn.queries.learnt_at": (
        OWN,
        lambda c: learn_queries.learnt_at(c.db, c.actor, c.library),
    ),
    "learn.commands.turn_to": (
        OWN,
        lambda c: learn.turn_to(c.db, c.actor, c.module.slug, part=2, at=LATER),
    ),
    "learn.commands.keep_notes": (
        OWN,
        lambda c: learn.keep_notes(c.db, c.actor, c.module.slug, notes="Newer.", at=LATER),
    ),
    "learn.commands.answer_check": (
        OWN,
        lambda c: learn.answer_check(
            c.db, c.actor, c.module.slug, c.check, option=1, sureness="sure", at=LATER
        ),
    ),
    "learn.commands.finish": (
        OWN,
        lambda c: learn.finish(c.db, c.actor, c.module, minutes=5, at=LATER),
    ),
    "learn.commands.decide": (
        OWN,
        lambda c: learn.decide(c.db, c.actor, c.module.slug, None, at=LATER),
    ),
    "learn.commands.do_action": (
        OWN,
        lambda c: learn.do_action(c.db, c.actor, SKILL, step=2, evidence="Newer.", at=LATER),
    ),
    "learn.commands.follow": (
        OWN,
        lambda c: learn.follow(c.db, c.actor, "another-path", at=LATER),
    ),
    "learn.queries.record": (OWN, lambda c: learn_queries.record(c.db, c.actor, {})),
    "learn.commands.pause": (
        OWN,
        lambda c: learn.pause(c.db, c.actor, next(iter(c.library.path)), at=LATER),
    ),
    "learn.commands.leave": (
        OWN,
        lambda c: learn.leave(c.db, c.actor, next(iter(c.library.path)), at=LATER),
    ),
    "people.queries.settings": (OWN, lambda c: queries.settings(c.db, c.actor)),
    "people.queries.everything": (OWN, lambda c: queries.everything(c.db, c.actor)),
    "people.queries.compare": (
        OWN,
        # Somebody else's export brings nothing of theirs to light that was not in the file.
        lambda c: [one.here for one in queries.compare(c.db, c.actor, c.export_of_target())],
    ),
    "people.commands.settle": (
        OWN,
        lambda c: commands.settle(c.db, c.actor, profile="cnio", minutes_a_week=15, at=LATER),
    ),
    "people.commands.bring_in": (
        OWN,
        lambda c: commands.bring_in(c.db, c.actor, rules.Unpacked(NOW, {"learn_choice": [CHOICE]})),
    ),
    "people.commands.erase": (OWN, lambda c: commands.erase(c.db, c.actor, at=LATER)),
    "people.commands.export": (OWN, lambda c: commands.export(c.db, c.actor, at=LATER)),
    "people.commands.sign_out": (
        OWN,
        lambda c: commands.sign_out(c.db, c.actor, key_of(c.db, c.target), at=LATER),
    ),
    "people.commands.sign_out_everywhere": (
        OWN,
        lambda c: commands.sign_out_everywhere(c.db, c.actor, at=LATER),
    ),
    "people.queries.account": (OWN, lambda c: queries.account(c.db, c.actor)),
    "people.queries.my_account": (OWN, lambda c: queries.my_account(c.db, c.actor)),
    "people.commands.delete_account": (
        OWN,
        lambda c: commands.delete_account(c.db, c.actor, at=LATER),
    ),
    # There is another administrator in both.
    "people.queries.alone_in": (
        dict.fromkeys(ROLES, "NNN"),
        lambda c: queries.alone_in(c.db, c.actor),
    ),
    "people.queries.organisations": (
        ONES_OWN_ORGANISATION,
        lambda c: queries.organisations(c.db, c.actor),
    ),
    "people.queries.held": (ONES_OWN_ORGANISATION, lambda c: queries.held(c.db, c.actor)),
    "people.queries.officers": (
        OFFICERS_ARE_KNOWN,
        lambda c: queries.officers(c.db, c.actor, c.organisation),
    ),
    "people.queries.members": (
        ADMINISTRATORS_ONLY,
        lambda c: queries.members(c.db, c.actor, c.organisation),
    ),
    "people.queries.invitations": (
        ADMINISTRATORS_ONLY,
        lambda c: queries.invitations(c.db, c.actor, c.organisation, now=LATER),
    ),
    "people.queries.trail": (
        ADMINISTRATORS_ONLY,
        lambda c: queries.trail(c.db, c.actor, c.organisation),
    ),
    "people.commands.give_role": (
        ADMINISTRATORS_ONLY,
        lambda c: commands.give_role(
            c.db, c.actor, c.organisation, to=c.target, role=Role.REVIEWER, at=LATER
        ),
    ),
    "people.commands.revoke": (
        OR_ONES_OWN,
        lambda c: commands.revoke(c.db, c.actor, c.organisation, c.grant_of_target(), at=LATER),
    ),
    "people.commands.invite": (
        ADMINISTRATORS_ONLY,
        lambda c: commands.invite(c.db, c.actor, c.organisation, role=Role.REVIEWER, at=LATER),
    ),
    "people.commands.take_back": (
        ADMINISTRATORS_ONLY,
        lambda c: commands.take_back(c.db, c.actor, c.organisation, c.invitation(), at=LATER),
    ),
    # Whoever has the link may take it up, for themselves: that is what a link is.
    "people.commands.take_up": (
        OWN,
        lambda c: commands.take_up(c.db, c.actor, new_link(c.db, c.organisation), at=LATER),
    ),
    "people.commands.invite_list": (
        ADMINISTRATORS_ONLY,
        lambda c: commands.invite_list(
            c.db, c.actor, c.organisation, ["a@b.test"], target="part:1", at=LATER
        ),
    ),
    "cohorts.queries.memberships": (OWN, lambda c: cohort_queries.memberships(c.db, c.actor)),
    "cohorts.queries.to_contribute": (
        OWN,
        lambda c: cohort_queries.to_contribute(c.db, c.actor, now=LATER),
    ),
    "cohorts.queries.has_contributed": (
        OWN,
        lambda c: cohort_queries.has_contributed(c.db, c.actor, c.collection("Open", cohort=ALL)),
    ),
    "cohorts.commands.join": (
        OWN,
        lambda c: cohorts.join(
            c.db,
            c.actor,
            c.link_to_another_cohort(),
            promise=cohort_queries.load_cohort(c.db, c.cohort("Another")).promise.version,
            at=LATER,
        ),
    ),
    "cohorts.commands.leave": (
        OWN,
        lambda c: cohorts.leave(c.db, c.actor, c.cohort(ALL), at=LATER),
    ),
    "cohorts.commands.contribute": (OWN, lambda c: contribute(c)),
    "cohorts.commands.withdraw": (
        OWN,
        lambda c: cohorts.withdraw(c.db, c.actor, c.collection("Open", cohort=ALL), at=LATER),
    ),
    "cohorts.queries.run_by": (WHAT_ONE_RUNS, lambda c: cohort_queries.run_by(c.db, c.actor)),
    "cohorts.queries.reviewed_by": (
        WHAT_ONE_REVIEWS,
        lambda c: cohort_queries.reviewed_by(c.db, c.actor),
    ),
    "cohorts.queries.check": (
        ADMINISTRATORS_ONLY,
        lambda c: cohort_queries.check(c.db, c.actor, c.collection("Open"), now=LATER),
    ),
    "cohorts.queries.check_cohort": (
        ADMINISTRATORS_ONLY,
        lambda c: cohort_queries.check_cohort(c.db, c.actor, rules.Right.RUN_COHORTS, c.cohort()),
    ),
    "cohorts.queries.collections_of": (
        ADMINISTRATORS_ONLY,
        lambda c: cohort_queries.collections_of(c.db, c.actor, c.cohort(), now=LATER),
    ),
    "cohorts.queries.forecast": (
        ADMINISTRATORS_ONLY,
        lambda c: cohort_queries.forecast(c.db, c.actor, c.cohort()),
    ),
    "cohorts.queries.members": (
        ADMINISTRATORS_ONLY,
        lambda c: cohort_queries.members(c.db, c.actor, c.cohort()),
    ),
    "cohorts.queries.published": (
        REVIEWERS_ONLY,
        lambda c: cohort_queries.published(c.db, c.actor, c.cohort()),
    ),
    "cohorts.queries.participation": (
        REVIEWERS_ONLY,
        lambda c: cohort_queries.participation(c.db, c.actor, c.cohort(), c.collection("Open")),
    ),
    "cohorts.queries.open_now": (
        REVIEWERS_ONLY,
        lambda c: cohort_queries.open_now(c.db, c.actor, c.cohort(), now=LATER),
    ),
    "cohorts.commands.add_cohort": (
        ADMINISTRATORS_ONLY,
        lambda c: cohorts.add_cohort(
            c.db, c.actor, c.organisation, name="New", purpose="New.", at=LATER
        ),
    ),
    "cohorts.commands.tighten": (
        ADMINISTRATORS_ONLY,
        lambda c: cohorts.tighten(c.db, c.actor, c.cohort(), Thresholds(6, 8, 2, 12), at=LATER),
    ),
    "cohorts.commands.remove": (
        ADMINISTRATORS_ONLY,
        lambda c: cohorts.remove(c.db, c.actor, c.cohort(), member=c.target, at=LATER),
    ),
    "cohorts.commands.plan": (
        ADMINISTRATORS_ONLY,
        lambda c: plan(c.db, c.actor, c.cohort(), "New", at=LATER),
    ),
    "cohorts.commands.open_collection": (
        ADMINISTRATORS_ONLY,
        lambda c: cohorts.open_collection(c.db, c.actor, c.collection("Planned"), at=LATER),
    ),
    "cohorts.commands.discard": (
        ADMINISTRATORS_ONLY,
        lambda c: cohorts.discard(c.db, c.actor, c.collection("Planned"), at=LATER),
    ),
    "cohorts.commands.move_end": (
        ADMINISTRATORS_ONLY,
        lambda c: cohorts.move_end(
            c.db, c.actor, c.collection("Open"), closes_at=NOW + timedelta(days=9), at=LATER
        ),
    ),
    "cohorts.commands.close": (
        ADMINISTRATORS_ONLY,
        lambda c: cohorts.close(c.db, c.actor, c.collection("Open"), at=LATER),
    ),
}
ALL = "Everybody"
WHERE = {
    "people.queries.organisations": lambda one: one.id,
    "people.queries.held": lambda one: one.organisation,
    "cohorts.queries.run_by": lambda one: one.organisation,
    "cohorts.queries.reviewed_by": lambda one: one.organisation,
    "people.queries.alone_in": lambda one: {"Own": 1, "Other": 2}[one],
}
NOBODY = PersonId(999)
IN_ORGANISATIONS = {name for name, (cells, _) in TABLE.items() if cells is not OWN}
CHOICE = {
    "person_id": 1,
    "module": "what-a-ccio-is-and-does",
    "choice": "pinned",
    "evidence": "",
    "chosen_at": (LATER + timedelta(days=1)).isoformat(),
}


def key_of(db, person):
    table = schema.metadata.tables["people_session"]
    return db.execute(select(table.c.key).where(table.c.person_id == person)).scalars().first()


def contribute(c):
    """Contribute to the college's collection; who is not in it is refused."""
    with suppress(rules.NotAllowedError):
        cohorts.contribute(c.db, c.actor, c.collection("Open", cohort=ALL), {"vision": 1}, at=LATER)


def plan(db, who, cohort, title, *, at=NOW):
    return cohorts.plan(
        db,
        who,
        [cohort],
        title=title,
        items=ITEMS,
        framework_version="1",
        opens_at=at,
        closes_at=at + timedelta(days=30),
        at=at,
    )


def run_a_cohort(db, who, organisation, name):
    """Make a cohort with a collection that is planned and one that is open; return the latter."""
    cohort = cohorts.add_cohort(db, who, organisation, name=name, purpose="For tests.", at=NOW)
    plan(db, who, cohort, "Planned")
    opened = plan(db, who, cohort, "Open")
    cohorts.open_collection(db, who, opened, at=NOW)
    return cohort, opened


def found_a_college(db, everybody):
    """An organisation of its own, where everybody who has a full life is in a cohort."""
    college = commands.add_organisation(db, "College", at=NOW)
    dean = sign_in(db, "Dean").id
    commands.appoint(db, college, to=dean, role=Role.ADMINISTRATOR, at=NOW)
    cohort, opened = run_a_cohort(db, dean, college, ALL)
    cohorts.add_cohort(db, dean, college, name="Another", purpose="For tests.", at=NOW)
    link = commands.invite(
        db, dean, college, role=Role.MEMBER, target=f"cohort:{cohort}", uses=99, at=NOW
    )
    promise = cohort_queries.load_cohort(db, cohort).promise.version
    for one in everybody:
        cohorts.join(db, one, link, promise=promise, at=NOW)
        cohorts.contribute(db, one, opened, {"vision": 2}, at=NOW)


def new_link(db, organisation):
    """A link to a part of an organisation that nobody belongs to yet."""
    table = schema.metadata.tables["people_grant"]
    query = select(table.c.person_id).where(
        table.c.organisation_id == organisation,
        table.c.role == Role.ADMINISTRATOR,
        table.c.ended_at.is_(None),
    )
    by = db.execute(query).scalars().first()
    return commands.invite(db, by, organisation, role=Role.MEMBER, target="part:9", at=NOW)


@pytest.fixture(scope="module")
def world(tmp_path_factory, shipped):
    """A store with two of everybody, one with a full life and one without; copied for each cell.

    Built once: (the file, person by name, own and other organisation).
    """
    file = tmp_path_factory.mktemp("rights") / "world.db"
    engine = store.open_engine(f"sqlite:///{file}")
    schema.metadata.create_all(engine)
    with Session(engine) as db:
        own, other = (commands.add_organisation(db, name, at=NOW) for name in ("Own", "Other"))
        people = {}
        for name in (*ROLES, "second", "target", "stranger"):
            for life in ("bare", "full"):
                person = people[name, life] = sign_in(db, f"{name}-{life}")
                give(db, person, name, own, other)
                if life == "full":
                    live(db, person, shipped)
        for person in (people["former", "bare"], people["former", "full"]):
            end_roles(db, person.id, own)
        administrator = people["second", "bare"].id
        commands.invite(db, administrator, own, role=Role.MEMBER, at=NOW)
        commands.invite(db, people["stranger", "bare"].id, other, role=Role.MEMBER, at=NOW)
        run_a_cohort(db, administrator, own, "Cohort")
        run_a_cohort(db, people["stranger", "bare"].id, other, "Cohort")
        found_a_college(db, [one.id for (_, life), one in people.items() if life == "full"])
    engine.dispose()
    return file, {key: one.id for key, one in people.items()}, own, other


def give(db, person, name, own, other):
    role = {
        "member": Role.MEMBER,
        "target": Role.MEMBER,
        "reviewer": Role.REVIEWER,
        "administrator": Role.ADMINISTRATOR,
        "second": Role.ADMINISTRATOR,
        "former": Role.ADMINISTRATOR,
        "stranger": Role.ADMINISTRATOR,
    }.get(name)
    if role:
        commands.appoint(db, other if name == "stranger" else own, to=person.id, role=role, at=NOW)


def end_roles(db, person, organisation):
    for one in queries.officers(db, person, organisation):
        if one.person == person:
            commands.revoke(db, person, organisation, one.id, at=NOW)


@pytest.fixture
def case(world, shipped):
    """Open a cell: a copy of the world in memory, with somebody who acts on somebody else."""
    file, people, own, other = world
    opened = []

    def copy():
        engine = store.open_engine("sqlite://")
        with closing(sqlite3.connect(file)) as source, engine.connect() as target:
            source.backup(target.connection.driver_connection)
        opened.append((Session(engine), engine))
        return opened[-1][0]

    def case(role, relation, *, is_fresh=True):
        session = copy() if is_fresh or not opened else opened[0][0]
        actor = people[role, "full" if relation == "own" else "bare"]
        target = {"own": actor, "same": people["target", "full"]}.get(
            relation, people["stranger", "full"]
        )
        return Case(session, actor, target, other if relation == "stranger" else own, shipped)

    yield case
    for session, engine in opened:
        session.close()
        engine.dispose()


def rows(db, *, of=None):
    """Every row there is, or those that name a person; what is on record is for other tests."""
    told = {}
    for name, table in schema.metadata.tables.items():
        if name.startswith("people_audit"):
            continue
        named = [table.c[one] == of for one in table.info["people"]]
        query = select(table) if of is None else select(table).where(or_(False, *named))
        told[name] = sorted(db.execute(query).all(), key=repr)
    return told


def tells(name):
    return ".queries." in name or name == "people.commands.export"


def outcome(name, case):
    """Do what a row says in a cell, and return the letter of what came of it."""
    _, ask = TABLE[name]
    if name in WHERE:
        return "D" if case.organisation in {WHERE[name](one) for one in ask(case)} else "N"
    if name in ("people.queries.account", "people.queries.my_account"):
        return "D" if queries.person(case.db, case.target).name in repr(ask(case)) else "N"
    if name in IN_ORGANISATIONS:
        return in_an_organisation(ask, case)
    if tells(name):
        return "D" if ask(case) != ask(replace(case, actor=NOBODY)) else "N"
    before = rows(case.db, of=case.target)
    ask(case)
    return "D" if rows(case.db, of=case.target) != before else "N"


def in_an_organisation(ask, case):
    before = rows(case.db)
    try:
        ask(case)
    except rules.NotAllowedError:
        case.db.rollback()
        assert rows(case.db) == before, "refused, and done all the same"
        return "R"
    return "D"


@pytest.mark.parametrize("name", TABLE)
def test_every_cell_is_as_written(case, name):
    expected, _ = TABLE[name]
    is_fresh = not tells(name)

    found = {
        role: "".join(outcome(name, case(role, one, is_fresh=is_fresh)) for one in RELATIONS)
        for role in ROLES
    }

    assert found == expected


def functions():
    """Every public query and command that asks a store: name to parameters."""
    found = {}
    for file in sorted((ROOT / "ccio_skills").glob("*/*")):
        if file.stem not in ("queries", "commands") or "__pycache__" in file.parts:
            continue
        module = importlib.import_module(f"ccio_skills.{file.parent.name}.{file.stem}")
        for name, one in vars(module).items():
            is_ours = inspect.isfunction(one) and one.__module__.startswith(module.__name__)
            if is_ours and not name.startswith("_"):
                parameters = list(inspect.signature(one).parameters)
                if parameters[:1] == ["db"]:
                    found[f"{file.parent.name}.{file.stem}.{name}"] = parameters
    return found


class TestTheTable:
    def test_has_a_row_for_every_query_and_command(self):
        known = {*TABLE, *OPERATOR, *IN_THE_DEMONSTRATION, *BY_SECRET, *PARTS}

        assert set(functions()) == known

    def test_asks_for_the_one_who_acts_first(self):
        asked = functions()

        assert [name for name in TABLE if asked[name][1] != "person"] == []
        assert [name for name in OPERATOR | BY_SECRET if "person" in asked[name]] == []


def uses(file):
    """What a module takes from queries and commands: ``people.queries.trail``."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    rooms = {
        one.asname or one.name: f"{part.module.removeprefix('ccio_skills.')}.{one.name}"
        for part in ast.walk(tree)
        if isinstance(part, ast.ImportFrom) and (part.module or "").startswith("ccio_skills.")
        for one in part.names
    }
    named = {
        f"{rooms.get(one.value.id, '')}.{one.attr}"
        for one in ast.walk(tree)
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name)
    }
    return named | set(rooms.values())


ONLY_WHOEVER_RUNS_IT = OPERATOR | IN_THE_DEMONSTRATION | {"people.commands.record"}


class TestPages:
    FILES = sorted((ROOT / "ccio_skills").glob("*/pages/**/*.py"))

    def test_never_do_what_only_whoever_runs_the_installation_may(self):
        asked = {file: uses(file) for file in self.FILES}

        assert "people.queries.officers" in set().union(*asked.values())
        assert {file.name for file in asked if asked[file] & ONLY_WHOEVER_RUNS_IT} == set()

    def test_never_make_up_whom_they_act_for(self):
        """A page knows one person: its visitor. A number from an address stays a number."""
        made = [file.name for file in self.FILES if "PersonId(" in file.read_text("utf-8")]

        assert made == []
