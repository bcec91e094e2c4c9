"""A college for tests: cohorts, members who agreed, and collections that are open or closed."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from ccio_skills.cohorts import commands, queries
from ccio_skills.cohorts.rules.items import Item, level_item
from ccio_skills.people import commands as people_commands
from ccio_skills.vocabulary import Level, OrganisationId, PersonId, Role
from tests.cast import Cast, sign_in
from tests.cohorts.made import Fixed
from tests.conftest import NOW

VISION = level_item("vision", "Vision", section="Lead", target=Level.PRACTISING)
TRIED = Item("tried", "Tried it?", ("Yes", "No"))
ITEMS = (VISION, TRIED)
DAY = timedelta(days=1)


class College:
    """Kingsbridge with what its administrator makes in it."""

    def __init__(self, db: Session) -> None:
        self.db = db
        self.cast = Cast.of(db)
        self.links: dict[int, str] = {}

    @property
    def runner(self) -> PersonId:
        return self.cast.administrator.id

    @property
    def where(self) -> OrganisationId:
        return self.cast.trust

    def cohort(self, name="North West", **detail):
        options = {"purpose": "To plan training together.", "at": NOW} | detail
        return commands.add_cohort(self.db, self.runner, self.where, name=name, **options)

    def link(self, cohort, *, uses=100, **detail):
        return people_commands.invite(
            self.db,
            self.runner,
            self.where,
            role=Role.MEMBER,
            target=f"cohort:{cohort}",
            uses=uses,
            at=NOW,
            **detail,
        )

    def join(self, person, cohort, *, groups=(), token=None, at=NOW):
        token = token or self.links.get(cohort) or self.links.setdefault(cohort, self.link(cohort))
        promise = queries.load_cohort(self.db, cohort).promise.version
        return commands.join(self.db, person, token, promise=promise, groups=groups, at=at)

    def members(self, cohort, number, *, start=0, groups=()):
        """Sign in and join so many people; their numbers, in order."""
        people = [sign_in(self.db, f"M{start + one}").id for one in range(number)]
        for one in people:
            self.join(one, cohort, groups=groups)
        return people

    def plan(self, *cohorts, title="Autumn", opens_at=NOW, closes_at=NOW + 30 * DAY, **detail):
        options = {"items": ITEMS, "framework_version": "1", "at": NOW} | detail
        return commands.plan(
            self.db,
            self.runner,
            cohorts,
            title=title,
            opens_at=opens_at,
            closes_at=closes_at,
            **options,
        )

    def opened(self, *cohorts, **detail):
        number = self.plan(*cohorts, **detail)
        commands.open_collection(self.db, self.runner, number, at=NOW)
        return number

    def send(self, people, collection, *, levels=(1, 2, 3), at=NOW):
        """Contribute for people; the codes of their receipts."""
        return [
            commands.contribute(
                self.db,
                one,
                collection,
                {"vision": levels[place % len(levels)], "tried": place % 2},
                at=at,
            )
            for place, one in enumerate(people)
        ]

    def close(self, collection, *, at: datetime = NOW + 31 * DAY, by=None, **detail):
        options = {"rng": Fixed()} | detail
        return commands.close(self.db, by or self.runner, collection, at=at, **options)

    def published(self, cohort):
        return [one.value for one in queries.published(self.db, self.cast.reviewer.id, cohort)]
