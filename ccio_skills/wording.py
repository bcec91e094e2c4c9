"""Words that more than one room uses, and how numbers and dates are said."""

from __future__ import annotations

import math
from datetime import date

from ccio_skills.vocabulary import LEVEL_NAMES, Level, Role

NOT_MY_ROLE = "Not part of my role"
TIER_WORDS = {
    "clear": "clear gap (two levels or more)",
    "some": "some gap (one level)",
    "met": "met",
    "unrated": "not rated yet",
}
NOISE = (
    "A one-level move in a single skill is within the noise of self-rating. "
    "A domain mean that moves 0.8 or more is not."
)
PROPOSAL = (
    "The skills framework, levels and role profiles are proposals built from cited sources. "
    "They have not been validated."
)
ROLE_NAMES = {
    Role.MEMBER: "member",
    Role.REVIEWER: "reviewer",
    Role.ADMINISTRATOR: "administrator",
}
ROLE_MEANS = {
    Role.MEMBER: "A member belongs to the organisation. Nobody there can see what a member rates, "
    "writes or reads.",
    Role.REVIEWER: "A reviewer sees what is released about groups, never one person's answers.",
    Role.ADMINISTRATOR: "An administrator invites people, gives and ends roles and reads the "
    "audit trail, and never sees anybody's answers.",
}


def as_role(role: Role) -> str:
    """Return "a reviewer" or "an administrator"."""
    name = ROLE_NAMES[role]
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def level_name(level: Level) -> str:
    """Return "3 Practising", or the words for level 0, so that no level stands as a bare digit."""
    if level is Level.NONE:
        return LEVEL_NAMES[level]
    return f"{int(level)} {LEVEL_NAMES[level]}"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Return "1 skill" or "3 skills"."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def spread(least: int, most: int) -> str:
    """Return "4", or "4 to 6" where only bounds are known."""
    return str(least) if least == most else f"{least} to {most}"


def day(moment: date) -> str:
    """Return "2 November 2026"."""
    return f"{moment.day} {moment:%B %Y}"


def short_day(moment: date) -> str:
    """Return "2 Nov 2026"."""
    return f"{moment.day} {moment:%b %Y}"


def minutes_left(minutes: float) -> str:
    """Return "under a minute" or "about 4 minutes"."""
    whole = round(minutes)
    return "under a minute" if whole < 1 else f"about {count(whole, 'minute')}"


def hours(minutes: int) -> str:
    """Return "45 minutes" or "2 hours 10 minutes"."""
    if minutes < 90:
        return count(minutes, "minute")
    whole, rest = divmod(minutes, 60)
    return count(whole, "hour") + (f" {count(rest, 'minute')}" if rest else "")


def decimal(value: float) -> str:
    """Return one decimal, halves up: 1.25 is "1.3", as everybody rounds by hand."""
    return f"{math.floor(value * 10 + 0.5) / 10:.1f}"


def listed(words: list[str]) -> str:
    """Return "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
