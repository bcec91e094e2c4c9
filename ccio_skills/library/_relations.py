"""Pass two, between files: references, circles, codes, targets and dates.

Existence is judged by file name, so that one broken file raises no false finding in its neighbours.
"""

from __future__ import annotations

import graphlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from ccio_skills.library._base import Status
from ccio_skills.library._findings import Finding
from ccio_skills.library._library import Library
from ccio_skills.library._module import Volatility
from ccio_skills.library._path import Path
from ccio_skills.library._read import Reading
from ccio_skills.vocabulary import Level

_REVIEW_DAYS = {Volatility.HIGH: 93, Volatility.MEDIUM: 185, Volatility.LOW: 367}
_QUICK_START_MINUTES = 4


def check(reading: Reading, *, today: date | None) -> Iterator[Finding]:
    """Find what does not fit together; with ``today``, also what is past its review date."""
    yield from _references(reading)
    yield from _codes(reading)
    yield from _circles(reading)
    yield from _slugs(reading)
    yield from _paths(reading)
    yield from _framework(reading)
    yield from _dates(reading, today)
    if not any(one.severity == "error" for one in reading.findings):
        yield from _quick_starts(reading.library)
        yield from _actions(reading.library)


def _references(reading: Reading) -> Iterator[Finding]:
    known = dict(reading.names)
    known["modules"] = known["modules"] | known.get("planned.yml", set())
    for where, field, slugs, kind in _links(reading.library):
        if not reading.knows("planned.yml" if kind == "modules" else kind):
            continue
        for place, slug in enumerate(slugs):
            if slug not in known[kind]:
                line = reading.raw[where].line(field, place)
                yield Finding(where, line, "unknown", f"{field}: {slug}")
    for fact in reading.library.facts if reading.knows("sources.yml") else ():
        for key in set(fact.sources) - known["sources.yml"]:
            line = reading.raw["facts.yml"].line(fact.id, "sources")
            yield Finding("facts.yml", line, "unknown", f"{fact.id}: source {key}")


def _links(library: Library) -> Iterator[tuple[str, str, Iterable[str], str]]:
    """Yield (file, field, the names it gives, what they must name)."""
    for skill in library.skills:
        yield f"skills/{skill.slug}.md", "domain", [skill.domain], "domains"
    for profile in library.profiles:
        yield f"profiles/{profile.slug}.md", "next", profile.next, "profiles"
    for module in library.modules:
        where = f"modules/{module.slug}.md"
        yield where, "skills", module.skills, "skills"
        yield where, "prerequisites", module.prerequisites, "modules"
        yield where, "facts", module.facts, "facts.yml"
    for path in library.paths:
        yield f"paths/{path.slug}.md", "profile", [path.profile], "profiles"
        yield f"paths/{path.slug}.md", "modules", path.modules, "modules"
        yield f"paths/{path.slug}.md", "facts", path.facts, "facts.yml"
    for page in library.pages:
        yield f"pages/{page.slug}.md", "facts", page.facts, "facts.yml"
    for survey in library.surveys:
        where = f"surveys/{survey.slug}.md"
        yield where, "source", [survey.source], "sources.yml"
        yield where, "facts", survey.facts, "facts.yml"
    for instrument in library.instruments:
        yield f"instruments/{instrument.slug}.md", "baseline", [instrument.baseline], "surveys"
    for action in library.actions:
        yield f"actions/{action.slug}.md", "skill", [action.skill], "skills"


def _codes(reading: Reading) -> Iterator[Finding]:
    library = reading.library
    holders: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for folder in ("domains", "skills", "profiles", "modules", "paths"):
        for one in getattr(library, folder):
            where = f"{folder}/{one.slug}.md"
            holders[one.code].append((where, reading.raw[where].line("code")))
            for index, check in enumerate(getattr(one, "checks", ())):
                line = reading.raw[where].line("checks", index, "id")
                holders[check.id].append((where, line))
    for planned in library.planned:
        if planned.slug not in _drafts(reading):
            line = reading.raw["planned.yml"].line(planned.slug)
            holders[planned.code].append(("planned.yml", line))
    for code, places in holders.items():
        for where, line in places[1:]:
            yield Finding(where, line, "twice", f"{code}, also in {places[0][0]}")


def _slugs(reading: Reading) -> Iterator[Finding]:
    """Find slugs that would stand for two things."""
    written = reading.names["modules"] - _drafts(reading)
    for slug in sorted(written & reading.names.get("planned.yml", set())):
        line = reading.raw["planned.yml"].line(slug)
        yield Finding("planned.yml", line, "twice", f"{slug}, also in modules/{slug}.md")
    for where, raw in reading.raw.items():
        folder = where.split("/")[0]
        earlier = raw.front.get("formerly")
        for place, slug in enumerate(earlier if isinstance(earlier, list) else ()):
            if slug in reading.names.get(folder, set()):
                line = raw.line("formerly", place)
                yield Finding(where, line, "twice", f"{slug}, also in {folder}/{slug}.md")


def _drafts(reading: Reading) -> set[str]:
    """Modules that are being written: to learners they are still planned."""
    return {one.slug for one in reading.library.modules if one.status is Status.DRAFT}


def _circles(reading: Reading) -> Iterator[Finding]:
    """Find every circle of prerequisites; one prerequisite of each must go."""
    graph = {one.slug: sorted(one.prerequisites) for one in reading.library.modules}
    while True:
        try:
            tuple(graphlib.TopologicalSorter(graph).static_order())
        except graphlib.CycleError as error:
            # The sorter names a module, then what needs it, and so on round to the module again.
            needed, needing = min(pairwise(error.args[1]), key=lambda pair: (pair[1], pair[0]))
            where = f"modules/{needing}.md"
            raw = reading.raw[where]
            place = list(raw.front.get("prerequisites", ())).index(needed)
            detail = " > ".join(reversed(error.args[1]))
            yield Finding(where, raw.line("prerequisites", place), "cycle", detail)
            graph[needing] = [one for one in graph[needing] if one != needed]
        else:
            return


def _paths(reading: Reading) -> Iterator[Finding]:
    for path in reading.library.paths:
        yield from _order(reading, path)
        yield from _milestones(reading, path)


def _order(reading: Reading, path: Path) -> Iterator[Finding]:
    """Find modules that stand before one they need, or without it."""
    where = f"paths/{path.slug}.md"
    needs = {one.slug: one.prerequisites for one in reading.library.modules}
    for place, slug in enumerate(path.modules):
        for need in needs.get(slug, ()):
            if need not in path.modules[:place]:
                why = "" if need in path.modules else ", which is not in the path"
                line = reading.raw[where].line("modules", place)
                yield Finding(where, line, "order", f"{slug} needs {need}{why}")


def _milestones(reading: Reading, path: Path) -> Iterator[Finding]:
    where = f"paths/{path.slug}.md"
    places = {slug: place for place, slug in enumerate(path.modules)}
    last = -1
    for number, one in enumerate(path.milestones):
        place = places.get(one.after, -1)
        if place <= last:
            line = reading.raw[where].line("milestones", number, "after")
            yield Finding(where, line, "milestone", f"{one.title}: after {one.after}")
        last = max(last, place)


def _framework(reading: Reading) -> Iterator[Finding]:
    library = reading.library
    for skill in library.skills:
        if set(skill.levels) != set(Level) - {Level.NONE}:
            where = f"skills/{skill.slug}.md"
            yield Finding(where, reading.raw[where].line("levels"), "levels")
    for profile in library.profiles:
        where = f"profiles/{profile.slug}.md"
        odd = reading.names["skills"] ^ set(profile.targets)
        if odd:
            detail = ", ".join(sorted(odd))
            yield Finding(where, reading.raw[where].line("targets"), "targets", detail)


def _dates(reading: Reading, today: date | None) -> Iterator[Finding]:
    for module in reading.library.modules:
        where = f"modules/{module.slug}.md"
        raw = reading.raw[where]
        days = (module.review_by - module.last_checked).days
        if not 0 < days <= _REVIEW_DAYS[module.volatility]:
            detail = f"{days} days, volatility {module.volatility}"
            yield Finding(where, raw.line("review_by"), "dates", detail)
        if module.status is Status.ACTIVE and not module.reviewed_by:
            yield Finding(where, raw.line("status"), "reviewer")
        if today is not None and module.review_by < today and module.status.is_shown:
            detail = module.review_by.isoformat()
            yield Finding(where, raw.line("review_by"), "overdue", detail, "warning")


def _quick_starts(library: Library) -> Iterator[Finding]:
    for profile in library.profiles:
        if set(profile.targets) != set(library.skill):
            continue
        picked = library.quick_start(profile.slug)
        minutes = library.rating_minutes([skill.slug for skill in picked])
        if minutes > _QUICK_START_MINUTES:
            detail = f"{minutes:.1f} minutes"
            yield Finding(f"profiles/{profile.slug}.md", 1, "quick-start", detail)


def _actions(library: Library) -> Iterator[Finding]:
    reached = {(one.skills[0], one.level) for one in library.module.values()}
    for skill in library.skills:
        for step in range(1, 6):
            if (skill.slug, step) not in reached and library.action(skill.slug, step) is None:
                where = f"skills/{skill.slug}.md"
                yield Finding(where, 1, "action", f"{skill.code}, level {step - 1} to {step}")
