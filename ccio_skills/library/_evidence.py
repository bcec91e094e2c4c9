"""What content rests on: sources, facts, the glossary and words that readers use alike."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from ccio_skills.library._base import FactId, Frozen, Line, Text

Word = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]+$")]
SourceKey = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9-]{2,20}$")]


class Source(Frozen):
    """Something that was read, with where, when and how good it is."""

    key: SourceKey
    """Short key."""

    title: Text
    """What it is called and who made it."""

    address: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    """Where a copy was found; ``null`` when only the title is known."""

    grade: Literal["Vp", "Vs", "K"]
    """Vp owner's page or primary paper seen; Vs secondary page seen; K not retrieved."""

    read: date | None = None
    """Day on which it was last read; ``null`` for grade K."""

    note: Line | None = None
    """What to know about the address or the copy."""


class Fact(Frozen):
    """One statement that content may make."""

    id: FactId
    """F and a number, kept for ever."""

    topic: Line
    """What it is about."""

    text: Text
    """The statement."""

    grade: Literal["V", "Vs", "K"]
    """V verified in a source; Vs secondary source only; K own knowledge, not verified."""

    sources: tuple[SourceKey, ...]
    """Keys of the sources it rests on; empty only for grade K."""

    checked: date
    """Day on which it was last compared with them."""

    note: Line | None = None
    """What weakens it."""

    @model_validator(mode="after")
    def _has_a_source(self) -> Self:
        if not self.sources and self.grade != "K":
            raise ValueError(f"{self.id} is graded {self.grade} and names no source")
        return self


class Term(Frozen):
    """One entry of the glossary."""

    term: Line
    """The word or abbreviation."""

    long: Line | None = None
    """What the abbreviation stands for."""

    means: Text
    """What it means, in one or two plain sentences."""

    everyday: bool = False
    """True for an abbreviation that every reader knows, so that no text need explain it."""

    plain: bool = False
    """True for a word that texts also use in its plain sense: there it does not open."""


class Synonym(Frozen):
    """A word, and other words that readers use for it."""

    word: Word
    """The word, single, in its commonest form."""

    alike: Annotated[tuple[Word, ...], Field(min_length=1)]
    """Words for which a search for it looks as well, and the other way round."""
