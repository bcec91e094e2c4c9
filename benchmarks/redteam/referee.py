"""Plays games and keeps the score. Only the referee knows the answers."""

from __future__ import annotations

import hashlib
import math
import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, islice

import numpy as np

from benchmarks.redteam.adversaries import bayes, feasibility, linear, moving, rowspace
from benchmarks.redteam.adversaries.bayes import Floats
from benchmarks.redteam.adversaries.cells import smallest
from benchmarks.redteam.games import Game, Script, Thinks
from benchmarks.redteam.office import Office, Record, Wave
from benchmarks.redteam.sightings import Rule, Sighting, look, outline
from ccio_skills.cohorts.rules.items import NOT_ANSWERED
from ccio_skills.vocabulary import PersonId

NewOffice = Callable[[random.Random], Office]
Unit = PersonId | Record
Believes = Mapping[Unit, Floats]
"""How likely each category is, for each target: an answer, or a person where answers persist."""

PAIRS = 12
"""Pairs of classmates in each play between whom the adversary tries to tell."""


@dataclass(slots=True)
class Score:
    """What one play gave.

    Attributes:
        hit: Share of the targets whose answer was named.
        fair: The same for who is given the true histogram of their class and nothing else.
        forced: Answers that cannot be otherwise.
        exposed: Answers, or people, in the row space of what was seen.
        pairs: For two targets with two different answers, what the adversary holds for "the first
            has the higher one", and whether it has.
        tells: Hashes of all but the figures, of the world and of its twin.
    """

    hit: float = 0.0
    fair: float = 0.0
    forced: int = 0
    exposed: int = 0
    pairs: list[tuple[float, bool]] = field(default_factory=list)
    tells: tuple[int, int] | None = None


def play(game: Game, new_office: NewOffice, seed: int) -> Score:
    """Play once; the same seed gives the same world."""
    rng = random.Random(f"{game.key} {seed}")
    script = game.write(rng)
    if game.thinks is Thinks.OUTLINE:
        world, twin = (
            _outline(waves, new_office(random.Random(f"{game.key} {seed} office")))
            for waves in (script.waves, script.twin)
        )
        return Score(tells=(world, twin))
    office = new_office(random.Random(f"{game.key} {seed} office"))
    seen: list[Sighting] = []
    for wave in script.waves:
        for part in _parts(wave) if script.polls else ():
            seen += look(office, office.glance(part), channels=game.channels)
        office.close(wave)
    seen += look(office, office.collections(), channels=game.channels)
    return _judge(game, script, _distinct(seen), rng)


def _outline(waves: Iterable[Wave], office: Office) -> int:
    for one in waves:
        office.close(one)
    shown = outline(office.sheets(office.collections()), office.csv)
    return int.from_bytes(hashlib.sha256(repr(shown).encode()).digest()[:8], "big")


def _parts(wave: Wave) -> Iterable[Wave]:
    """Yield a wave after each answer that comes in."""
    for number in range(1, len(wave.contributors)):
        some = wave.contributors[:number]
        yield Wave(
            wave.key,
            wave.items,
            some,
            {one.person: wave.answers[one.person] for one in some},
            wave.members,
            wave.groups,
            wave.reviewers,
        )


def _distinct(seen: Iterable[Sighting]) -> list[Sighting]:
    return [*dict.fromkeys(seen)]


def _judge(game: Game, script: Script, seen: Sequence[Sighting], rng: random.Random) -> Score:
    item = script.waves[0].items[0]
    truth = _truth(script)
    seen = [one.without(script.known) for one in seen]
    seen = [one for one in seen if one.records]
    score = Score(forced=feasibility.count_forced(seen, item=item))
    sets = [(_units(one.records, game), one.rules) for one in seen]
    exposed = {frozenset(one.records) for one in seen}
    score.exposed = rowspace.count_exposed(exposed)
    if game.persistent:
        score.exposed = max(score.exposed, rowspace.count_exposed(one for one, _ in sets))

    named = _units(script.named, game)
    targets = named or smallest([one for one, _ in sets], _units(script.known, game))
    targets = targets or _units(truth.keys() - script.known.keys(), game)
    answers = {one: truth[_record(one, script)] for one in targets}
    believes = _believe(game, targets, sets, seen)
    prior_guess = max(range(len(game.prior)), key=game.prior.__getitem__)
    score.hit = _mean(answers[one] == int(np.argmax(held)) for one, held in believes.items())
    is_seen = any(targets <= one for one, _ in sets)
    if is_seen:
        score.fair = max(Counter(answers.values()).values()) / len(answers)
    else:
        score.fair = _mean(given == prior_guess for given in answers.values())
    score.pairs = [*islice(_pairs(answers, believes, rng), PAIRS)] if is_seen else []
    return score


def _truth(script: Script) -> dict[Record, int]:
    skipped = len(script.waves[0].items[0].categories)
    return {
        (person, wave.key): skipped if given[0] == NOT_ANSWERED else given[0]
        for wave in script.waves
        for person, given in wave.answers.items()
    }


def _units(records: Iterable[Record], game: Game) -> frozenset[Unit]:
    """Return answers, or whose they are where answers persist or are rebuilt by person."""
    if game.persistent or game.thinks in (Thinks.LINEAR, Thinks.MOVING):
        return frozenset(person for person, _ in records)
    return frozenset(records)


def _record(unit: Unit, script: Script) -> Record:
    """Return an answer of a person: where answers persist any is as good, else the first."""
    if isinstance(unit, tuple):
        return unit
    return next((p, wave.key) for wave in script.waves for p in wave.answers if p == unit)


def _believe(
    game: Game,
    targets: frozenset[Unit],
    sets: Sequence[tuple[frozenset[Unit], frozenset[Rule]]],
    seen: Sequence[Sighting],
) -> Believes:
    if game.thinks is Thinks.MOVING and (found := _left(game, targets, seen)) is not None:
        return dict.fromkeys(targets, found)
    if game.thinks is Thinks.LINEAR and seen:
        return _rebuilt(game, targets, seen)
    return dict.fromkeys(targets, bayes.posterior(targets, sets, prior=game.prior))


def _left(game: Game, targets: frozenset[Unit], seen: Sequence[Sighting]) -> Floats | None:
    """Return what two charts say of those who are in the first only."""
    first = [one for one in seen if {key for _, key in one.records} == {"0"}]
    second = [one for one in seen if {key for _, key in one.records} == {"1"}]
    out = {person for one in first for person, _ in one.records}
    again = {person for one in second for person, _ in one.records}
    if not again < out or targets & again:
        return None
    rules = [frozenset().union(*(one.rules for one in some)) for some in (first, second)]
    shares = moving.left_posterior(
        len(out - again), len(again), rules[0], rules[1], game.prior, 0.8
    )
    return np.array(shares)


def _rebuilt(game: Game, targets: frozenset[Unit], seen: Sequence[Sighting]) -> dict[Unit, Floats]:
    found = linear.reconstruct(seen, prior=[*game.prior, 0.0], width=len(game.prior) + 1)
    first: dict[Unit, Floats] = {}
    for (person, _), held in sorted(found.items()):
        first.setdefault(person, held)
    return {one: first.get(one, np.array(game.prior)) for one in targets}


def _pairs(
    answers: Mapping[Unit, int], believes: Believes, rng: random.Random
) -> Iterable[tuple[float, bool]]:
    for pair in combinations(sorted(answers, key=repr), 2):
        one, other = rng.sample(pair, 2)
        low, high = sorted((answers[one], answers[other]))
        if low != high:
            yield float(believes[one][high] - believes[one][low]), answers[one] == high


def _mean(values: Iterable[bool]) -> float:
    found = [*values]
    return sum(found) / len(found)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a game's plays add up to.

    Attributes:
        success: Mean share of targets named.
        limit: Success that the cap lets pass at 5 % chance of a false alarm.
        advantage: Over who is given class histograms and nothing else.
        swap_auc: How well two classmates' answers are told apart; .5 is not at all.
    """

    game: str
    plays: int
    success: float
    cap: float
    limit: float
    advantage: float
    swap_auc: float
    forced: int
    exposed: int

    def broken(self, *, is_short: bool = False) -> tuple[str, ...]:
        """Name the criteria that are not met.

        Args:
            is_short: Leave out what takes thousands of plays to tell from chance.
        """
        criteria = {
            "forced answers": self.forced > 0,
            "leverage of 1": self.exposed > 0,
            "success above the cap": self.success > self.limit,
        }
        if not is_short:
            criteria["advantage over class histograms"] = self.advantage > ADVANTAGE
            criteria["swapped worlds told apart"] = abs(self.swap_auc - 0.5) > AUC_REACH
        return tuple(name for name, is_broken in criteria.items() if is_broken)


ADVANTAGE, AUC_REACH = 0.01, 0.02
ERRORS = 1.64
"""Standard errors by which success may exceed the cap: 5 % on one side."""


def judge(game: Game, scores: Sequence[Score]) -> Verdict:
    """Add up the plays of one game."""
    if game.thinks is Thinks.OUTLINE:
        return _judge_tells(game, scores)
    success = _average([one.hit for one in scores])
    return Verdict(
        game=game.key,
        plays=len(scores),
        success=success,
        cap=game.cap(),
        limit=limit(game.cap(), len(scores)),
        advantage=success - _average([one.fair for one in scores]),
        swap_auc=area([pair for one in scores for pair in one.pairs]),
        forced=sum(one.forced for one in scores),
        exposed=sum(one.exposed for one in scores),
    )


def _judge_tells(game: Game, scores: Sequence[Score]) -> Verdict:
    """Learn on every other play what goes with which world; tell the worlds of the rest."""
    told = [one.tells for one in scores if one.tells]
    learnt: dict[int, Counter[bool]] = {}
    for shown in told[::2]:
        for one, is_twin in zip(shown, (False, True), strict=True):
            learnt.setdefault(one, Counter())[is_twin] += 1
    pairs = [
        (_share(learnt.get(one)), is_twin)
        for shown in told[1::2]
        for one, is_twin in zip(shown, (False, True), strict=True)
    ]
    success = float(np.mean([0.5 if held == 0.5 else (held > 0.5) == twin for held, twin in pairs]))
    return Verdict(
        game=game.key,
        plays=len(scores),
        success=success,
        cap=0.5,
        limit=limit(0.5, len(pairs)),
        advantage=success - 0.5,
        swap_auc=area(pairs),
        forced=0,
        exposed=0,
    )


def _share(found: Counter[bool] | None) -> float:
    return found[True] / found.total() if found else 0.5


def limit(cap: float, plays: int) -> float:
    """Return the success up to which a game is passed."""
    return cap + ERRORS * math.sqrt(cap * (1 - cap) / plays)


def area(pairs: Sequence[tuple[float, bool]]) -> float:
    """Return the area under the curve of true against false alarms; ties count half."""
    found = np.array([one for one, _ in pairs])
    labels = np.array([label for _, label in pairs], dtype=bool)
    hits, misses = labels.sum(), (~labels).sum()
    if not (len(pairs) and hits and misses):
        return 0.5
    _, inverse, counts = np.unique(np.round(found, 9), return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    return float((ranks[labels].sum() - hits * (hits + 1) / 2) / (hits * misses))


def _average(values: Sequence[float]) -> float:
    return float(np.mean(values))
