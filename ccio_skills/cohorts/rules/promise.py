"""What somebody is told before they join a cohort, and which words they agreed to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from ccio_skills.cohorts.rules.thresholds import Thresholds


@dataclass(frozen=True, slots=True)
class Promise:
    """The words of the consent page, and a short hash of all of them.

    Attributes:
        kept: What is promised.
        not_kept: What is not.
        leaving: What leaving does.
    """

    kept: tuple[str, ...]
    not_kept: tuple[str, ...]
    leaving: tuple[str, ...]
    version: str


def promise(thresholds: Thresholds, *, purpose: str) -> Promise:
    """Return what a cohort promises under its numbers; the purpose is part of what is agreed to."""
    group, chart, guard = thresholds.smallest_group, thresholds.smallest_chart, thresholds.guard
    kept = (
        "Nothing is shared by joining. You choose, collection by collection, whether to "
        "contribute, and you see exactly what would be sent before you send it.",
        f"Your answers only ever appear as part of a group of at least {group} people. Groups are "
        "fixed before anyone looks at an answer.",
        f"A chart holds at least {chart} people. It is drawn once, when a collection closes, and "
        "never redrawn. Reviewers who are members do not count.",
        f"If fewer than {group} people have left or not answered, a few others are rested with "
        "them, so that nobody can be found by comparing two charts. Nobody is told who rested.",
        "If nearly everyone gave the same answer, the chart says "
        f'"at least {group} of {group + guard}", not "all {group + guard}".',
        "Answers sent to a collection are deleted when it closes. What stays are the published "
        "figures of groups, the number of your group, and a fingerprint of your receipt code.",
        "Reviewers see no names, no rows, no free text and nobody's progress, and not who "
        "contributed.",
    )
    not_kept = (
        "The group as a whole is not hidden: a chart that says most of its members are below a "
        "target says so of each of them, and one may say that all are.",
        f"If {_people(guard)} of a group tell a reviewer their answers, what is hidden in nearly "
        "unanimous charts may be worked out. That one does is covered.",
        "Whoever runs the server and its database could read answers while a collection is open.",
        "Who is a member is known to the administrators, and colleagues may know who took part.",
        "Until a collection closes you can take your answers back. Afterwards they are part of "
        "sums that nobody can take apart, also not for you.",
    )
    leaving = (
        "You can leave at any time. What you sent to a collection that is still open is deleted "
        "with it, and you are in no later chart.",
        "Charts that were drawn stay as they are. For later charts at least as many others are "
        "left out with you as it takes to hide you among them.",
        "Your own ratings, plan and record here stay yours and stay here.",
    )
    text = "\n".join((purpose, str(thresholds), *kept, *not_kept, *leaving))
    return Promise(kept, not_kept, leaving, hashlib.sha256(text.encode()).hexdigest()[:12])


def _people(number: int) -> str:
    return {2: "two members"}.get(number, f"{number} members")
