"""What is said about a chart: the same words on page, in table, file and report."""

from __future__ import annotations

from collections.abc import Sequence

from ccio_skills import wording
from ccio_skills.cohorts.rules import measures
from ccio_skills.cohorts.rules.cohort_chart import Bar, Caption, CohortChart, NoChart, Reason
from ccio_skills.cohorts.rules.forecast import Forecast, Outlook
from ccio_skills.cohorts.rules.items import Item
from ccio_skills.cohorts.rules.measures import Between, Share, Tier
from ccio_skills.cohorts.rules.thresholds import Thresholds

ITEM_NOT_SHOWN = "Too few people answered this question for it to be shown."
NOT_ANSWERED = "Not answered"
NOT_SHOWN = "Answered, not shown"
TIERS = {
    Tier.CLEAR: "a clear gap: fewer than half meet the target, even at the most hopeful reading",
    Tier.MIXED: "mixed: more or fewer than half may meet the target",
    Tier.FINE: "fine: more than half meet the target, even at the least hopeful reading",
}
PERCENT_FROM = 20
"""Answers from which a share is said in per cent."""

_THIS_TIME = {
    Outlook.EXPECTED: "expect a chart this time",
    Outlook.LIKELY: "a chart is likely this time",
    Outlook.NEARLY_EVERYONE: "a chart needs nearly everyone this time",
    Outlook.NONE: "no chart is possible this time",
}
_NEXT_TIME = {
    Outlook.EXPECTED: "the next should follow as easily",
    Outlook.LIKELY: "the next is likely",
    Outlook.NEARLY_EVERYONE: "the next needs nearly everyone again",
    Outlook.NONE: "no other will follow with the same people",
}


def coverage(chart: CohortChart) -> str:
    """Say whose answers a chart holds."""
    return f"Answers of {chart.people} of {wording.count(chart.caption.members, 'member')}."


def no_chart(none: NoChart) -> str:
    """Say why there is no chart."""
    thresholds = none.caption.thresholds
    if none.reason is Reason.NOT_FOR_PUBLIC:
        return (
            "This chart is for the cohort alone: outside it only groups of "
            f"{thresholds.public_use} or more are shown."
        )
    return (
        f"No chart this time: fewer than {thresholds.smallest_chart} people could be shown "
        "together without anyone standing out. What they answered is deleted and was not seen."
    )


def occasion(caption: Caption) -> str:
    """Say what a chart is of and when it was drawn."""
    header = caption.header
    said = f"{header.title}, {caption.part}, closed on {wording.day(header.closed_at)}"
    return f"{said}, against the targets of {caption.targets}" if caption.targets else said


def rules(thresholds: Thresholds) -> str:
    """Say under which rules a chart was drawn."""
    return (
        f"Answers are shown in groups of {thresholds.smallest_group} or more, fixed before anyone "
        "looked at an answer, and a chart is drawn once. Where nearly everyone in a group answered "
        'alike, it says "at least" and no more.'
    )


def bar(one: Bar, *, members: int) -> str:
    """Say everything that a bar shows, with how many answered and how sure it is."""
    if not one.is_shown:
        return ITEM_NOT_SHOWN
    said = [f"{one.answered} answered, {one.not_answered} did not.", *_known(one)]
    middle, half = measures.median(one), measures.middle_half(one)
    if middle:
        reach = f"; the middle half of the answers: {_reach(half, one.item)}" if half else ""
        said.append(f"Middle answer: {between(middle, one.item)}{reach}.")
    share = measures.share_at_target(one, members=members)
    if share:
        said += [at_target(share, members=members), f"This is {TIERS[measures.tier(share)]}."]
    return " ".join(said)


def at_target(share: Share, *, members: int) -> str:
    """Say how many meet the target, and what that says of all members; per cent from 20 on."""
    met = f"{share.least}" if share.least == share.most else f"{share.least} to {share.most}"
    said = f"{met} of {share.answered} {'meets' if met == '1' else 'meet'} the target"
    if share.is_everyone:
        return f"{said}; everyone answered, so there is no sampling error."
    if share.answered >= PERCENT_FROM:
        range_ = f"{share.low:.0%} to {share.high:.0%}"
    else:
        low, high = round(share.low * share.answered), round(share.high * share.answered)
        range_ = f"{low} to {high} in every {share.answered}"
    return f"{said}; of all {members} members, plausibly {range_}."


def between(span: Between, item: Item) -> str:
    """Return "3 Practising", or "2 Contributing or 3 Practising", or "... to 4 Leading"."""
    if span.high == span.low + 1:
        return f"{item.categories[span.low]} or {item.categories[span.high]}"
    return _reach(span, item)


def categories(part: Sequence[int], item: Item) -> str:
    """Return the name of a category, or "1 Aware or below or 2 Contributing"."""
    return ", or ".join(item.categories[one] for one in part)


def forecast(foreseen: Forecast) -> str:
    """Say what to expect before a collection opens."""
    this, after = _THIS_TIME[foreseen.this_outlook], _NEXT_TIME[foreseen.next_outlook]
    members = wording.count(foreseen.members, "member")
    if foreseen.this_outlook is Outlook.NONE:
        return f"With {members}, {this}."
    return f"With {members}, {this}; {after}."


def _reach(span: Between, item: Item) -> str:
    low, high = item.categories[span.low], item.categories[span.high]
    return low if low == high else f"{low} to {high}"


def _known(one: Bar) -> list[str]:
    known = [(part, people) for part, people in one.parts.items() if people]
    if one.hidden and len(known) == 1:
        [(part, people)] = known
        return [
            f"At least {people} of {one.answered}: {categories(part, one.item)}; "
            f"the other {one.hidden} are not shown."
        ]
    counts = [f"{categories(part, one.item)}: {people}" for part, people in known]
    hidden = (
        f" {wording.count(one.hidden, 'answer')} not shown, of groups that answered nearly alike."
        if one.hidden
        else ""
    )
    return [f"{'; '.join(counts)}.{hidden}"]
