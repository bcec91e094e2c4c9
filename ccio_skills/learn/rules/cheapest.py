"""The cheapest steps towards a role: the most weighted target for the fewest minutes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ccio_skills import wording
from ccio_skills.assess.rules.gaps import under_names_now
from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.learn.rules.order import all_needs, put_in_order
from ccio_skills.library import Library, Module, Step, Target
from ccio_skills.vocabulary import WEIGHTS, Level, Slug

SHOWN = 3
"""Steps that are offered."""


@dataclass(frozen=True, slots=True)
class Cheap:
    """One level in one skill, and the least that leads there.

    Attributes:
        now: Rated level; the step leads one above it.
        gain: Weighted levels gained, those of what must come first included.
        also: Skills that what must come first raises by a level as well.
        minutes: All the modules; of something to do at work the first sitting only.
        modules: What to read, in order, the one that reaches the step last; or nothing.
        action: What to do at work where no module is left for the step.
    """

    skill: Slug
    now: Level
    target: Target
    gain: int
    minutes: int
    modules: tuple[Slug, ...] = ()
    also: tuple[Slug, ...] = ()
    action: Step | None = None


def cheapest_steps(
    ratings: Mapping[Slug, Rating],
    *,
    library: Library,
    profile: Slug,
    done: Collection[Slug] = frozenset(),
    acted: Collection[tuple[Slug, int]] = frozenset(),
) -> tuple[Cheap, ...]:
    """Return up to three steps that shorten the distance to a role most for their minutes.

    Each is the next level of another skill. Its price is the shortest module that teaches that
    level, with all that must be read before it, or else the first sitting of what to do at work.
    The three are picked one after the other, so that nothing is paid for twice.

    Args:
        ratings: Skill slug to newest rating; an unrated skill has no step, as nobody knows it.
        library: Modules and what to do at work.
        profile: Slug of the role.
        done: Modules finished, or known: they are neither offered nor paid for.
        acted: (skill, step) done at work: not offered again.
    """
    known = under_names_now(ratings, library=library)
    levels = {slug: one.level for slug, one in known.items() if one.level is not None}
    climb = _Climb(library, library.profile[profile].targets, levels, set(done), set(acted))
    return tuple(climb.steps())


def why(step: Cheap, *, library: Library, left: int) -> str:
    """Say what a step gains, where it leads, and what it rests on.

    Args:
        step: The step.
        library: Names of skills and modules.
        left: Weighted levels still open in the role.
    """
    before = [library.module[slug].title for slug in step.modules[:-1]]
    also = [library.skill[slug].title for slug in step.also]
    said = [
        f"{library.skill[step.skill].title}, from {_level(step.now)} to "
        f"{_level(Level(step.now + 1))}: {step.target.importance} to the role, "
        f"{step.gain} of the {wording.count(left, 'weighted level')} still open."
    ]
    if before:
        said.append(f"Read {wording.listed(before)} first; those minutes are counted.")
    if also:
        said.append(f"On the way, a level in {wording.listed(also)}.")
    if step.action:
        said.append("Something to do at work: the minutes are the first sitting only.")
    return " ".join(said)


def _level(level: Level) -> str:
    name = wording.level_name(level)
    return f'"{name}"' if level is Level.NONE else name


@dataclass
class _Climb:
    library: Library
    targets: Mapping[Slug, Target]
    levels: dict[Slug, Level]
    done: set[Slug]
    acted: set[tuple[Slug, int]]

    @cached_property
    def _teaching(self) -> Mapping[tuple[Slug, int], Sequence[Module]]:
        """Modules by main skill and level."""
        found: dict[tuple[Slug, int], list[Module]] = {}
        for module in self.library.module.values():
            found.setdefault((module.skills[0], module.level), []).append(module)
        return found

    def steps(self) -> Iterator[Cheap]:
        chosen: set[Slug] = set()
        for _ in range(SHOWN):
            offers = [one for one in self._offers() if one.skill not in chosen]
            if not offers:
                return
            best = min(offers, key=self._price)
            yield best
            self.done |= {*best.modules}
            raised = (best.skill, *best.also)
            chosen |= {*raised}
            self.levels |= {skill: Level(self.levels[skill] + 1) for skill in raised}

    def _price(self, step: Cheap) -> tuple[float, int, str]:
        return -step.gain / step.minutes, step.minutes, self.library.skill[step.skill].code

    def _offers(self) -> Iterable[Cheap]:
        for skill, target in self.targets.items():
            now = self.levels.get(skill)
            if now is not None and now < target.level:
                yield from self._ways(skill, now, target)

    def _ways(self, skill: Slug, now: Level, target: Target) -> Iterator[Cheap]:
        teaching = self._teaching.get((skill, now + 1), ())
        bundles = [self._bundle(one) for one in teaching if one.slug not in self.done]
        for modules in bundles:
            raised = self._raise(modules)
            gain = sum(WEIGHTS[one.importance] for one in raised.values())
            minutes = sum(self.library.module[slug].minutes for slug in modules)
            also = tuple(other for other in raised if other != skill)
            yield Cheap(skill, now, target, gain, minutes, modules, also)
        action = self.library.action(skill, now + 1)
        if action and not bundles and (skill, now + 1) not in self.acted:
            gain = WEIGHTS[target.importance]
            yield Cheap(skill, now, target, gain, action.minutes, action=action)

    def _bundle(self, module: Module) -> tuple[Slug, ...]:
        """Return a module after all that must be read before it."""
        before = (one for one in all_needs(module.slug, self.library) if not self._is_met(one))
        return put_in_order([*sorted(before), module.slug], library=self.library, worth={})

    def _is_met(self, slug: Slug) -> bool:
        module = self.library.module.get(slug)
        if module is None or slug in self.done:
            return True
        return self.levels.get(module.skills[0], -1) >= module.level

    def _raise(self, modules: Iterable[Slug]) -> dict[Slug, Target]:
        """Return the skills that modules raise by a level which the role asks for."""
        raised: dict[Slug, Target] = {}
        for module in (self.library.module[slug] for slug in modules):
            skill = module.skills[0]
            now, target = self.levels.get(skill), self.targets.get(skill)
            if now is not None and target and now < target.level and module.level == now + 1:
                raised[skill] = target
        return raised
