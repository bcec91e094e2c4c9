"""Made-up people: one with two years of ratings, learning and paths, others with roles.

Every word and number here is invented. It goes through the rooms' own commands, so it can hold
nothing that a real person could not have entered.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from sqlmodel import Session

from ccio_skills.assess import commands as assess
from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.demo import college
from ccio_skills.learn import commands as learn
from ccio_skills.library import Library, Module
from ccio_skills.people import commands as people
from ccio_skills.people import rules as people_rules
from ccio_skills.survey import commands as survey
from ccio_skills.survey.rules import Answer
from ccio_skills.vocabulary import Confidence, Level, OrganisationId, Person, PersonId, Role, Slug

_SEED = 2012
_PROFILE = "new-ccio"
_WEEKLY = 60
# Days before today, and how far this person had come by then, as a share of the way.
_SITTINGS = ((728, 0.0), (540, 0.35), (365, 0.6), (170, 0.85), (12, 1.0))
# Skills that go down when rated again: learning what a skill takes is honest progress.
_DOWN = {"clinical-engagement": 2, "market-awareness": 3, "communication-and-translation": 3}
_UNRATED = ("ai-assurance-and-monitoring", "devops-and-release-safety")
_NOT_MINE = "patient-facing-and-remote-care"
_FINISHED = (
    ("what-a-ccio-is-and-does", 640, 30, True),
    ("digital-clinical-safety-essentials", 505, 35, False),
    ("the-clinical-systems-landscape", 410, 40, True),
    ("clinical-engagement-that-works", 128, 40, True),
    ("how-software-is-built-and-deployed", 74, 50, False),
    ("dcb0129-and-dcb0160-who-does-what", 33, 45, True),
    ("time-authority-and-support", 11, 30, False),
)
_ROLE_SURVEY = "role-survey-2026"
_SAID = {
    "A1": Answer(keys=("ccio",)),
    "A2": Answer(keys=("acute",)),
    "A6": Answer(keys=("under-12-months",)),
    "A7": Answer(keys=("yes",)),
    "A7b": Answer(keys=("project-team", "system-champion")),
    "B1": Answer(number=2.0),
    "B2": Answer(number=3.0),
    "C1": Answer(keys=("strategy", "clinical-engagement", "clinical-safety")),
}
_EVIDENCE = {
    "change-management": "Ward round list change, plan and results, March.",
    "clinical-risk-management": "Two hazard workshops, notes with the safety officer.",
    "quality-improvement-and-measurement": "Run chart for discharge letters.",
}

ISSUER = "demonstration"
"""Stands for the provider that made-up people signed in with."""
ORGANISATION = "Kingsbridge Hospitals (made up)"
PERSONAS = MappingProxyType(
    {
        "learner": ("Asha Learner", Role.MEMBER),
        "reviewer": ("Rhys Reviewer", Role.REVIEWER),
        "administrator": ("Mary Manager", Role.ADMINISTRATOR),
    }
)
"""Whom a visitor of the demonstration may look as: name and role, by the word on the switch."""
_OTHERS = ("Bea Okafor", "Chen Wu", "Dai Morgan", "Eilidh Fraser", "Femi Adeyemi", "Grace Lin")
_MEMBERS = 66
"""Made-up people in cohorts only."""
_LONGEST = people_rules.Limits(idle=timedelta(days=999), absolute=timedelta(days=999))


def build(db: Session, *, library: Library, now: datetime) -> Mapping[str, PersonId]:
    """Put the made-up organisation and its people into an empty store; return who may be looked as.

    Args:
        db: An open session.
        library: What they rate and read.
        now: When the demonstration begins; all of it lies before.
    """
    start = now - timedelta(days=730)
    where = people.add_organisation(db, ORGANISATION, at=start)
    found = {
        word: _arrive(db, where, word, name, role, at=start)
        for word, (name, role) in PERSONAS.items()
    }
    for days, name in enumerate(_OTHERS):
        _arrive(db, where, name, name, Role.MEMBER, at=start + timedelta(days=days))
    fill(db, found["learner"], library=library, now=now)
    college.fill(
        db,
        where,
        administrator=found["administrator"],
        member=found["learner"],
        others=[_enter(db, f"m{one}", f"Member {one}", at=start) for one in range(1, _MEMBERS + 1)],
        library=library,
        profile=_PROFILE,
        now=now,
    )
    return found


def _arrive(
    db: Session, where: OrganisationId, subject: str, name: str, role: Role, *, at: datetime
) -> PersonId:
    person = _enter(db, subject, name, at=at)
    people.appoint(db, where, to=person, role=role, at=at)
    return person


def _enter(db: Session, subject: str, name: str, *, at: datetime) -> PersonId:
    email = f"{name.lower().replace(' ', '.')}@made-up.example"
    told = people_rules.SignIn(ISSUER, subject, f"demonstration:{subject}", at, name, email)
    person = people.enter(db, told, limits=_LONGEST, at=at)
    assert isinstance(person, Person)
    return person.id


def fill(db: Session, person: PersonId, *, library: Library, now: datetime) -> None:
    """Put the made-up person into an empty store."""
    people.settle(
        db,
        person,
        profile=_profile(library),
        minutes_a_week=_WEEKLY,
        at=now - timedelta(days=730),
    )
    _rate(db, person, library=library, now=now)
    _learn(db, person, library=library, now=now)
    _follow(db, person, library=library, now=now)
    _survey(db, person, library=library, now=now)


def _follow(db: Session, person: PersonId, *, library: Library, now: datetime) -> None:
    """Leave one path halfway, pause another, and follow the one for the role."""
    paths = sorted(library.path.values(), key=lambda path: path.code)

    def path_to(profile: Slug) -> list[Slug]:
        return [path.slug for path in paths if path.profile == profile][:1]

    for path in path_to("aspiring-ccio"):
        learn.follow(db, person, path, at=now - timedelta(days=700))
        learn.leave(db, person, path, at=now - timedelta(days=560))
    for path in path_to("clinical-safety-officer"):
        learn.follow(db, person, path, at=now - timedelta(days=200))
        learn.pause(db, person, path, at=now - timedelta(days=90))
    for path in path_to(_PROFILE):
        learn.follow(db, person, path, at=now - timedelta(days=60))


def _survey(db: Session, person: PersonId, *, library: Library, now: datetime) -> None:
    # In another library the questions may be others.
    if instrument := library.instrument.get(_ROLE_SURVEY):
        for code, given in _SAID.items():
            survey.answer(db, person, instrument, code, given, at=now - timedelta(days=5))


def _profile(library: Library) -> Slug:
    """Return the role of the made-up person; in another library, its first."""
    return _PROFILE if _PROFILE in library.profile else next(iter(library.profile))


def _rate(db: Session, person: PersonId, *, library: Library, now: datetime) -> None:
    chance = random.Random(_SEED)
    targets = library.profile[_profile(library)].targets
    starts = {
        slug: max(0, target.level - chance.choice((1, 1, 2, 2, 3)))
        for slug, target in targets.items()
    }
    ends = {slug: min(5, start + chance.choice((0, 1, 1, 2, 2))) for slug, start in starts.items()}
    for number, (days, share) in enumerate(_SITTINGS):
        at = now - timedelta(days=days)
        # The first sitting was a quick start and a few domains; later ones cover most of it.
        skills = [slug for slug in library.skill if slug not in _UNRATED]
        asked = skills[:20] if number == 0 else skills if number in (1, 3) else skills[number::2]
        for place, slug in enumerate(asked):
            level = starts[slug] + round((ends[slug] - starts[slug]) * share)
            if slug in _DOWN:
                level = _DOWN[slug] + (1 if number < 2 else 0) - (1 if number == 4 else 0)
            _answer(db, person, slug, level, at + timedelta(seconds=9 * place), library)
        assess.end_sitting(db, person, at=at + timedelta(minutes=15))


def _answer(
    db: Session, person: PersonId, slug: Slug, level: int, at: datetime, library: Library
) -> None:
    rating = Rating(
        slug,
        None if slug == _NOT_MINE else Level(level),
        at,
        confidence=Confidence.FAIRLY if slug in _EVIDENCE else None,
        evidence=_EVIDENCE.get(slug, ""),
    )
    assess.answer(db, person, rating, library=library)


def _learn(db: Session, person: PersonId, *, library: Library, now: datetime) -> None:
    chance = random.Random(_SEED)
    for slug, days, minutes, has_reflection in _FINISHED:
        module = library.module.get(slug)
        if module is None:
            continue
        at = now - timedelta(days=days)
        _answer_checks(db, person, module, at, chance)
        said = ("Made-up reflection.", "", "Talk it through with the safety officer.")
        learn.finish(
            db,
            person,
            module,
            minutes=minutes,
            reflection=said if has_reflection else ("", "", ""),
            at=at,
        )
    if "agile-scrum-and-kanban-in-clinical-projects" in library.module:
        learn.turn_to(
            db,
            person,
            "agile-scrum-and-kanban-in-clinical-projects",
            part=1,
            at=now - timedelta(days=3),
        )


def _answer_checks(
    db: Session, person: PersonId, module: Module, at: datetime, chance: random.Random
) -> None:
    for check in module.checks:
        best = next(place for place, option in enumerate(check.options) if option.best)
        option = best if chance.random() < 0.75 else (best + 1) % len(check.options)
        learn.answer_check(
            db,
            person,
            module.slug,
            check,
            option=option,
            sureness=chance.choice(("guess", "fairly", "sure")),
            at=at - timedelta(minutes=5),
        )
