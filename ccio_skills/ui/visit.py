"""One person looking at one page, once."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

from ccio_skills.library import Library
from ccio_skills.vocabulary import Person, Role


@dataclass(frozen=True)
class Place:
    """What a page may know about the installation it runs in."""

    store: str = "a store in memory"
    """Where the answers lie, in words for the person."""

    store_file: Path | None = None
    is_demo: bool = False
    personas: tuple[str, ...] = ()
    """Whom a visitor of the demonstration may look as."""
    is_shared: bool = False
    """Whether people sign in here."""
    operator: str = ""
    """Who runs a shared installation, in words."""
    terms: tuple[str, ...] = ()
    """How long a shared installation keeps what; sentences for the privacy page."""
    mistakes_address: str = ""
    address: str = ""
    """Where people open the app: scheme and host, for links that leave it."""
    post: Callable[..., None] | None = None
    """Sends a letter: ``to``, ``subject``, ``text``, ``html``; ``None`` where none can be sent."""


@dataclass(frozen=True)
class Visit:
    """Everything a page may know. Made anew for every rerun."""

    person: Person
    db: Session
    library: Library
    now: datetime
    place: Place = field(default_factory=Place)
    links: Mapping[str, Any] = field(default_factory=dict)
    params: Mapping[str, str] = field(default_factory=dict)
    """The query string: ``?module=slug``."""
    session: str = ""
    """Which sign-in this is; empty where nobody signs in."""
    is_still_here: Callable[[Session], bool] = lambda _db: True
    """Asks the store whether the sign-in still counts."""
    notice: str = ""
    """Why somebody who was signed in is not any more."""

    def link(self, path: str) -> Any:  # noqa: ANN401 - Streamlit keeps its page type private
        """Return the Streamlit page registered under ``path``."""
        return self.links[path]


class SignedOutError(PermissionError):
    """The sign-in that opened a page has ended since."""


@contextmanager
def again(visit: Visit) -> Iterator[Visit]:
    """Visit once more with an open session: for what runs after the page's own was closed.

    Raises:
        SignedOutError: The sign-in has ended since the page was drawn.
    """
    with Session(visit.db.get_bind()) as db:
        if not visit.is_still_here(db):
            raise SignedOutError("You were signed out. Reload the page.")
        yield dataclasses.replace(visit, db=db)


@dataclass(frozen=True)
class Page:
    """A page of the app."""

    path: str
    title: str
    show: Callable[[Visit], None]
    is_in_menu: bool = True
    roles: frozenset[Role] = frozenset({Role.LEARNER})
