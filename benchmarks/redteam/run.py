"""Plays everything, on two processes, and says how it stands."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass

from benchmarks.redteam import cost, referee
from benchmarks.redteam.cost import Cost
from benchmarks.redteam.games import GAMES
from benchmarks.redteam.mutants import MUTANTS
from benchmarks.redteam.office import Office
from benchmarks.redteam.referee import Score, Verdict

PLAYS = 10_000
MUTANT_PLAYS = 2_500
"""Plays of each game that should see a mutant; fewer once an answer is certain."""

_CHUNK = 500
_TELL_EVERY = 20
_PROCESSES = 2
_BY_KEY = {one.key: one for one in GAMES}
_BY_NAME = {one.name: one for one in MUTANTS}


@dataclass(frozen=True, slots=True)
class Kill:
    """How a mutant fared.

    Attributes:
        game: The one that saw it, or the last one tried.
        broken: The criteria that it broke; none if it lives.
    """

    mutant: str
    game: str
    plays: int
    broken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """Everything that was found."""

    verdicts: tuple[Verdict, ...]
    kills: tuple[Kill, ...]
    costs: tuple[Cost, ...]
    seconds: float

    @property
    def is_passed(self) -> bool:
        """Say whether every criterion is met and every mutant killed."""
        return not any(one.broken() for one in self.verdicts) and all(
            one.broken for one in self.kills
        )


def play_all(plays: int = PLAYS, mutant_plays: int = MUTANT_PLAYS) -> Result:
    """Play all games against the rules as built, then those that should see each mutant."""
    start = time.monotonic()
    scores: dict[str, dict[int, list[Score]]] = {one.key: {} for one in GAMES}
    kills: dict[str, Kill] = {}
    costs: dict[int, Cost] = {}
    with ProcessPoolExecutor(_PROCESSES) as pool:
        waiting: dict[Future[object], tuple[str, str, int]] = {}
        for key, first in _chunks(plays):
            last = min(plays, first + _CHUNK)
            waiting[pool.submit(_play, key, first, last)] = "game", key, first
        for name in _BY_NAME:
            waiting[pool.submit(hunt, name, mutant_plays)] = "mutant", name, 0
        for size in cost.SIZES:
            waiting[pool.submit(cost.measure, size)] = "cost", "", size
        for number_done, done in enumerate(as_completed(waiting), start=1):
            kind, name, number = waiting[done]
            match done.result():
                case list() as some:
                    scores[name][number] = some
                case Kill() as kill:
                    kills[name] = kill
                    print(f"{_clock(start)} mutant {name}: {_fate(kill)}", flush=True)
                case Cost() as one:
                    costs[number] = one
            if number_done % _TELL_EVERY == 0:
                print(f"{_clock(start)} {number_done} of {len(waiting)} parts", flush=True)
            if kind == "game" and len(scores[name]) == -(-plays // _CHUNK):
                verdict = _add_up(name, scores[name])
                print(f"{_clock(start)} {name:4} {_line(verdict)}", flush=True)
    return Result(
        verdicts=tuple(_add_up(one.key, scores[one.key]) for one in GAMES),
        kills=tuple(kills[one.name] for one in MUTANTS),
        costs=tuple(costs[size] for size in cost.SIZES),
        seconds=time.monotonic() - start,
    )


def hunt(name: str, plays: int) -> Kill:
    """Play the games that should see a mutant until one does."""
    mutant = _BY_NAME[name]
    kill = Kill(name, "", 0, ())
    for key in mutant.games:
        game = _BY_KEY[key]
        scores: list[Score] = []
        while len(scores) < plays:
            upto = min(plays, len(scores) + 25)
            scores += [
                referee.play(game, mutant.new_office, seed) for seed in range(len(scores), upto)
            ]
            if any(one.forced or one.exposed for one in scores):
                break
        broken = referee.judge(game, scores).broken(is_short=True)
        kill = Kill(name, key, len(scores), broken)
        if broken:
            break
    return kill


def _chunks(plays: int) -> Iterator[tuple[str, int]]:
    """Yield the slowest games first, so that no process is left alone with one."""
    slow_first = sorted(GAMES, key=lambda one: one.key not in ("A4", "A6", "A11", "A16"))
    for game in slow_first:
        for first in range(0, plays, _CHUNK):
            yield game.key, first


def _play(key: str, first: int, last: int) -> list[Score]:
    return [referee.play(_BY_KEY[key], Office, seed) for seed in range(first, last)]


def _add_up(key: str, chunks: dict[int, list[Score]]) -> Verdict:
    scores: Sequence[Score] = [one for first in sorted(chunks) for one in chunks[first]]
    return referee.judge(_BY_KEY[key], scores)


def _clock(start: float) -> str:
    minutes, seconds = divmod(round(time.monotonic() - start), 60)
    return f"{minutes:2}:{seconds:02}"


def _fate(kill: Kill) -> str:
    if not kill.broken:
        return "ALIVE"
    return f"killed by {kill.game} after {kill.plays} plays: {', '.join(kill.broken)}"


def _line(one: Verdict) -> str:
    broken = one.broken()
    return (
        f"success {one.success:.3f} of at most {one.limit:.3f}, advantage {one.advantage:+.4f}, "
        f"swap AUC {one.swap_auc:.3f}, forced {one.forced}, leverage 1: {one.exposed}"
        + (f"  NOT MET: {', '.join(broken)}" if broken else "")
    )
