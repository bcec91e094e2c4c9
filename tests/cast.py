"""The people of an organisation, as tests know them: each signed in, each with the role named.

``Cast.of(db)`` builds Kingsbridge, with an administrator, a reviewer, a member and somebody whose
roles were ended, and Northmoor, a stranger to it, with an administrator and a member of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from ccio_skills.assess import commands as assess
from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.learn import commands as learn
from ccio_skills.people import commands, queries, rules
from ccio_skills.survey import commands as survey
from ccio_skills.survey.rules import Answer
from ccio_skills.vocabulary import Level, OrganisationId, Person, Role
from tests.conftest import NOW

ISSUER = "https://provider.example.test"
LIMITS = rules.Limits(idle=timedelta(hours=1), absolute=timedelta(hours=12))


def claims(who: str, /, *, at: datetime = NOW, nonce: str = "first", **more: object) -> dict:
    """What a provider says of somebody, as Streamlit hands it on."""
    told = {"iss": ISSUER, "sub": who.lower(), "nonce": f"{who}-{nonce}", "name": who}
    told |= {"email": f"{who.lower()}@example.test", "iat": int(at.timestamp())}
    return {"is_logged_in": True, **told, **more}


def sign_in(
    db: Session, name: str, *, at: datetime = NOW, nonce: str = "first", named: str | None = None
) -> Person:
    """Sign somebody in, for the first time or again."""
    told = rules.read_claims(claims(name, at=at, nonce=nonce, name=named or name))
    person = commands.enter(db, told, limits=LIMITS, at=at)
    assert isinstance(person, Person)
    return person


def live(db, person, library, *, words="A private note."):
    """Leave something in every table of one's own, the way a person does: by commands."""
    commands.settle(db, person.id, profile="new-ccio", minutes_a_week=60, at=NOW)
    for day, level in enumerate([Level.AWARE, Level.PRACTISING]):
        moment = NOW + timedelta(days=day)
        rating = Rating("change-management", level, moment, evidence=words)
        assess.answer(db, person.id, rating, library=library)
    module = next(iter(library.module.values()))
    check = module.checks[0]
    learn.turn_to(db, person.id, module.slug, part=1, at=NOW)
    learn.keep_notes(db, person.id, module.slug, notes=words, at=NOW)
    learn.answer_check(db, person.id, module.slug, check, option=0, sureness="guess", at=NOW)
    learn.finish(db, person.id, module, minutes=30, reflection=(words, "", ""), at=NOW)
    learn.decide(db, person.id, module.slug, "known", evidence=words, at=NOW)
    learn.do_action(db, person.id, "change-management", step=1, evidence=words, at=NOW)
    learn.follow(db, person.id, next(iter(library.path)), at=NOW)
    answer_survey(db, person.id, library)


def answer_survey(db, person, library):
    """Answer a question of the role survey, and one of those that are kept apart."""
    [role] = library.instrument.values()
    for code in ("A2", min(role.apart)):
        first = Answer(keys=(role.question[code].choices[0].key,))
        survey.answer(db, person, role, code, first, at=NOW)


@dataclass(frozen=True)
class Cast:
    trust: OrganisationId
    other: OrganisationId
    administrator: Person
    reviewer: Person
    member: Person
    former: Person
    stranger: Person
    """Administers the other organisation."""
    alone: Person
    """Belongs to no organisation."""

    @classmethod
    def of(cls, db: Session) -> Cast:
        start = NOW - timedelta(minutes=5)
        trust = commands.add_organisation(db, "Kingsbridge", at=start)
        other = commands.add_organisation(db, "Northmoor", at=start)
        people = {
            "administrator": (trust, Role.ADMINISTRATOR),
            "reviewer": (trust, Role.REVIEWER),
            "member": (trust, Role.MEMBER),
            "former": (trust, Role.ADMINISTRATOR),
            "stranger": (other, Role.ADMINISTRATOR),
        }
        for name, (where, role) in people.items():
            who = sign_in(db, name.title(), at=start)
            commands.appoint(db, where, to=who.id, role=role, at=start)
        sign_in(db, "Alone", at=start)
        found = {name: sign_in(db, name.title(), at=NOW) for name in [*people, "alone"]}
        [mine] = [one for one in queries.officers(db, found["former"].id, trust)
                  if one.person == found["former"].id]  # fmt: skip
        commands.revoke(db, found["administrator"].id, trust, mine.id, at=NOW)
        found["former"] = queries.person(db, found["former"].id)
        return cls(trust, other, **found)
