"""Offices with one rule broken. A harness that lets one pass proves nothing."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, replace

from benchmarks.redteam.office import Office, Record, Wave, arrays, counts
from ccio_skills.cohorts.rules import closing, coding, deciding, desk, export, ledger, reading
from ccio_skills.cohorts.rules._seal import SEAL
from ccio_skills.cohorts.rules.admission import Admission
from ccio_skills.cohorts.rules.coding import AtLeast, Coded, Exact
from ccio_skills.cohorts.rules.cohort_chart import Bar, CohortChart
from ccio_skills.cohorts.rules.collection import Collection
from ccio_skills.cohorts.rules.deciding import Decision
from ccio_skills.cohorts.rules.desk import Sheet
from ccio_skills.cohorts.rules.ledger import Row
from ccio_skills.cohorts.rules.members import Block, Class, Contributor
from ccio_skills.cohorts.rules.released import Released
from ccio_skills.cohorts.rules.thresholds import GUARD, Thresholds
from ccio_skills.vocabulary import PersonId

Rng = random.Random


@dataclass(frozen=True, slots=True)
class Loose(Thresholds):
    """Thresholds that nobody refuses."""

    def __post_init__(self) -> None:
        """Refuse nothing."""


class SmallGroups(Office):
    """Groups of fewer than five."""

    def __init__(self, rng: Rng, smallest: int) -> None:
        super().__init__(rng, Loose(smallest_group=smallest))


class WeakGuard(Office):
    """A guard that withstands no insider, or none at all."""

    def __init__(self, rng: Rng, guard: int) -> None:
        super().__init__(rng, Loose(guard=guard))


def _alone(
    members: frozenset[PersonId],
    could_show: Set[PersonId],
    *,
    reviewers: Set[PersonId],
    smallest: int,
    rng: Rng,
) -> Admission | None:
    shown = frozenset(members & could_show)
    if len(shown - reviewers) < smallest:
        return None
    return Admission(shown, members - shown, frozenset())


class NoCompanions(Office):
    """Whoever is missing is missing alone."""

    def decide(self, wave: Wave) -> Decision:
        """Admit whatever is large enough, however few are out."""
        return deciding.decide(
            wave.contributors,
            classes=self.classes,
            reviewers=wave.reviewers,
            thresholds=self.thresholds,
            rng=self.rng,
            admit=_alone,
        )


class ByAnswers(Rng):
    """Chance that is none: those with the lowest answers rest."""

    def __init__(self, wave: Wave) -> None:
        super().__init__(0)
        self.wave = wave

    def sample(  # type: ignore[override]
        self, population: Sequence[PersonId], k: int, *, counts: None = None
    ) -> list[PersonId]:
        """Return those with the lowest answers."""
        return sorted(population, key=lambda one: (self.wave.answers[one], one))[:k]


class CompanionsByAnswers(Office):
    """Companions are chosen by what they answered."""

    def decide(self, wave: Wave) -> Decision:
        """Decide with a choice that looks."""
        self.rng = ByAnswers(wave)
        return super().decide(wave)


class LiveChart(Office):
    """A chart of everybody who has answered, drawn anew each time."""

    def decide(self, wave: Wave) -> Decision:
        """Put everybody into one block, whatever was shown before."""
        shown = frozenset(one.person for one in wave.contributors if one.may_be_shown)
        block = Block(shown, frozenset({"all"}), frozenset(), len(shown & wave.reviewers))
        is_enough = block.counted >= self.thresholds.smallest_group
        return Decision((block,) if is_enough else (), (Class(shown),), ())

    def glance(self, wave: Wave) -> Sequence[Released[Collection]]:
        """Show what has come in so far."""
        made = self.decide(wave)
        # Numbers that no row of the ledger has, so that both can be told apart.
        before = Row(1000 * len(wave.contributors), "", "", ledger.BEGINNING)
        rows = closing.seal(wave.header(), made.blocks, self.code(wave, made.blocks), after=before)
        for row, block in zip(rows[1:], made.blocks, strict=True):
            self.blocks[row.number] = wave.key, block
        return [reading.read_collection(rows)]


class AttributesNow(Office):
    """Each wave is cut anew, by who people say they are today."""

    def decide(self, wave: Wave) -> Decision:
        """Forget who was shown with whom."""
        return deciding.decide(
            wave.contributors,
            classes=(),
            reviewers=wave.reviewers,
            thresholds=self.thresholds,
            rng=self.rng,
        )


class SybilsCount(Office):
    """Accounts that nobody verified, and those that the reviewer made, count."""

    def decide(self, wave: Wave) -> Decision:
        """Believe everybody."""
        believed = tuple(
            Contributor(one.person, one.cohorts, one.groups) for one in wave.contributors
        )
        return super().decide(replace(wave, contributors=believed))


class ReviewersCount(Office):
    """A reviewer who is a member counts like anybody."""

    def decide(self, wave: Wave) -> Decision:
        """Take nobody for a reviewer."""
        return super().decide(replace(wave, reviewers=frozenset()))


class HeldByAnswers(Office):
    """A block in which nearly all are alike is held, not guarded."""

    def decide(self, wave: Wave) -> Decision:
        """Look at the answers before deciding."""
        made = super().decide(wave)
        coded = self.code(wave, made.blocks)
        kept = [
            block
            for block, items in zip(made.blocks, coded, strict=True)
            if not any(isinstance(one, AtLeast) for one in items)
        ]
        return replace(made, blocks=tuple(kept))


class SkippedDropped(Office):
    """Who skipped a question is dropped from its histogram, and few may have answered."""

    def code(self, wave: Wave, blocks: Sequence[Block]) -> Sequence[Sequence[Coded]]:
        """Guard as if everybody had answered, and publish whatever is there."""
        return [[self._coded(wave, block)] for block in blocks]

    def _coded(self, wave: Wave, block: Block) -> Coded:
        people, not_answered = counts(wave, block.members)
        least = len(block.members) - GUARD
        for categories in wave.items[0].guarded:
            if sum(people[one] for one in categories) >= least:
                return AtLeast(categories, least, sum(people), not_answered)
        return Exact(tuple(people), not_answered)


class GuardOverAll(SkippedDropped):
    """Few answers are withheld, but the guard counts those who skipped as if they differed."""

    def _coded(self, wave: Wave, block: Block) -> Coded:
        built = coding.coded_histograms(
            *arrays(wave, [block]), items=wave.items, blocks=[block], thresholds=self.thresholds
        )[0][0]
        is_withheld = not isinstance(built, Exact | AtLeast)
        return built if is_withheld else super()._coded(wave, block)


class RawTotals(Office):
    """The total of a cohort is counted from the answers, not added up from leaves."""

    def sheets(self, collections: Iterable[Released[Collection]]) -> tuple[Sheet, ...]:
        """Draw the whole cohort from everybody who answered."""
        found = []
        for one in collections:
            wave = self.waves[one.value.header.key]
            for sheet in desk.desk([one]):
                is_whole = sheet.group is None and sheet.cohort == "all" and sheet.chart
                found.append(self._raw(sheet, wave) if is_whole else sheet)
        return tuple(found)

    def _raw(self, sheet: Sheet, wave: Wave) -> Sheet:
        people = frozenset(wave.answers)
        return replace(sheet, chart=exact_chart(sheet, wave, people))

    def behind(self, sheet: Sheet) -> frozenset[Record]:
        """Return everybody who answered, for the whole cohort."""
        if sheet.group is None and sheet.cohort == "all":
            return frozenset(
                (one, sheet.collection) for one in self.waves[sheet.collection].answers
            )
        return super().behind(sheet)


class RawCsv(Office):
    """The file gives the counts that the chart hides."""

    def csv(self, sheet: Sheet) -> bytes | None:
        """Write the true counts of the people in the chart."""
        if sheet.chart is None:
            return None
        wave = self.waves[sheet.collection]
        people = frozenset(person for person, _ in self.behind(sheet))
        return export.as_csv(exact_chart(sheet, wave, people))


def exact_chart(sheet: Sheet, wave: Wave, people: frozenset[PersonId]) -> Released[CohortChart]:
    """Return a chart as it would be without the engine: the true counts of these people."""
    if sheet.chart is None:
        raise ValueError("no chart to replace")
    given, not_answered = counts(wave, people)
    parts: dict[tuple[int, ...], int] = {(one,): count for one, count in enumerate(given)}
    bar = Bar(wave.items[0], len(people), sum(given), not_answered, parts, hidden=0)
    return Released(replace(sheet.chart.value, people=len(people), bars=(bar,)), SEAL)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A broken rule, and the games that should see it, the likeliest first."""

    name: str
    new_office: Callable[[Rng], Office]
    games: tuple[str, ...]


MUTANTS = (
    Mutant("groups of one", lambda rng: SmallGroups(rng, 1), ("A1",)),
    Mutant("groups of two", lambda rng: SmallGroups(rng, 2), ("A1",)),
    Mutant("groups of three", lambda rng: SmallGroups(rng, 3), ("A1",)),
    Mutant("no companions", NoCompanions, ("A1", "A3")),
    Mutant("no guard", lambda rng: WeakGuard(rng, 0), ("A7",)),
    Mutant("a guard of one", lambda rng: WeakGuard(rng, 1), ("A8",)),
    Mutant("live chart", LiveChart, ("A1", "A14")),
    Mutant("totals from answers", RawTotals, ("A9", "A4")),
    Mutant("counts in the file", RawCsv, ("A9",)),
    Mutant("held by answers", HeldByAnswers, ("A10",)),
    Mutant("who skipped is dropped", SkippedDropped, ("A13",)),
    Mutant("guard counts who skipped", GuardOverAll, ("A13",)),
    Mutant("companions by answers", CompanionsByAnswers, ("A1",)),
    Mutant("attributes as they are today", AttributesNow, ("A11",)),
    Mutant("made-up accounts count", SybilsCount, ("A12",)),
    Mutant("reviewers count", ReviewersCount, ("A8",)),
)
