"""Ratings as a file: read with every fault named, written so that it can be read again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.library import Library
from ccio_skills.vocabulary import Confidence, Importance, Level

Word = TypeVar("Word", Confidence, Importance)

NEEDED = ("skill", "level")
OPTIONAL = ("confidence", "importance", "evidence", "rated_at")
NOT_RELEVANT = "na"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST = 4000
SHOWN = 100
"""Faults shown; the total is always given."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file; ``line`` counts from 1, the heading included."""

    line: int
    what: str

    def __str__(self) -> str:
        """Format as ``line 7: what is wrong``."""
        return f"line {self.line}: {self.what}"


class SheetError(ValueError):
    """The file has faults; nothing of it may be used."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        shown = [str(fault) for fault in faults[:SHOWN]]
        more = len(faults) - len(shown)
        shown += [f"... and {more} more"] if more else []
        super().__init__("\n".join(shown))


def read(content: bytes, *, library: Library, now: datetime) -> tuple[Rating, ...]:
    """Read ratings from CSV.

    Args:
        content: The file: UTF-8, with or without a byte-order mark. Columns ``skill,level``, and
            any of ``confidence``, ``importance``, ``evidence``, ``rated_at``.
        library: Knows the skills, by slug or code.
        now: When an answer was given that says nothing about it; later moments are refused.

    Returns:
        One rating for each row, in the order of the file.

    Raises:
        SheetError: Anything is wrong; all faults are in it.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise SheetError((Fault(line, "not UTF-8 text: save the file as CSV UTF-8"),)) from error
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        if faults := _heading(rows.fieldnames or ()):
            raise SheetError(faults)
        return _rows(rows, library=library, now=now)
    except csv.Error as error:
        raise SheetError((Fault(rows.line_num + 1, f"not CSV: {error}"),)) from error


def _heading(columns: Iterable[str]) -> tuple[Fault, ...]:
    given = [column.strip() for column in columns]
    faults = [Fault(1, f"the column '{one}' is missing") for one in NEEDED if one not in given]
    known = {*NEEDED, *OPTIONAL}
    faults += [Fault(1, f"unknown column '{one}'") for one in given if one not in known]
    faults += [
        Fault(1, f"the column '{one}' stands twice") for one in {*given} if given.count(one) > 1
    ]
    return tuple(faults)


def _rows(rows: csv.DictReader[str], *, library: Library, now: datetime) -> tuple[Rating, ...]:
    rows.fieldnames = [column.strip() for column in rows.fieldnames or ()]
    ratings: list[Rating] = []
    faults: list[Fault] = []
    seen: dict[tuple[str, object], tuple[int, Rating]] = {}
    for row in rows:
        line = rows.line_num - _line_breaks(row)
        found: list[str] = []
        rating = _rating(row, library=library, now=now, found=found)
        if rating:
            key = (rating.skill, rating.rated_at)
            first, earlier = seen.setdefault(key, (line, rating))
            if earlier is rating:
                ratings.append(rating)
            # The same answer of the same moment twice says nothing new.
            elif earlier != rating or not row.get("rated_at"):
                found.append(f"'{row['skill']}' stands on line {first} already")
        faults += [Fault(line, what) for what in found]
    if not ratings and not faults:
        faults.append(Fault(1, "no ratings below the heading"))
    if faults:
        raise SheetError(tuple(faults))
    return tuple(ratings)


def _line_breaks(row: Mapping[Any, Any]) -> int:
    """Count the line breaks inside a row's cells: a row is named by its first line."""
    cells = [cell for cell in row.values() if isinstance(cell, str)]
    return sum(cell.count("\n") for cell in [*cells, *(row.get(None) or ())])


def _rating(
    row: Mapping[str | None, str | None], *, library: Library, now: datetime, found: list[str]
) -> Rating | None:
    if None in row:
        found.append("more cells than the heading has columns")
        return None
    cells = {name: (value or "").strip() for name, value in row.items() if name}
    skill = library.find_skill(cells["skill"])
    if skill is None:
        found.append(f"unknown skill '{cells['skill'][:60]}': use a slug or a code like CHANGE-1")
    level = _level(cells["level"], found)
    confidence = _one_of(Confidence, "confidence", cells, found)
    importance = _one_of(Importance, "importance", cells, found)
    rated_at = _moment(cells.get("rated_at", ""), now, found)
    evidence = cells.get("evidence", "")
    if evidence.startswith("'") and evidence.lstrip("'").startswith(_FORMULA):
        evidence = evidence[1:]
    if len(evidence) > _LONGEST:
        found.append(f"evidence has {len(evidence)} characters; at most {_LONGEST}")
    if found or skill is None:
        return None
    return Rating(skill.slug, level, rated_at, confidence, importance, evidence)


def _level(cell: str, found: list[str]) -> Level | None:
    if cell.casefold() == NOT_RELEVANT:
        return None
    if cell in {str(int(level)) for level in Level}:
        return Level(int(cell))
    found.append(f"level '{cell[:20]}' is not 0 to 5 or na")
    return None


def _one_of(
    words: type[Word], name: str, cells: Mapping[str, str], found: list[str]
) -> Word | None:
    cell = cells.get(name, "").casefold()
    if not cell:
        return None
    if cell in list(words):
        return words(cell)
    found.append(f"{name} '{cell[:20]}' is not {', '.join(words)}")
    return None


def _moment(cell: str, now: datetime, found: list[str]) -> datetime:
    if not cell:
        return now
    try:
        moment = datetime.fromisoformat(cell)
    except ValueError:
        found.append(f"rated_at '{cell[:40]}' is no date and time like 2026-11-22T09:30:00+00:00")
        return now
    if moment.tzinfo is None:
        found.append(f"rated_at '{cell[:40]}' names no time zone: add Z or +00:00")
    elif moment > now:
        found.append(f"rated_at '{cell[:40]}' lies in the future")
    return moment


def write(ratings: Iterable[Rating], *, library: Library) -> str:
    """Write ratings as CSV that :func:`read` takes back and that no spreadsheet runs."""
    out = io.StringIO()
    # With \r\n as the end of a row, a lone \r in a cell is quoted and starts no row.
    sheet = csv.writer(out, lineterminator="\r\n")
    sheet.writerow([*NEEDED, *OPTIONAL])
    for one in ratings:
        skill = library.skill.get(one.skill)
        is_marked = one.evidence.lstrip("'").startswith(_FORMULA)
        evidence = f"'{one.evidence}" if is_marked else one.evidence
        sheet.writerow(
            [
                skill.code if skill else one.skill,
                NOT_RELEVANT if one.level is None else int(one.level),
                one.confidence or "",
                one.importance or "",
                evidence,
                one.rated_at.isoformat(),
            ]
        )
    return out.getvalue()
