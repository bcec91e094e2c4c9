"""Made-up people with a full history, for measuring what pages cost."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlmodel import Session

from benchmarks.serving import ROOT
from ccio_skills import library, store
from ccio_skills.assess import commands as assess
from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.learn import commands as learn
from ccio_skills.library import Library
from ccio_skills.people import commands as people
from ccio_skills.vocabulary import Confidence, Level, PersonId

SITTINGS, FINISHED, FOLLOWED = 8, 40, 3
ME = PersonId(1)


def fill(folder: Path) -> None:
    """Put one person with a full history into the store of a folder."""
    engine = store.open_engine(f"sqlite:///{folder / 'ccio-skills.db'}")
    store.upgrade(engine)
    with Session(engine) as db:
        live(db, ME, shipped=library.load(ROOT / "content"), now=datetime.now(UTC))
    engine.dispose()


def live(db: Session, person: PersonId, *, shipped: Library, now: datetime) -> None:
    """Rate 45 skills eight times, finish 40 modules with notes and answers, follow three paths."""
    chance = random.Random(person)
    people.settle(db, person, profile="new-ccio", minutes_a_week=120, at=now)
    for sitting in range(SITTINGS):
        day = now - timedelta(days=90 * (SITTINGS - sitting))
        ratings = [
            Rating(
                skill,
                Level(chance.randrange(6)),
                day + timedelta(seconds=place),
                confidence=chance.choice(list(Confidence)),
                evidence="What I did, with whom, and what came of it. " * 4,
            )
            for place, skill in enumerate(shipped.skill)
        ]
        assess.import_ratings(db, person, ratings, library=shipped, at=day)
    modules = list(shipped.module.values())
    for number in range(FINISHED):
        module, at = modules[number % len(modules)], now - timedelta(days=10 * number + 1)
        learn.keep_notes(db, person, module.slug, notes="A thought. " * 20, at=at)
        for check in module.checks:
            option = chance.randrange(len(check.options))
            learn.answer_check(
                db, person, module.slug, check, option=option, sureness="fairly", at=at
            )
        learn.finish(db, person, module, minutes=30, reflection=("a", "b", "c"), at=at)
    for path in list(shipped.path)[:FOLLOWED]:
        learn.follow(db, person, path, at=now)
