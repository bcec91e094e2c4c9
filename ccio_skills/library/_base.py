"""What every content file has, and the small types its fields are made of."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from ccio_skills.vocabulary import Slug

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=240)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z]+(?:-?[0-9]{1,4})?$")]
FactId = Annotated[str, StringConstraints(pattern=r"^F[0-9]{2,3}$")]


class Status(StrEnum):
    """Where a file is in its life. Only ``beta`` and ``active`` files are shown to learners."""

    DRAFT = "draft"
    BETA = "beta"
    ACTIVE = "active"
    RETIRED = "retired"

    @property
    def is_shown(self) -> bool:
        """True when learners see the file."""
        return self in (Status.BETA, Status.ACTIVE)


class Frozen(BaseModel):
    """A value that refuses unknown fields; its field docstrings are the author's manual."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Content(Frozen):
    """The fields every markdown file shares."""

    slug: Slug
    """Taken from the file name; permanent once the file has been shown."""

    title: Line
    """What readers see in menus and headings; sentence case, no full stop."""

    status: Status = Status.DRAFT
    """How far along the file is: draft, beta, active or retired."""

    formerly: tuple[Slug, ...] = ()
    """Earlier slugs of this file, so that old answers and links still find it."""

    body: str = Field(default="", repr=False)
    """The markdown below the front matter; headings start at ##."""
