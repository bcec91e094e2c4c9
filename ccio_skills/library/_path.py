"""A learning path: whom it is for, its modules and milestones, and the task at its end."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Annotated

from pydantic import Field

from ccio_skills.library._base import Code, Content, FactId, Frozen, Line, Text
from ccio_skills.vocabulary import Slug

_CLOSING = re.compile(r"^## +Closing task *$", re.MULTILINE)


class Milestone(Frozen):
    """A place on a path at which something is reached."""

    title: Line
    """What is reached, in a few words."""

    after: Slug
    """The last module before it; milestones stand in reading order."""

    means: Text
    """What a reader can now do or show."""


class Path(Content):
    """A reading order of modules towards a role.

    The text opens the path: how it maps to the profile, what it reaches and what it does not.
    Hours stand nowhere in it: they are counted from the modules. It ends with ``## Closing task``
    and the template of that task.
    """

    code: Code
    """Short code, kept for ever: P1."""

    profile: Slug
    """Profile it leads to."""

    summary: Line
    """What the path is for, in one sentence."""

    for_whom: Line
    """Whom it is for, in one sentence."""

    outcomes: Annotated[tuple[Line, ...], Field(min_length=1)]
    """What a reader will be able to do at the end, each starting with a verb."""

    modules: Annotated[tuple[Slug, ...], Field(min_length=1)]
    """Module slugs in reading order, each after all it needs; planned.yml counts."""

    milestones: Annotated[tuple[Milestone, ...], Field(min_length=2)]
    """Two to four places at which something is reached."""

    closing_task: Text
    """What to do at work at the end; its template stands in the text, below ## Closing task."""

    evidence: Text
    """What the closing task yields for a portfolio, and what it does not show."""

    facts: tuple[FactId, ...] = ()
    """Every fact that the text cites as [F44], and no other."""

    @cached_property
    def opening(self) -> str:
        """The text above the closing task."""
        return _CLOSING.split(self.body, maxsplit=1)[0].strip()

    @cached_property
    def closing(self) -> str:
        """The text below the heading of the closing task, with the template; empty without one."""
        return "".join(_CLOSING.split(self.body, maxsplit=1)[1:]).strip()
