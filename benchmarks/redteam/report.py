"""The figures of a run, as a file and as a line."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from benchmarks.redteam.games import GAMES, Thinks
from benchmarks.redteam.histories import PRIOR
from benchmarks.redteam.referee import Verdict
from benchmarks.redteam.run import Kill, Result

ABOUT = (
    "Attacks on cohort charts, played on the ledger, chart values, table, CSV and report that a "
    "reviewer's pages and downloads are made of. The adversary knows the source code, roster, who "
    "took part, and (more than is promised) who rested. max_targeted_success and cap are of the "
    "games with the default prior, 0.08 0.24 0.36 0.24 0.08; each game's own cap stands in its "
    "row. Forced is what follows from the charts of one wave; that answers persist is what "
    "adversaries bet on, not what they know. A game is passed with no forced answer, no leverage "
    "of 1, success up to its limit (cap plus 1.64 standard errors), an advantage of at most 0.01 "
    "over who is given class histograms alone, and an AUC of 0.5 within 0.02 for telling two "
    "classmates apart. swap_auc is the one furthest from 0.5."
)


def write(result: Result, path: Path) -> None:
    """Write everything as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(figures(result), indent=2, allow_nan=False) + "\n", "utf-8")


def figures(result: Result) -> dict[str, object]:
    """Return everything as plain values, the main figures first."""
    titles = {one.key: one for one in GAMES}
    usual = [one for one in result.verdicts if _is_usual(one)]
    return {
        "about": ABOUT,
        "passed": result.is_passed,
        "forced_answers": sum(one.forced for one in result.verdicts),
        "leverage_1": sum(one.exposed for one in result.verdicts),
        "max_targeted_success": round(max(one.success for one in usual), 4),
        "cap": round(max(one.cap for one in usual), 4),
        "swap_auc": round(_furthest(result), 4),
        "mutants_killed": sum(bool(one.broken) for one in result.kills),
        "mutants": len(result.kills),
        "plays": sum(one.plays for one in result.verdicts),
        "seconds": round(result.seconds),
        "games": [_row(one, titles[one.game].title) for one in result.verdicts],
        "mutant_rows": [_kill(one) for one in result.kills],
        "cost": [asdict(one) for one in result.costs],
    }


def summary(result: Result) -> str:
    """Return the main figures as one line."""
    found = figures(result)
    named = (
        "forced_answers", "max_targeted_success", "cap", "swap_auc", "mutants_killed", "mutants",
        "plays", "seconds",
    )  # fmt: skip
    return ("PASSED " if result.is_passed else "NOT PASSED ") + ", ".join(
        f"{name} {found[name]}" for name in named
    )


def _is_usual(one: Verdict) -> bool:
    """Say whether a game is about naming an answer under the default prior."""
    game = next(each for each in GAMES if each.key == one.game)
    return game.prior == PRIOR and game.thinks is not Thinks.OUTLINE


def _furthest(result: Result) -> float:
    return max((one.swap_auc for one in result.verdicts), key=lambda auc: abs(auc - 0.5))


def _row(one: Verdict, title: str) -> dict[str, object]:
    row = {
        name: round(value, 4) if isinstance(value, float) else value
        for name, value in asdict(one).items()
    }
    return row | {"title": title, "passed": not one.broken(), "broken": list(one.broken())}


def _kill(one: Kill) -> dict[str, object]:
    return {
        "mutant": one.mutant,
        "killed": bool(one.broken),
        "by": one.game,
        "plays": one.plays,
        "broken": list(one.broken),
    }
