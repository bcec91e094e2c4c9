"""A chart by domain: what was published of its skills, added up. Answers, not people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ccio_skills.cohorts.rules import measures
from ccio_skills.cohorts.rules.cohort_chart import Bar, CohortChart
from ccio_skills.cohorts.rules.measures import Share, Tier
from ccio_skills.cohorts.rules.released import Released


@dataclass(frozen=True, slots=True)
class Domain:
    """The skills of a domain, and the sum of their bars.

    A person answers once for each skill, so these are answers and not people: nothing about any
    one person's answers taken together is published, and nothing is worked out here.

    Attributes:
        bars: Its items, those with the largest share below the target first.
        categories: That all of them share; empty where they do not, and then nothing adds up.
        parts, hidden, answered, not_answered: As of a bar, in answers.
        least, most: Answers that meet the target of their skill.
        compared: Answers to skills that have a target.
    """

    name: str
    bars: tuple[Bar, ...]
    categories: tuple[str, ...]
    is_ordered: bool
    parts: dict[tuple[int, ...], int]
    hidden: int
    answered: int
    not_answered: int
    least: int
    most: int
    compared: int

    @property
    def shown(self) -> tuple[Bar, ...]:
        """Return the items that enough people answered."""
        return tuple(one for one in self.bars if one.is_shown)


def domains(chart: Released[CohortChart]) -> tuple[Domain, ...]:
    """Return a chart by domain, those with the largest share below the targets first.

    Equal shares keep the order of the questions.
    """
    members = chart.value.caption.members
    names = dict.fromkeys(one.item.section for one in chart.value.bars)
    made = [
        _add_up(name, [one for one in chart.value.bars if one.item.section == name], members)
        for name in names
    ]
    return tuple(sorted(made, key=lambda one: -_below(one.least, one.most, one.compared)))


def tiers(bars: Sequence[Bar], *, members: int) -> dict[Tier, tuple[Bar, ...]]:
    """Return the bars that have a target and are shown, by tier, in their order."""
    found: dict[Tier, list[Bar]] = {tier: [] for tier in Tier}
    for one in bars:
        share = measures.share_at_target(one, members=members)
        if share:
            found[measures.tier(share)].append(one)
    return {tier: tuple(each) for tier, each in found.items()}


def shortfall(share: Share | None) -> float:
    """Return the share below the target, from 0 to 1; what is not shown counts half.

    It orders bars and is never said: at seven people the place in an order means nothing.
    """
    return _below(share.least, share.most, share.answered) if share else -1.0


def _below(least: int, most: int, answered: int) -> float:
    return 1 - (least + most) / (2 * answered) if answered else -1.0


def _add_up(name: str, bars: Sequence[Bar], members: int) -> Domain:
    shares = {one.item.key: measures.share_at_target(one, members=members) for one in bars}
    known = [one for one in shares.values() if one]
    scales = {(one.item.categories, one.item.is_ordered) for one in bars}
    categories, is_ordered = next(iter(scales)) if len(scales) == 1 else ((), False)
    shown = [one for one in bars if one.is_shown] if categories else []
    parts: Counter[tuple[int, ...]] = Counter()
    for one in shown:
        parts.update(one.parts)
    return Domain(
        name,
        tuple(sorted(bars, key=lambda one: -shortfall(shares[one.item.key]))),
        categories,
        is_ordered,
        dict(parts),
        hidden=sum(one.hidden for one in shown),
        answered=sum(one.answered for one in shown),
        not_answered=sum(one.not_answered for one in shown),
        least=sum(one.least for one in known),
        most=sum(one.most for one in known),
        compared=sum(one.answered for one in known),
    )
