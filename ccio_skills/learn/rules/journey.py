"""Where a person stands on a learning path: what is done, next, may be skipped, and is left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from ccio_skills import wording
from ccio_skills.assess.rules.gaps import Gap, gap_in, under_names_now
from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.learn.rules import basis, order
from ccio_skills.library import Library, Milestone, Module, Path
from ccio_skills.vocabulary import Level, Slug


class State(StrEnum):
    """What a module of a path is to a person."""

    DONE = "done"
    NEXT = "next"
    SKIPPABLE = "skippable"
    OPEN = "open"
    UNWRITTEN = "unwritten"


@dataclass(frozen=True, slots=True)
class Record:
    """What a person did, said and rated, as a path takes it.

    Attributes:
        done: Modules finished, on a path or not.
        known: Modules that the person says they know.
        put_off: Modules that the person does not want now.
        answers: How the questions of modules were answered first.
    """

    ratings: Mapping[Slug, Rating] = field(default_factory=dict)
    done: frozenset[Slug] = frozenset()
    known: frozenset[Slug] = frozenset()
    put_off: frozenset[Slug] = frozenset()
    answers: basis.Answers = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stage:
    """One module of a path."""

    slug: Slug
    title: str
    minutes: int
    state: State
    why: str
    """Why it may be skipped, cannot be read yet, or is worth its time; may be empty."""

    @property
    def is_left(self) -> bool:
        """True for what is still to be read; what may be skipped is not."""
        return self.state in (State.NEXT, State.OPEN)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The modules up to a milestone; those after the last milestone have none."""

    stages: tuple[Stage, ...]
    milestone: Milestone | None

    @property
    def left(self) -> int:
        """Modules still to be read before the milestone."""
        return sum(one.is_left for one in self.stages)


@dataclass(frozen=True)
class Journey:
    """A whole path, as one person stands on it."""

    stretches: tuple[Stretch, ...]

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """All modules, in the order for this person."""
        return tuple(stage for stretch in self.stretches for stage in stretch.stages)

    @property
    def next(self) -> Stage | None:
        """What to read next; ``None`` when nothing is left."""
        return next((one for one in self.stages if one.state is State.NEXT), None)

    @property
    def minutes_left(self) -> int:
        """Minutes of what is still to be read; what may be skipped takes none."""
        return sum(one.minutes for one in self.stages if one.is_left)

    def count(self, state: State) -> int:
        """Return how many modules are in a state."""
        return sum(one.state is state for one in self.stages)

    def place(self, slug: Slug) -> int:
        """Return which step of the path a module is, from 1."""
        return 1 + [one.slug for one in self.stages].index(slug)


def walk(path: Path, record: Record, *, library: Library) -> Journey:
    """Return a path as a person stands on it.

    Within each stretch between two milestones, modules done come first; then, after all it needs,
    whatever gives most to the person's own gaps against the path's role; equals as the author put
    them. The first that is left is next, rather one that the person has not put off.

    A module may be skipped when the person says that they know it, or rated its main skill at its
    level or above. That is an offer: nothing is locked and nothing is hidden.
    """
    record = replace(record, ratings=under_names_now(record.ratings, library=library))
    gaps = _gaps(path, record, library)
    worth = order.worth_to(gaps.values(), path.modules, library=library)
    describe = _Describer(library, record, gaps)
    stretches = [
        Stretch(
            tuple(describe(slug) for slug in _arrange(slugs, record, library, worth)), milestone
        )
        for slugs, milestone in _cut(path)
    ]
    return Journey(tuple(_with_next(stretches, record)))


def finish_day(minutes: int, *, minutes_a_week: int, today: date) -> date:
    """Return the day on which so many minutes are done, in whole weeks from today.

    Args:
        minutes: Still to be read, 0 or more.
        minutes_a_week: What the person gives in a week, at least 1.
        today: Where the weeks begin.
    """
    return today + timedelta(weeks=-(-minutes // minutes_a_week))


def minutes_together(journeys: Iterable[Journey]) -> int:
    """Return the minutes left on several paths; a module that several share counts once."""
    left = {one.slug: one.minutes for each in journeys for one in each.stages if one.is_left}
    return sum(left.values())


def _gaps(path: Path, record: Record, library: Library) -> dict[Slug, Gap]:
    """Return the person's gaps in the skills of a path, against its role."""
    modules = (library.module[slug] for slug in path.modules if slug in library.module)
    skills = dict.fromkeys(skill for module in modules for skill in module.skills)
    found = (
        gap_in(skill, record.ratings, library=library, profile=path.profile) for skill in skills
    )
    return {gap.skill: gap for gap in found if gap}


def _cut(path: Path) -> Iterator[tuple[Sequence[Slug], Milestone | None]]:
    """Yield the modules up to each milestone, and those after the last one."""
    start = 0
    for milestone in path.milestones:
        if milestone.after in path.modules[start:]:
            end = path.modules.index(milestone.after, start) + 1
            yield path.modules[start:end], milestone
            start = end
    if path.modules[start:]:
        yield path.modules[start:], None


def _arrange(
    slugs: Sequence[Slug], record: Record, library: Library, worth: Mapping[Slug, float]
) -> tuple[Slug, ...]:
    done = [slug for slug in slugs if slug in record.done and slug in library.module]
    rest = [slug for slug in slugs if slug not in done]
    return (*done, *order.put_in_order(rest, library=library, worth=worth, last=record.put_off))


def _with_next(stretches: Sequence[Stretch], record: Record) -> Iterator[Stretch]:
    left = [one.slug for stretch in stretches for one in stretch.stages if one.is_left]
    wanted = [slug for slug in left if slug not in record.put_off]
    chosen = next(iter(wanted or left), None)
    for stretch in stretches:
        stages = (
            replace(one, state=State.NEXT) if one.slug == chosen else one for one in stretch.stages
        )
        yield Stretch(tuple(stages), stretch.milestone)


@dataclass(frozen=True, slots=True)
class _Describer:
    library: Library
    record: Record
    gap: Mapping[Slug, Gap]

    def __call__(self, slug: Slug) -> Stage:
        module = self.library.module.get(slug)
        if module is None:
            planned = self.library.unwritten.get(slug)
            title, minutes = (planned.title, planned.minutes) if planned else (slug, 0)
            why = "Not written yet: there is nothing to open."
            return Stage(slug, title, minutes, State.UNWRITTEN, why)
        state, why = State.OPEN, ""
        if slug in self.record.done:
            state = State.DONE
        elif why := self._reason_to_skip(module):
            state = State.SKIPPABLE
        else:
            why = self._reason_to_read(module)
        return Stage(slug, module.title, module.minutes, state, why)

    def _reason_to_skip(self, module: Module) -> str:
        if module.slug in self.record.known:
            return "You said in your plan that you know this."
        rating = self.record.ratings.get(module.skills[0])
        if rating is None or rating.level is None or rating.level < module.level:
            return ""
        rated = f"You rated {self._title(module.skills[0])} {wording.level_name(rating.level)}"
        said = [f"{rated}{self._behind(module, rating)}."]
        if others := self._still_helped(module):
            said.append(f"It would still help with {wording.listed(others)}.")
        return " ".join(said)

    def _behind(self, module: Module, rating: Rating) -> str:
        """Say what stands behind a rating."""
        has_answers = basis.is_answered(module, self.record.answers)
        right, asked = self.record.answers.get(module.slug, (0, 0))
        answered = f"answered {right} of its {asked} questions right first time"
        if rating.has_evidence:
            return f", have evidence, and {answered}" if has_answers else " and have evidence"
        return f" and {answered}" if has_answers else "; no evidence stands behind it"

    def _still_helped(self, module: Module) -> list[str]:
        gaps = (self.gap.get(slug) for slug in module.skills[1:])
        return [self._title(gap.skill) for gap in gaps if gap and gap.levels]

    def _reason_to_read(self, module: Module) -> str:
        if module.slug in self.record.put_off:
            return "You put it off in your plan."
        gap = self.gap.get(module.skills[0])
        if gap is None or not gap.levels or gap.now is None:
            return ""
        title, target = self._title(gap.skill), wording.level_name(gap.target)
        if gap.now is Level.NONE:
            return (
                f'You said "{wording.level_name(gap.now)}" for {title}; the role asks for {target}.'
            )
        return f"You rated {title} {wording.level_name(gap.now)}; the role asks for {target}."

    def _title(self, skill: Slug) -> str:
        return self.library.skill[skill].title
