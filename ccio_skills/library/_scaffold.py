"""A new module: a file with every section, which passes the check as a draft."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import resources
from pathlib import Path

from ccio_skills.library._read import Reading, read
from ccio_skills.vocabulary import Slug

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HALF_A_YEAR = timedelta(days=182)
_MINUTES = 30
_CHECKS = (("first", 1, 1), ("second", 2, 0), ("third", 1, 2), ("fourth", 2, 1), ("fifth", 1, 0))
"""Name, objective and place of the best option: always in one place, it gives itself away."""


class ScaffoldError(ValueError):
    """No file was written; the message says why."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a new module begins with; what is ``None`` comes from planned.yml, or is a guess."""

    slug: Slug
    title: str | None = None
    skill: Slug | None = None
    level: int | None = None
    minutes: int | None = None


def new_module(root: Path, draft: Draft, *, today: date) -> Path:
    """Write the file of a module that is planned, or of one that nobody planned; return its path.

    Args:
        root: The content folder.
        draft: What is known of it.
        today: Day on which it counts as checked against its sources.

    Raises:
        ScaffoldError: The slug is taken or no slug, the skill is unknown, or a value does not fit.
    """
    reading = read(root)
    _refuse_slug(reading, draft.slug)
    text = _fill(reading, draft, today)
    file = root / "modules" / f"{draft.slug}.md"
    file.parent.mkdir(exist_ok=True)
    with file.open("x", encoding="utf-8") as out:
        out.write(text)
    if faults := [one for one in read(root).findings if one.path == f"modules/{file.name}"]:
        file.unlink()
        raise ScaffoldError("\n".join(map(str, faults)))
    return file


def _refuse_slug(reading: Reading, slug: Slug) -> None:
    if not _SLUG.fullmatch(slug):
        raise ScaffoldError(f"'{slug}' is no name for a file: use small letters, digits and -.")
    if slug in reading.names["modules"]:
        raise ScaffoldError(f"modules/{slug}.md is there already; nothing was changed.")


def _fill(reading: Reading, draft: Draft, today: date) -> str:
    library = reading.library
    planned = library.unwritten.get(draft.slug)
    wanted = draft.skill or (planned.skills[0] if planned else next(iter(library.skill), ""))
    skill = library.find_skill(wanted)
    if skill is None:
        raise ScaffoldError(f"Unknown skill '{wanted}'. Known: {', '.join(library.skill)}")
    title = draft.title or (planned.title if planned else draft.slug.replace("-", " ").capitalize())
    code = planned.code if planned else _next_code(reading)
    template = resources.files(__package__).joinpath("new_module.md")
    return template.read_text(encoding="utf-8").format(
        code=code,
        title=json.dumps(title, ensure_ascii=False),
        level=draft.level or (planned.level if planned else 1),
        skill=skill.slug,
        minutes=draft.minutes or (planned.minutes if planned else _MINUTES),
        today=today,
        review_by=today + _HALF_A_YEAR,
        checks="".join(_checks(code)),
    )


def _next_code(reading: Reading) -> str:
    """Return the code after the highest that a module has or will have."""
    codes = [str(raw.front.get("code", "")) for raw in reading.raw.values()]
    codes += [planned.code for planned in reading.library.planned]
    numbers = [int(found[1]) for code in codes if (found := re.fullmatch(r"M(\d+)", code))]
    return f"M{max(numbers, default=0) + 1:02}"


def _checks(code: str) -> Iterator[str]:
    for name, objective, best in _CHECKS:
        yield f"  - id: {code.lower()}-{name}-case\n    objective: {objective}\n"
        yield "    stem: A situation from work, and a question that asks for a decision.\n"
        yield "    options:\n"
        for place in range(3):
            if place == best:
                yield "      - text: What is best to do.\n        best: true\n"
                yield "        reason: Right. Why it is best.\n"
            else:
                yield "      - text: What a busy colleague might do.\n"
                yield "        reason: Not best. Why not.\n"
