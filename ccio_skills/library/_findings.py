"""What can be wrong with content, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]


class Rule(NamedTuple):
    """What went wrong, and what to do about it."""

    label: str
    hint: str


RULES = MappingProxyType(
    {
        "unreadable": Rule(
            "cannot be read", "Start a page with '---', YAML, '---'; quote values that hold ': '."
        ),
        "field": Rule(
            "wrong field", "The field tables in content/README.md say what belongs here."
        ),
        "unknown": Rule("no such thing", "Use the name of an existing file or entry."),
        "twice": Rule("used twice", "Give each one a code or id of its own."),
        "cycle": Rule("prerequisites go in a circle", "Drop one prerequisite of the circle."),
        "order": Rule("comes before what it needs", "Put its prerequisite earlier in the path."),
        "milestone": Rule(
            "milestone out of place",
            "Let after name a module of the path; milestones stand in reading order.",
        ),
        "closing": Rule(
            "closing task without a template",
            "End the text with '## Closing task' and below it a fence named 'template'.",
        ),
        "levels": Rule("levels incomplete", "Write one behaviour for each level from 1 to 5."),
        "targets": Rule("targets incomplete", "Give every skill one target, and no other."),
        "reviewer": Rule(
            "active without a reviewer", "Name the clinician who reviewed it, or set status: beta."
        ),
        "overdue": Rule(
            "past its review date", "Compare it with its sources, then move the dates."
        ),
        "dates": Rule("dates do not fit", "review_by comes after last_checked: 3, 6 or 12 months."),
        "facts": Rule(
            "facts and text differ", "List in facts exactly what the text cites as [F..]."
        ),
        "best": Rule("not exactly one best answer", "Mark one option with best: true."),
        "check-id": Rule("id does not fit", "Start the id with the module's code in lower case."),
        "objective": Rule("objective without a question", "Write a check with this objective."),
        "minutes": Rule("minutes do not add up", "Change the text, 'Allow N minutes.' or minutes."),
        "part": Rule("part too short or too long", "Make each ## section 5 to 12 minutes."),
        "reading": Rule(
            "more reading than half of the minutes", "Cut text or add something to do."
        ),
        "sections": Rule(
            "section missing or out of order",
            "Headings: Why this matters, How it works here, Do it, "
            "Evidence for your portfolio, What may change.",
        ),
        "template": Rule("nothing to take away", "Put a template in a fence named 'template'."),
        "heading": Rule(
            "heading level", "The title is the page's heading; start with ##, and skip no level."
        ),
        "alt-text": Rule(
            "picture that is not said in words",
            "Write ![what it shows](file.png); below a diagram a paragraph 'In words: ...'.",
        ),
        "link": Rule(
            "address that no source has", "Read it, add it to sources.yml, then cite a fact."
        ),
        "sentence": Rule("sentence of more than 35 words", "Make two of it."),
        "abbreviation": Rule(
            "abbreviation that nothing explains",
            "Write it out where it first stands: electronic patient record (EPR).",
        ),
        "number": Rule(
            "number without a fact or source",
            "Cite its fact beside it; if it is made up, say so, or name who it is told of in "
            "fiction.",
        ),
        "places": Rule(
            "best answers stand too often in one place", "Move the best options of some questions."
        ),
        "longest": Rule(
            "best answer the longest in over 40 % of all questions",
            "Shorten best options, or say more in the others.",
        ),
        "catalogue": Rule(
            "other minutes than agreed",
            "Keep to catalogue.yml, or say why in minutes_reason; new: ccio-skills check --lock.",
        ),
        "html": Rule("HTML in the text", "Write markdown; HTML is not shown."),
        "quick-start": Rule(
            "quick start takes over 4 minutes to read", "Shorten the wording of its skills."
        ),
        "action": Rule(
            "a step that nothing reaches", "Add the step to the skill's file in actions/."
        ),
        "figure": Rule(
            "figure that its status does not carry",
            "Give it the status it was published with; see surveys/ in content/README.md.",
        ),
        "question": Rule("question that cannot be asked", "See instruments/ in content/README.md."),
        "wording": Rule(
            "wording of a version that was shown has changed",
            "Put it back; another wording is another version, in a file of its own.",
        ),
        "lock": Rule("id not in ids.lock", "Run 'ccio-skills check --lock' once the id is final."),
        "gone": Rule(
            "an id that was shown has disappeared",
            "Stored answers point at it: set status: retired, or list it under formerly.",
        ),
    }
)


@dataclass(frozen=True, order=True)
class Finding:
    """One thing to repair."""

    path: str
    line: int
    rule: str
    detail: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        """Format as ``path:line: severity [rule] label (detail). hint``."""
        label, hint = RULES[self.rule]
        detail = f" ({self.detail})" if self.detail else ""
        return f"{self.path}:{self.line}: {self.severity} [{self.rule}] {label}{detail}. {hint}"
