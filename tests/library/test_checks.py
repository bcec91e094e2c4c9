"""Each check finds its fault, in the right file and on the right line, and nothing else."""

import json
import re
from datetime import date
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccio_skills import library

FRAMEWORK = "version: 2026.1\n"
SOURCES = """\
KING:
  title: "A report"
  address: "https://example.org/report"
  grade: Vp
  read: 2026-11-22
"""
FACTS = """\
F01:
  topic: "Survey"
  text: "Seven people completed the survey."
  grade: V
  sources: [KING]
  checked: 2026-11-22
"""
GLOSSARY = """\
CCIO:
  long: chief clinical information officer
  means: "The most senior clinician who leads on digital."
"""
SYNONYMS = """\
supplier: {alike: [vendor, firm]}
"""
PLANNED = """\
later:
  code: M03
  title: "Later"
  level: 2
  skills: [engage]
  minutes: 30
"""
CATALOGUE = """\
start:
  minutes: 20
next:
  minutes: 20
"""
DOMAIN = """\
---
code: CHANGE
title: Change
short: Change
status: beta
order: 1
---
"""
SKILL = """\
---
code: {code}
title: "{title}"
status: beta
domain: change
definition: "What it is."
levels:
  1: "Explains it."
  2: "Contributes to it."
  3: "Does it alone."
  4: "Leads it."
  5: "Shapes it."
---
"""
PROFILE = """\
---
code: NEW
title: "New CCIO"
says: "I am in my first year"
status: beta
order: 1
description: "Newly appointed."
targets:
  engage: {level: 3, importance: core}
  manage: {level: 2, importance: important}
---
"""
ACTION = """\
---
title: "{skill} at work"
status: beta
skill: {skill}
steps:
"""
STEP = """\
  - step: {step}
    title: "Do it once"
    minutes: 30
    do: "Ask a colleague and do it."
    proves: "That you can."
    keep: "Your notes."
"""
PATH = """\
---
code: P1
title: "A first path"
status: beta
profile: new
summary: Get ready.
for_whom: "Anyone who begins."
outcomes: ["Begin."]
modules: [start, next, later]
milestones:
  - title: "Begun"
    after: next
    means: "You have begun."
  - title: "Done"
    after: later
    means: "You have ended."
closing_task: "Write it down."
evidence: "A page of your own."
facts: [F01]
---

It goes towards the profile [F01].

## Closing task

```template
What I did: ____
```
"""
PAGE = """\
---
title: Help
status: beta
---

## In short

Ask.
"""
SURVEY = """\
---
title: "A survey of seven"
status: beta
code: S1
published: 2012-11-05
mode: "By e-mail"
invited: 22
answered: 7
base_status: presumed
wording_published: false
source: KING
facts: [F01]
items:
  - code: V12-01
    question: "Which?"
    kind: single
    n: 7
    results:
      - {key: one, label: "One", count: 4, status: published}
      - {key: two, label: "Two", count: 3, status: derived}
  - code: V12-02
    question: "Enough?"
    kind: multiple
    n: 7
    results:
      - key: most
        label: "Most"
        status: published
        proportion: 0.86
        count: 6
        count_status: derived
      - {key: third, label: "Third", rank: 3, status: rank_only}
      - {key: said, label: "Said", verbal: most, status: verbal}
      - key: thirds
        label: "Thirds"
        status: published_fraction
        proportion: 0.667
        candidates: [[4, 6]]
      - {key: all, label: "All", count: 7, status: published_all}
---

Seven people answered [F01].
"""
ASKED = """\
---
title: "A survey to answer"
status: beta
code: ROLE
version: 1
baseline: seven
workload: {given: A3, spent: A3, beside: V12-02}
chapters:
  - code: A
    title: "You"
    questions:
      - code: A1
        ask: "Which?"
        kind: multiple
        trends:
          - {beside: V12-01, match: "E", pairs: {one: [one]}}
        choices:
          - {key: one, label: "One"}
          - {key: two, label: "Two"}
      - code: A2
        ask: "Which of them most?"
        kind: single
        among: A1
        when: {question: A1, any: [one, two]}
        choices:
          - {key: one, label: "One"}
          - {key: two, label: "Two"}
      - code: A3
        ask: "How many days?"
        kind: number
        lowest: 0
        highest: 5
        bands: [0, 2, 5]
---
"""
HEAD = """\
---
code: {code}
title: {title}
status: beta
level: 2
skills: [engage]
prerequisites: [{needs}]
minutes: 20
nations: [England]
volatility: low
last_checked: 2026-11-22
review_by: 2027-11-22
written_by: CCIO Skills contributors
reviewed_by: null
answers:
  - What is it?
objectives:
  - Tell one from the other.
  - Choose between two.
keypoints:
  - Both are needed.
facts: [F01]
checks:
"""
CHECK = """\
  - id: {code}-question-{number}
    objective: {objective}
    stem: What do you do about question {number}?
    options:
"""
BEST = """\
      - text: Ask first.
        best: true
        reason: Right. {words}
"""
OTHERS = (
    """\
      - text: Act first.
        reason: Not best. {words}
""",
    """\
      - text: Wait.
        reason: Not quite. {words}
""",
)
BODY = """\
---

## Why this matters: a case

Seven people answered [F01].
Allow 5 minutes.

## Doing it

### How it works here

In England.

### Do it

Allow 10 minutes.

```template
Owner: ____  <name>
# not a heading
```

### Evidence for your portfolio

Keep it.

### What may change

Little.
"""


def check(code, number, *, words=60, place=None):
    """A question of about 200 words, five of which take five minutes; the best stands about."""
    options = list(OTHERS)
    options.insert(number % 3 if place is None else place, BEST)
    return "".join([CHECK, *options]).format(
        code=code.lower(),
        number=number,
        objective=1 + number % 2,
        words=" ".join(["Three short words."] * (words // 3)),
    )


def module(code, *, title, needs=""):
    """A module of 20 minutes: 5 and 10 to do, and questions of 5 minutes."""
    checks = [check(code, number) for number in range(5)]
    return HEAD.format(code=code, title=title, needs=needs) + "".join(checks) + BODY


def action(skill):
    steps = [STEP.format(step=step) for step in range(1, 6)]
    return ACTION.format(skill=skill) + "".join(steps) + "---\n"


SOUND = {
    "framework.yml": FRAMEWORK,
    "sources.yml": SOURCES,
    "facts.yml": FACTS,
    "glossary.yml": GLOSSARY,
    "synonyms.yml": SYNONYMS,
    "planned.yml": PLANNED,
    "catalogue.yml": CATALOGUE,
    "domains/change.md": DOMAIN,
    "skills/engage.md": SKILL.format(code="CHANGE-1", title="Clinical engagement"),
    "skills/manage.md": SKILL.format(code="CHANGE-2", title="Change management"),
    "profiles/new.md": PROFILE,
    "actions/engage.md": action("engage"),
    "actions/manage.md": action("manage"),
    "modules/start.md": module("M01", title="Start"),
    "modules/next.md": module("M02", title="Next", needs="start"),
    "paths/first.md": PATH,
    "pages/help.md": PAGE,
    "surveys/seven.md": SURVEY,
    "instruments/role.md": ASKED,
}


class Content:
    """A small sound library in a folder, to be broken one fault at a time."""

    def __init__(self, root):
        self.root = root
        for name, text in SOUND.items():
            self.write(name, text)
        library.extend_lock(root)

    def read(self, name):
        return (self.root / name).read_text(encoding="utf-8")

    def write(self, name, text):
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")

    def change(self, name, old, new):
        """Put ``new`` in the first place where ``old`` stands."""
        text = self.read(name)
        assert old in text
        self.write(name, text.replace(old, new, 1))

    def line(self, name, words):
        """Number, from 1, of the first line that holds ``words``."""
        lines = self.read(name).split("\n")
        return next(number for number, line in enumerate(lines, start=1) if words in line)

    def findings(self, **options):
        return library.check(self.root, **options)

    def found(self, **options):
        return [(one.rule, one.path, one.line) for one in self.findings(**options)]


@pytest.fixture
def content(tmp_path):
    return Content(tmp_path / "content")


class Fault(NamedTuple):
    """Put ``new`` where ``old`` stands in ``file``: one finding of ``rule``, at a line.

    ``at`` is text of the line to be named, or its number where no single line is at fault.
    ``where`` is the file to be named, if it is another one; ``also`` are rules broken as well.
    """

    rule: str
    file: str
    old: str
    new: str
    at: str | int
    says: str = ""
    where: str = ""
    also: frozenset[str] = frozenset()


START, NEXT, HELP = "modules/start.md", "modules/next.md", "pages/help.md"
SEVEN, ROLE = "surveys/seven.md", "instruments/role.md"
MANAGE, NEW, FIRST = "skills/manage.md", "profiles/new.md", "paths/first.md"
ID, OTHER_ID = "m01-question-0", "m01-question-9"
# The longest a line may be: 120 words, too many for a quick start of two skills.
LONG = "a " * 119 + "a"
WORDY = re.sub('"[^"]+"', f'"{LONG}"', SOUND[MANAGE])
TELLING = SOUND[START].replace("Ask first.", "Ask first, and then act.")
ELSEWHERE = "https://example.com/elsewhere"
# Where the text of a module starts: the line below its front matter.
TEXT = SOUND[START].split("\n---\n")[0].count("\n") + 3
PATH_TEXT = SOUND[FIRST].split("\n---\n")[0].count("\n") + 3
HERE_THEN_DO = "### How it works here\n\nIn England.\n\n### Do it\n"
DO_THEN_HERE = "### Do it\n\nIn England.\n\n### How it works here\n"
FAULTS = [
    Fault("unreadable", HELP, "---\ntitle", "title", 1, "front matter"),
    Fault("unreadable", HELP, "title: Help", "title: Help: more", "title:", "mapping"),
    Fault("unreadable", FIRST, "code: P1", "code: P1\ncode: P2", "code: P2", "'code' stands twice"),
    Fault("unreadable", "glossary.yml", "  long", "\tlong", "long", "token"),
    Fault("unreadable", "glossary.yml", GLOSSARY, "- CCIO\n", 1, "expected 'key: value' lines"),
    Fault("unreadable", "framework.yml", FRAMEWORK, "", 1, "expected 'key: value' lines"),
    Fault("field", START, "nations: [England]", "nations: [Utopia]", "nations", "nations.0"),
    Fault("field", START, "minutes: 20", "minutes: 9", "minutes: 9", "10"),
    Fault("field", START, "minutes: 20", "minutes: 20\nmood: fine", "mood", "mood"),
    Fault("field", START, "    stem: What", "    stern: What", "stern", "checks.0.stern"),
    Fault("field", START, "title: Start\n", "", 1, "title"),
    Fault("field", START, "status: beta", "status: ready", "status", "draft"),
    Fault("field", NEW, "level: 2", "level: 6", "  manage:", "targets.manage.level"),
    Fault("field", "facts.yml", "grade: V", "grade: A", "grade: A", "F01.grade"),
    Fault("field", "facts.yml", "sources: [KING]", "sources: []", "F01:", "names no source"),
    Fault("field", "sources.yml", "https:", "htps:", "htps:", "KING.address"),
    Fault("field", "glossary.yml", "  long:", "  lang:", "lang:", "CCIO.lang"),
    Fault("field", "synonyms.yml", "firm", "a firm", "supplier", "supplier.alike.1"),
    Fault("field", "synonyms.yml", "[vendor, firm]", "[]", "supplier", "supplier.alike"),
    Fault("field", "planned.yml", "level: 2", "level: 5", "level: 5", "later.level"),
    Fault("field", "planned.yml", "later:", "sooner: 3\nlater:", "sooner", "expected fields"),
    Fault("field", "framework.yml", "version: 2026.1", "date: 2026", 1, "version"),
    Fault("unknown", MANAGE, "domain: change", "domain: chance", "domain", "chance"),
    Fault("unknown", START, "skills: [engage]", "skills: [engage, fly]", "skills", "fly"),
    Fault("unknown", START, "objective: 2", "objective: 3", "id: m01-question-1", "objective 3"),
    Fault("unknown", START, "[F01]", "[F01, F02]", "facts", "F02", also={"facts"}),
    Fault("unknown", NEXT, "[start]", "[start, gone]", "prerequisites", "gone", also={"order"}),
    Fault("unknown", "facts.yml", "[KING]", "[KING, QUEEN]", "sources", "QUEEN"),
    Fault(
        "unknown",
        "actions/manage.md",
        "skill: manage",
        "skill: mangle",
        "skill: m",
        "mangle",
        also={"action"},
    ),
    Fault("unknown", FIRST, "profile: new", "profile: old", "profile", "old"),
    Fault("unknown", FIRST, "later]", "sooner]", "modules", "sooner", also={"milestone"}),
    Fault("unknown", NEW, "order: 1", "order: 1\nnext: [boss]", "next", "boss"),
    Fault("twice", MANAGE, "CHANGE-2", "CHANGE-1", "code", "skills/engage.md"),
    Fault("twice", "planned.yml", "M03", "M02", "later:", "modules/next.md"),
    Fault(
        "twice",
        NEXT,
        "id: m02-question-3",
        f"id: {ID}",
        f"id: {ID}",
        START,
        also={"check-id", "gone"},
    ),
    Fault(
        "cycle",
        START,
        "prerequisites: []",
        "prerequisites: [start]",
        "prerequisites: [start]",
        "start > start",
        also={"order"},
    ),
    Fault("order", FIRST, "start, next", "next, start", "modules", "next needs start"),
    Fault("order", FIRST, "start, next", "next", "modules", "next needs start, which is not in"),
    Fault("milestone", FIRST, "after: next", "after: sooner", "after: sooner", "after sooner"),
    Fault("milestone", FIRST, "after: later", "after: start", "after: start", "after start"),
    Fault("milestone", FIRST, "after: later", "after: next # twice", "# twice", "Done"),
    Fault("closing", FIRST, "```template", "```text", PATH_TEXT),
    Fault("closing", FIRST, "## Closing task", "## The end", PATH_TEXT),
    Fault("facts", FIRST, "facts: [F01]", "facts: []", "facts: []", "F01 is cited but not listed"),
    Fault("facts", HELP, "Ask.", "Ask [F01].", 1, "F01 is cited but not listed"),
    Fault("levels", MANAGE, '  5: "Shapes it."\n', "", "levels:"),
    Fault("levels", MANAGE, "levels:", 'levels:\n  0: "None."', "levels:"),
    Fault("targets", NEW, "  manage:", "  mangle:", "targets", "manage, mangle"),
    Fault("reviewer", START, "status: beta", "status: active", "status"),
    Fault("overdue", START, "review_by: 2027-11-22", "review_by: 2026-12-31", "review_by"),
    Fault("dates", START, "volatility: low", "volatility: medium", "review_by", "365 days"),
    Fault("dates", START, "volatility: low", "volatility: high", "review_by", "365 days"),
    Fault(
        "dates",
        START,
        "review_by: 2027",
        "review_by: 2026",
        "review_by",
        "0 days",
        also={"overdue"},
    ),
    Fault("facts", START, "facts: [F01]", "facts: []", "facts", "cited but not listed"),
    Fault("facts", START, "answered [F01]", "answered", "facts", "listed but not cited"),
    Fault("best", START, "best: true", "best: false", f"id: {ID}", ID),
    Fault("best", START, "Act first.", "Act first.\n        best: true", f"id: {ID}", ID),
    Fault("check-id", START, "code: M01", "code: M09", f"id: {ID}", ID),
    Fault("objective", START, "  - Choose", "  - Run.\n  - Choose", "  - Choose", "Choose"),
    Fault(
        "minutes", START, "minutes: 20", "minutes: 24", "minutes", "come to 20", also={"catalogue"}
    ),
    Fault(
        "minutes", START, "minutes: 20", "minutes: 16", "minutes", "come to 20", also={"catalogue"}
    ),
    Fault("part", START, "Allow 5", "Allow 4", "## Why this", "Why this matters: a case: 4"),
    Fault("part", START, "Allow 10", "Allow 13", "## Doing it", "Doing it: 13"),
    Fault(
        "part",
        START,
        check("M01", 0),
        check("M01", 0, words=9),
        "checks:",
        "Check yourself: 4 minutes",
    ),
    Fault("reading", START, "Seven", "a. " * 2100, "minutes:", "of 20", also={"minutes", "part"}),
    Fault("sections", START, "### What may", "### Whatever may", TEXT, "What may change"),
    Fault("sections", START, HERE_THEN_DO, DO_THEN_HERE, TEXT, "(Do it)"),
    Fault("template", START, "```template", "```text", TEXT),
    Fault("heading", START, "### How it", "# Loud\n### How it", "# Loud", "# Loud"),
    Fault("heading", HELP, "## In short", "# In short", "# In short", "# In short"),
    Fault("alt-text", HELP, "Ask.", "Ask.\n![ ](a.png)", "a.png", "a.png"),
    Fault("heading", START, "### How it", "#### How it", "#### How", "#### How it works here"),
    Fault("alt-text", HELP, "Ask.", "```mermaid\nA --> B\n```\n\nAsk.", "```mermaid", "mermaid"),
    Fault("link", HELP, "Ask.", f"Ask [them]({ELSEWHERE}).", ELSEWHERE, ELSEWHERE),
    Fault("link", START, "Both are needed.", "See www.example.com.", "www.", "www.example.com"),
    Fault(
        "sentence", HELP, "Ask.", f"Ask {'them ' * 35}now.", "Ask them", "37 words: Ask them them"
    ),
    Fault("sentence", NEW, "Newly appointed.", f"Newly {'so ' * 35}.", "description", "36 words"),
    Fault("abbreviation", START, "Seven people", "Seven XYZs", "Seven XYZ", "(XYZ)"),
    Fault("abbreviation", START, "Both are needed.", "One CCIO is.", "One CCIO", "(CCIO)"),
    Fault("number", START, "In England.", "In England.\n43% do.", "43% do", "(43)"),
    Fault("number", START, "In England.", "Since 2019.", "Since 2019", "(2019)"),
    Fault("number", START, "Keep it.", "It costs £5.", "It costs", "(5)"),
    Fault("number", START, "Keep it.", "Of 1,500 trusts.", "Of 1,500", "(1,500)"),
    Fault("number", START, "Both are needed.", "Needed by 101.", "Needed by", "(101)"),
    Fault("number", HELP, "Ask.", "Ask 43 per cent.", "Ask 43", "(43)"),
    Fault("number", "actions/manage.md", "Your notes.", "250 notes.", "250 notes", "(250)"),
    Fault(
        "places",
        START,
        check("M01", 1),
        check("M01", 1, place=0),
        "checks:",
        "first in 3 of 5 questions",
    ),
    Fault("longest", START, SOUND[START], TELLING, "checks:", "all modules: in 5 of 10 questions"),
    Fault("catalogue", "catalogue.yml", "20", "25", "minutes: 20", "20, agreed 25", where=START),
    Fault(
        "catalogue",
        "catalogue.yml",
        "next:\n  minutes: 20\n",
        "",
        "minutes: 20",
        "not in catalogue.yml",
        where=NEXT,
    ),
    Fault("unknown", "catalogue.yml", "next:", "nxt:\n  minutes: 20\nnext:", "nxt:", "nxt"),
    Fault("html", "domains/change.md", "order: 1\n---\n", "order: 1\n---\n<b>B</b>\n", "<b>"),
    Fault(
        "quick-start",
        MANAGE,
        SOUND[MANAGE],
        WORDY,
        1,
        "4.4 minutes",
        where=NEW,
        also={"sentence"},
    ),
    Fault("action", "actions/manage.md", "step: 5", "step: 4", 1, "level 4 to 5", where=MANAGE),
    Fault("figure", SEVEN, "count: 3", "count: 2", "code: V12-01", "counts come to 6, n: 7"),
    Fault("figure", SEVEN, "        count_status: derived\n", "", "key: most", "without its label"),
    Fault("figure", SEVEN, "count: 6", "count: 5", "key: most", "5 of 7 is not 0.86"),
    Fault("figure", SEVEN, "rank: 3", "proportion: 0.5", "key: third", "carries no number"),
    Fault("figure", SEVEN, "verbal: most", "count: 5", "key: said", "carries no number"),
    Fault("figure", SEVEN, "status: verbal", "status: rank_only", "key: said", "verbal"),
    Fault("figure", SEVEN, "candidates: [[4, 6]]", "count: 5", "key: thirds", "not known"),
    Fault("figure", SEVEN, "[[4, 6]]", "[[7, 6]]", "key: thirds", "7 of 6"),
    Fault("figure", SEVEN, "[[4, 6]]", "[]", "key: thirds", "candidates"),
    Fault("figure", SEVEN, "count: 7", "count: 6", "key: all", "published_all, but 6 of 7"),
    Fault("figure", SEVEN, "    n: 7\n", "    n: 8\n", "code: V12-01", "7 answered the survey"),
    Fault("figure", SEVEN, "kind: single", "kind: mean", "code: V12-01", "belongs to a mean"),
    Fault(
        "twice",
        SEVEN,
        "code: V12-02",
        "code: V12-01 # again",
        "# again",
        "V12-01",
        also={"question"},
    ),
    Fault("twice", SEVEN, "key: two", "key: one", 'label: "Two', "V12-01 one"),
    Fault("facts", SEVEN, "[F01].", "indeed.", "facts:", "F01 is listed but not cited"),
    Fault("unknown", SEVEN, "source: KING", "source: QUEEN", "source:", "QUEEN"),
    Fault("unknown", ROLE, "baseline: seven", "baseline: eight", "baseline", "eight"),
    Fault("question", ROLE, "pairs: {one:", "pairs: {six:", "- {beside", "has no result six"),
    Fault("question", ROLE, "one: [one]", "one: [six]", "- {beside", "no choice six"),
    Fault("question", ROLE, "beside: V12-01", "beside: V12-09", "- {beside", "V12-09 is no item"),
    Fault("question", ROLE, "spent: A3", "spent: A1", "workload", "question for a number"),
    *(
        Fault("question", ROLE, old, new, at, says, also=frozenset({"wording"}))
        for old, new, at, says in [
            ("question: A1,", "question: A9,", "code: A2", "A9 is no earlier question"),
            ("any: [one, two]", "any: [six]", "code: A2", "A1 has no choice six"),
            ("among: A1", "among: A3", "code: A2", "A3 is no earlier multiple question"),
            ("kind: single", "kind: rank", "code: A2", "at_most: needed"),
            ("kind: single", "kind: text", "code: A2", "text has none"),
            ("kind: single", "kind: single\n        at_most: 1", "code: A2", "not for single"),
            ("kind: single", "kind: single\n        lowest: 1", "code: A2", "not for single"),
            ("[0, 2, 5]", "[0, 2, 4]", "code: A3", "must rise from lowest to highest"),
            ("[0, 2, 5]", "[5]", "code: A3", "at least 2 bands"),
            ('label: "Two"', 'label: "One"', "code: A1", "a label stands twice"),
            ("key: two", "key: one", "code: A1", "a key stands twice"),
            ("code: A2", "code: B2", "code: B2", "the code must start with A"),
            ("code: A2", "code: A1 # again", "# again", "the code stands twice"),
        ]
    ),
    Fault("wording", ROLE, "Which of them most?", "Which one?", "code: A2", "(A2)"),
    Fault("wording", ROLE, 'title: "You"', 'title: "Me"', "code: A1", "(A1)"),
    Fault(
        "wording", ROLE, "highest: 5\n", "highest: 5\n        or_more: true\n", "code: A3", "(A3)"
    ),
    Fault("lock", START, ID, OTHER_ID, 1, OTHER_ID, where="ids.lock", also={"gone"}),
    Fault("gone", START, ID, OTHER_ID, f"check {ID}", ID, where="ids.lock", also={"lock"}),
]
TODAY = date(2027, 1, 1)


def fault_name(fault):
    return re.sub(r"[^a-z0-9.]+", "-", f"{fault.rule} {fault.file} {fault.new[:30]}".lower())


class TestEachFault:
    def test_the_small_library_has_none(self, content):
        assert content.findings(today=TODAY) == []
        assert set(library.load(content.root).module) == {"start", "next"}

    def test_every_rule_is_tried(self):
        assert {fault.rule for fault in FAULTS} == set(library.RULES)

    @pytest.mark.parametrize("fault", FAULTS, ids=fault_name)
    def test_is_found_on_its_line_with_a_hint_and_nothing_else_is(self, content, fault):
        content.change(fault.file, fault.old, fault.new)
        where = fault.where or fault.file
        line = content.line(where, fault.at) if isinstance(fault.at, str) else fault.at

        findings = content.findings(today=TODAY)

        label, hint = library.RULES[fault.rule]
        start = f"{where}:{line}: "
        said = [str(one) for one in findings if one.rule == fault.rule]
        assert any(one.startswith(start) and fault.says in one for one in said), said
        assert all(label in one and one.endswith(hint) for one in said)
        assert {one.rule for one in findings} == {fault.rule, *fault.also}


class TestWhatIsNoFault:
    """What a check that counts characters would find, and a reader would not."""

    @pytest.mark.parametrize(
        "words",
        [
            pytest.param("Of these 43% agreed [F01].", id="cited in the same paragraph"),
            pytest.param("So it is [F01].\n\n- 43%", id="a list after its cited introduction"),
            pytest.param("Since the report of 2012.", id="in the text of a listed fact"),
            pytest.param("It is 14:30 in 7 of 12 wards.", id="times and small numbers"),
            pytest.param('"It is at 99%," they say.', id="what somebody says"),
            pytest.param("> By 2030 it is 99%.", id="words to copy"),
            pytest.param("A made-up trust has 43%.", id="said to be made up"),
            pytest.param("Larkbridge had 43% in 2019.", id="told of a made-up place"),
            pytest.param("Larkbridge had it.\n\nIt was 43%.", id="a story told on"),
            pytest.param("Write 150 words.", id="what the reader is to write"),
        ],
    )
    def test_in_a_number(self, content, words):
        content.change("facts.yml", "Seven people", "In 2012 seven people")
        content.change(START, "answers:", "fiction: [Larkbridge]\nanswers:")
        content.change(START, "In England.", words)

        assert content.found() == []

    @pytest.mark.parametrize(
        "words",
        [
            pytest.param("Ask the chief clinical information officer (CCIO).", id="in brackets"),
            pytest.param("Ask two new things (NTs).", id="in brackets, several"),
            pytest.param("Ask the CCIO, the chief clinical information officer.", id="beside it"),
            pytest.param("The XYZ is a thing. Ask the XYZ.", id="what it is"),
            pytest.param("| XYZ, xylophone yoghurt zebra |", id="by its initials"),
            pytest.param("Ask the NHS.", id="known to everybody"),
            pytest.param("See DCB0129 and ISO 13485, level AA, part IV.", id="names and grades"),
            pytest.param('"Ask the XYZ," they say.', id="what somebody says"),
            pytest.param("Do it NOW. Do it now.", id="a loud word"),
        ],
    )
    def test_in_an_abbreviation(self, content, words):
        everyday = "NHS:\n  long: National Health Service\n  everyday: true\n  means: It.\n"
        content.write("glossary.yml", GLOSSARY + everyday)
        content.change(START, "In England.", words)

        assert content.found() == []

    @pytest.mark.parametrize(
        "words",
        [
            pytest.param(f"{'Ask them. ' * 20}", id="many short ones"),
            pytest.param(f"Ask: {'him, her and them; ' * 12}", id="a list with semicolons"),
            pytest.param(f"> Ask {'them ' * 40}.", id="as its speaker left it"),
            pytest.param(f"| {'Ask ' * 20}| {'Ask ' * 20}|", id="two cells"),
        ],
    )
    def test_in_a_sentence(self, content, words):
        content.change(HELP, "Ask.", words)

        assert content.found() == []

    def test_in_an_address_that_a_source_has(self, content):
        content.change(HELP, "Ask.", "Ask [them](https://example.org/report). ![It](a.png)")

        assert content.found() == []

    def test_in_minutes_with_a_reason(self, content):
        content.change("catalogue.yml", "minutes: 20", "minutes: 25")
        content.change(START, "minutes: 20", "minutes: 20\nminutes_reason: It was cut.")

        assert content.found() == []

    def test_in_a_diagram_that_is_said_in_words(self, content):
        content.change(HELP, "Ask.", "```mermaid\nA --> B\n```\n\nIn words: from A to B.")

        assert content.found() == []

    def test_in_a_draft(self, content):
        content.change(START, "In England.", f"43% of XYZ {'do ' * 40}in 2019.")
        content.change(START, "status: beta", "status: draft")

        assert {one.rule for one in content.findings()} == set()


class TestAnswers:
    def test_that_always_stand_first_are_told_for_the_library(self, content):
        for file, code in ((START, "M01"), (NEXT, "M02")):
            for number in range(5):
                content.change(file, check(code, number), check(code, number, place=0))

        details = {one.detail for one in content.findings() if one.rule == "places"}

        assert "all modules: first in 10 of 10 questions" in details


class TestLines:
    """Lines that are named today are not the nearest ones; each of these should be."""

    def test_a_level_without_words_is_found_on_its_own_line(self, content):
        content.change(MANAGE, '"Does it alone."', '""')

        assert content.found() == [("field", MANAGE, content.line(MANAGE, '  3: ""'))]

    def test_a_day_that_does_not_exist_is_found_on_its_own_line(self, content):
        content.change("facts.yml", "2026-11-22", "2026-02-30")

        assert ("unreadable", "facts.yml", content.line("facts.yml", "02-30")) in content.found()

    def test_a_wrong_name_in_a_list_is_found_on_its_own_line(self, content):
        content.change(
            FIRST, "[start, next, later]", "\n  - start\n  - next\n  - sooner\n  - later"
        )

        assert content.found() == [("unknown", FIRST, content.line(FIRST, "- sooner"))]

    def test_a_circle_is_found_on_the_line_that_closes_it(self, content):
        content.change(START, "prerequisites: []", "prerequisites: [next]")

        [path] = [one.path for one in content.findings() if one.rule == "cycle"]

        assert ("cycle", path, content.line(path, "prerequisites")) in content.found()

    def test_a_vanished_id_is_found_on_its_own_line(self, content):
        content.write("ids.lock", "# A note.\nskill vanished\n" + content.read("ids.lock"))

        assert content.found() == [("gone", "ids.lock", 2)]


class TestAVersionThatWasShown:
    def test_may_learn_what_it_stands_beside(self, content):
        content.change(ROLE, 'match: "E"', 'match: "N"')

        assert content.found() == []

    def test_keeps_its_words_when_the_list_is_extended(self, content):
        content.change(ROLE, "How many days?", "How many hours?")
        library.extend_lock(content.root)

        assert content.found() == [("wording", ROLE, content.line(ROLE, "code: A3"))]

    def test_keeps_its_words_when_it_is_retired(self, content):
        content.change(ROLE, "status: beta", "status: retired")
        content.change(ROLE, "How many days?", "How many hours?")

        assert [rule for rule, _, _ in content.found()] == ["wording"]

    def test_loses_no_question(self, content):
        text = content.read(ROLE)
        without = text[: text.index("      - code: A2")] + text[text.index("      - code: A3") :]
        content.write(ROLE, without)

        assert {one.detail for one in content.findings()} == {"A2", "A3"}

    def test_gives_way_to_another_version_in_a_file_of_its_own(self, content):
        text = content.read(ROLE).replace("version: 1", "version: 2")
        content.write("instruments/role-2.md", text.replace("How many days?", "How many hours?"))
        content.change(ROLE, "status: beta", "status: retired")

        assert {rule for rule, _, _ in content.found()} == {"lock"}

        library.extend_lock(content.root)

        assert content.found() == []
        [instrument] = library.load(content.root).instrument.values()
        assert instrument.question["A3"].ask == "How many hours?"

    def test_is_one_file(self, content):
        content.write("instruments/role-2.md", content.read(ROLE))
        library.extend_lock(content.root)

        assert [(one.rule, one.detail) for one in content.findings()] == [
            ("twice", "ROLE version 1, also in instruments/role-2.md")
        ]


class TestEverythingAtOnce:
    FIVE = (
        ("modules/start.md", "nations: [England]", "nations: [Utopia]", "field"),
        ("modules/next.md", "facts: [F01]", "facts: []", "facts"),
        ("pages/help.md", "## In short", "# In short", "heading"),
        ("skills/manage.md", "domain: change", "domain: chance", "unknown"),
        ("paths/first.md", "code: P1", "code: P1: x", "unreadable"),
    )

    def test_faults_in_five_files_are_all_told(self, content):
        for file, old, new, _ in self.FIVE:
            content.change(file, old, new)

        findings = content.findings()

        assert {(one.path, one.rule) for one in findings} == {(f, r) for f, _, _, r in self.FIVE}
        assert findings == sorted(findings)

    def test_the_app_refuses_to_load_and_lists_them_all(self, content):
        for file, old, new, _ in self.FIVE:
            content.change(file, old, new)

        with pytest.raises(library.BrokenContentError) as refusal:
            library.load(content.root)

        count, *listed = str(refusal.value).splitlines()
        assert count == f"{len(listed)} errors in {content.root}"
        assert listed == [str(one) for one in content.findings()]
        assert len(listed) >= len(self.FIVE)

    def test_a_warning_stops_nothing(self, content):
        content.change(START, "review_by: 2027-11-22", "review_by: 2026-12-31")

        assert [one.severity for one in content.findings(today=TODAY)] == ["warning"]
        assert library.load(content.root).module["start"].review_by == date(2026, 12, 31)

    def test_a_review_date_is_past_the_day_after_it(self, content):
        assert content.found(today=date(2027, 11, 22)) == []
        assert {rule for rule, _, _ in content.found(today=date(2027, 11, 23))} == {"overdue"}

    def test_an_empty_folder_misses_what_must_be_there(self, tmp_path):
        found = {(one.path, one.rule, one.detail) for one in library.check(tmp_path)}

        needed = (
            "catalogue.yml",
            "facts.yml",
            "framework.yml",
            "glossary.yml",
            "planned.yml",
            "sources.yml",
            "synonyms.yml",
        )
        assert found == {(name, "unreadable", "the file is missing") for name in needed}

    def test_two_circles_are_both_told(self, content):
        content.change(START, "prerequisites: []", "prerequisites: [start]")
        content.change(NEXT, "prerequisites: [start]", "prerequisites: [next]")

        circles = {one.path for one in content.findings() if one.rule == "cycle"}

        assert circles == {START, NEXT}

    def test_a_module_that_is_written_and_still_planned_is_told(self, content):
        content.change("planned.yml", "later:", "later:" + PLANNED.removeprefix("later:") + "next:")
        content.change("planned.yml", "next:\n  code: M03", "next:\n  code: M04")

        assert ("twice", "planned.yml", content.line("planned.yml", "next:")) in content.found()

    def test_an_earlier_slug_that_is_in_use_is_told(self, content):
        content.change(MANAGE, "title:", "formerly: [engage]\ntitle:")

        assert ("twice", MANAGE, content.line(MANAGE, "formerly")) in content.found()


class TestNeighbours:
    """A broken file is found; the files that point at it are not blamed."""

    @pytest.mark.parametrize(
        ("file", "old", "new"),
        [
            ("skills/engage.md", "code: CHANGE-1", "code: CHANGE-1: x"),
            ("skills/engage.md", "levels:", "stages:"),
            ("domains/change.md", "order: 1", "order: first"),
            ("domains/change.md", "order: 1", "order: [1"),
            ("profiles/new.md", "order: 1", "order: 0"),
            ("profiles/new.md", "targets:", "targets: {"),
            ("actions/engage.md", "step: 1", "step: none"),
            ("modules/start.md", "minutes: 20", "minutes: soon"),
            ("paths/first.md", "code: P1", "code: p1"),
            ("sources.yml", "grade: Vp", "grade: A"),
            ("facts.yml", "grade: V", "grade: A"),
            ("planned.yml", "level: 2", "level: two"),
            pytest.param(
                *("modules/start.md", "title: Start", "title: Start: x"),
            ),
            pytest.param(
                *("sources.yml", "grade: Vp", "grade: Vp: x"),
            ),
            pytest.param(
                *("facts.yml", "grade: V", "grade: V: x"),
            ),
            pytest.param(
                *("planned.yml", "level: 2", "level: 2: x"),
            ),
        ],
    )
    def test_are_not_blamed(self, content, file, old, new):
        content.change(file, old, new)

        assert {one.path for one in content.findings()} == {file}


class TestReading:
    @pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "byte-order mark"])
    @pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
    def test_files_of_any_editor_are_read_alike(self, content, end, mark):
        sound = library.load(content.root)
        for name in (*SOUND, "ids.lock"):
            content.write(name, mark + content.read(name).replace("\n", end))

        assert content.findings() == []
        assert library.load(content.root) == sound

    def test_lines_are_counted_alike_in_a_windows_file(self, content):
        content.change(HELP, "Ask.", "Ask.\n# Loud")
        line = content.line(HELP, "# Loud")
        content.write(HELP, "\ufeff" + content.read(HELP).replace("\n", "\r\n"))

        assert content.found() == [("heading", HELP, line)]

    def test_what_is_no_utf_8_text_is_told(self, content):
        (content.root / HELP).write_bytes(b"---\ntitle: caf\xe9\nstatus: beta\n---\n")

        [finding] = content.findings()

        assert (finding.rule, finding.path) == ("unreadable", HELP)
        assert "UTF-8" in finding.detail

    def test_code_in_a_fence_is_no_heading_and_no_html(self, content):
        content.change(HELP, "Ask.", "```\n# a comment\n<b>\n```")

        assert content.findings() == []

    def test_a_file_may_end_with_its_front_matter(self, content):
        content.write(FIRST, content.read(FIRST).rstrip("\n"))

        assert content.findings() == []


@pytest.fixture(scope="module")
def one_content(tmp_path_factory):
    """One folder for all examples of a property; each example puts its file back."""
    return Content(tmp_path_factory.mktemp("content"))


class TestAnythingAnAuthorMayType:
    @given(
        data=st.data(),
        value=st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=8),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.text(max_size=8), inner, max_size=3)
            ),
            max_leaves=4,
        ),
    )
    @settings(max_examples=100, deadline=None)
    def test_any_value_in_any_field_is_judged_and_breaks_nothing(self, one_content, data, value):
        file = data.draw(st.sampled_from(sorted(SOUND)))
        fields = re.findall(r"^ *(?:- )?\w+: .+$", SOUND[file].split("\n---\n")[0], re.MULTILINE)
        old = data.draw(st.sampled_from(fields))
        new = f"{old.split(': ')[0]}: {json.dumps(value)}"
        one_content.write(file, SOUND[file].replace(old, new, 1))

        findings = one_content.findings()

        one_content.write(file, SOUND[file])
        length = SOUND[file].count("\n") + 1
        assert all((one_content.root / one.path).is_file() for one in findings)
        assert all(1 <= one.line <= length for one in findings if one.path == file)

    @given(noise=st.binary(max_size=60), file=st.sampled_from(sorted(SOUND)))
    @settings(max_examples=60, deadline=None)
    def test_a_file_of_noise_is_told(self, one_content, noise, file):
        (one_content.root / file).write_bytes(noise)

        found = one_content.found()

        one_content.write(file, SOUND[file])
        assert any(path == file for _, path, _ in found)

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            pytest.param("title: Start", "title: {{name}}", id="a mapping as a key"),
            pytest.param("title: Start", "title: &x [*x]", id="an alias of itself"),
            pytest.param("title: Start", "title: Start\nformerly: 3", id="formerly is a number"),
            pytest.param("checks:", "checks: 3\nsame:", id="checks are a number"),
        ],
    )
    def test_odd_front_matter_is_told(self, content, old, new):
        content.change(START, old, new)

        assert START in {one.path for one in content.findings()}


class TestTheLock:
    def test_takes_in_new_ids_and_keeps_old_ones(self, content):
        before = content.read("ids.lock").splitlines()
        content.write("modules/more.md", module("M04", title="More"))

        new = library.extend_lock(content.root)

        assert new == 6, "the module and its five questions"
        assert set(before) < set(content.read("ids.lock").splitlines())
        assert content.findings() == []

    def test_a_second_time_changes_nothing(self, content):
        before = content.read("ids.lock")

        assert library.extend_lock(content.root) == 0
        assert content.read("ids.lock") == before

    def test_a_retired_module_keeps_its_ids(self, content):
        content.change(START, "status: beta", "status: retired")

        assert content.findings() == []
        assert "start" not in library.load(content.root).module

    def test_a_file_may_take_a_new_name_when_it_says_its_old_one(self, content):
        content.write("skills/lead.md", content.read("skills/engage.md"))
        (content.root / "skills/engage.md").unlink()
        for file in ("profiles/new.md", "actions/engage.md", START, NEXT, "planned.yml"):
            content.write(file, re.sub(r"engage(?=[:\]\n])", "lead", content.read(file)))
        library.extend_lock(content.root)

        assert {one.detail for one in content.findings()} == {"skill engage"}

        content.change("skills/lead.md", "title:", "formerly: [engage]\ntitle:")

        assert content.findings() == []
        assert library.load(content.root).find_skill("engage").slug == "lead"

    def test_a_draft_is_not_locked(self, content):
        content.write("modules/more.md", module("M04", title="More").replace("beta", "draft"))
        content.write("paths/second.md", PATH.replace("P1", "P2").replace("beta", "draft"))

        assert library.extend_lock(content.root) == 0
