"""What the reviewer's pages say around a chart: who took part, domains, two collections."""

from __future__ import annotations

from ccio_skills import wording
from ccio_skills.cohorts.rules import measures
from ccio_skills.cohorts.rules import wording as say
from ccio_skills.cohorts.rules.cohort_chart import Bar, CohortChart
from ccio_skills.cohorts.rules.domains import Domain, tiers
from ccio_skills.cohorts.rules.measures import Share, Tier

ANSWERS = (
    "A domain's bar adds up the answers to its skills: each person answers once a skill, so it "
    "counts answers and not people, and it says nothing of any one person's answers together."
)
NO_CHART_MEANS = (
    "It depends on how many took part and on nothing else: not on what anyone answered, and it "
    "says nothing about anyone. The next collection may have a chart again."
)
NOT_IN_CHART = (
    "{left} contributed and {are} not in it. Groups are of {group} or more, and a later chart may "
    "differ from an earlier one by {group} or more only, so some wait or rest with others. Who "
    "does is drawn by lot or follows from who took part, and says nothing about them."
)
ORDER = (
    "Clear gaps first, then levels with no module at all, then the larger share below the level. "
    "It is an order to talk through and no ranking: neighbours may differ by chance."
)
TIER_NAMES = {Tier.CLEAR: "clear gap", Tier.MIXED: "mixed", Tier.FINE: "fine"}
UNRELATED = (
    "Two pictures of whoever answered each time, not the same people followed. Nobody's answers "
    "are joined, so neither picture says that anyone moved. People who are asked twice within "
    "weeks choose another level about every second time."
)
_NO_SAMPLE_LIMIT = 10**9


def took_part(contributed: int, members: int, *, covered: int) -> str:
    """Return "7 of 22 contributed; this chart covers 7."."""
    return f"{contributed} of {members} contributed; this chart covers {covered}."


def not_in_chart(contributed: int, chart: CohortChart) -> str:
    """Say why a chart covers fewer than contributed; nothing where it covers all."""
    left = contributed - chart.people
    if left <= 0:
        return ""
    group = chart.caption.thresholds.smallest_group
    return NOT_IN_CHART.format(left=left, are="is" if left == 1 else "are", group=group)


def hidden(chart: CohortChart) -> str:
    """Say what is not shown, where it is; nothing where all is."""
    marked = [one.item.title for one in chart.bars if one.hidden]
    unshown = [one.item.title for one in chart.bars if not one.is_shown]
    guard = chart.caption.thresholds.guard
    said = []
    if marked:
        said.append(
            f"In {wording.count(len(marked), 'question')} a group answered so alike that at least "
            f"{guard} of its answers are not shown, so that no answer of anyone is certain. "
            "They are hatched, and could be any answer, also the same."
        )
    if unshown:
        said.append(
            f"Too few answered {wording.count(len(unshown), 'question')} for anything to be "
            f"shown: {wording.listed(unshown)}."
        )
    return " ".join(said)


def short(one: Bar, *, members: int) -> str:
    """Return the line beside a bar: "4 of 7 at the target; clear gap"."""
    if not one.is_shown:
        return say.ITEM_NOT_SHOWN
    share = measures.share_at_target(one, members=members)
    if share is None:
        return f"{one.answered} answered; no target"
    return f"{_met(share.least, share.most, share.answered)}; {TIER_NAMES[measures.tier(share)]}"


def short_domain(one: Domain) -> str:
    """Return the line beside a domain's bar."""
    said = [f"{wording.count(one.answered, 'answer')} to {wording.count(len(one.shown), 'skill')}"]
    if one.compared:
        said.append(_met(one.least, one.most, one.compared))
    return "; ".join(said)


def summary(one: Domain, *, members: int) -> str:
    """Say what a domain adds up to, and in which tier its skills are."""
    found = tiers(one.bars, members=members)
    counted = [
        f"{TIER_NAMES[tier]}: {wording.listed([each.item.title for each in bars])}"
        for tier, bars in found.items()
        if bars
    ]
    return f"{one.name}: {short_domain(one)}. " + (
        f"{'; '.join(counted)}." if counted else "No skill with a target is shown."
    )


def beside(earlier: Bar, later: Bar) -> str:
    """Put one question of two collections beside each other without claiming a change.

    Both times those who answered are taken for a sample, even where everyone did: what is asked
    is whether chance, which includes how people rate on the day, could explain the difference.
    """
    if not (earlier.is_shown and later.is_shown):
        return "Not shown both times, so there is nothing to put beside."
    then, now = (_state(one) for one in (earlier, later))
    shares = [measures.share_at_target(one, members=_NO_SAMPLE_LIMIT) for one in (earlier, later)]
    return f"Earlier {then}. Later {now}. {_verdict(*shares)}"


def _verdict(before: Share | None, after: Share | None) -> str:
    if before is None or after is None:
        return "There is no target to compare with."
    if after.low > before.high:
        return "More of those who answered meet the target than chance alone would explain."
    if after.high < before.low:
        return "Fewer of those who answered meet the target than chance alone would explain."
    return "Too few to call: chance alone could explain the difference."


def _state(one: Bar) -> str:
    said = [f"{one.answered} answered"]
    middle = measures.median(one)
    if middle:
        said.append(f"middle answer {say.between(middle, one.item)}")
    share = measures.share_at_target(one, members=_NO_SAMPLE_LIMIT)
    if share:
        said.append(_met(share.least, share.most, share.answered))
    return ", ".join(said)


def _met(least: int, most: int, answered: int) -> str:
    return f"{wording.spread(least, most)} of {answered} at the target"
