"""The front door: who is visiting, which pages they may open, in which order."""

from __future__ import annotations

import dataclasses
import functools
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from ccio_skills import demo, library, mail, settings, store, ui, wording
from ccio_skills.assess.pages import PAGES as ASSESS
from ccio_skills.cohorts.pages import PAGES as COHORTS
from ccio_skills.home.pages import PAGES as HOME
from ccio_skills.learn.pages import PAGES as LEARN
from ccio_skills.manage.pages import PAGES as MANAGE
from ccio_skills.people import commands as people_commands
from ccio_skills.people import queries as people_queries
from ccio_skills.people import rules as people_rules
from ccio_skills.people.pages import PAGES as PEOPLE
from ccio_skills.people.pages import closed, sign_in
from ccio_skills.survey.pages import PAGES as SURVEY
from ccio_skills.ui import Page, Visit, theme
from ccio_skills.vocabulary import Person, PersonId, Pool, Role

_MENU = ("home", "rate", "gaps", "plan", "library", "progress", "me", "cohorts", "organisation")
_ME = Person(PersonId(1), "You")
_VISITOR = Person(PersonId(0), "", frozenset({Role.VISITOR}))


def pages() -> Sequence[Page]:
    """Return every page, those of the menu first and in its order."""
    rooms = (*HOME, *ASSESS, *LEARN, *PEOPLE, *COHORTS, *SURVEY, *MANAGE)
    every = {page.path: page for page in rooms}
    return [*(every.pop(path) for path in _MENU), *every.values()]


def run(visit: Visit, *, landing: str = "home", every: Sequence[Page] | None = None) -> None:
    """Draw the menu and the page the person is on.

    Args:
        visit: Who is looking.
        landing: Path of the page shown first.
        every: The pages there are; the app's own by default.
    """
    links: dict[str, Any] = {}
    visit = dataclasses.replace(visit, links=links)
    # One flat list: section headings in the menu fail WCAG 1.3.1 in Streamlit 1.67.
    chosen = st.navigation(
        [_register(one, visit, links, landing) for one in every or pages()], position="top"
    )
    # Drawn before the page and always in the same place, so that changing pages never unstyles one.
    st.html(f"<style>{theme.style_sheet()}</style>")
    chosen.run()


def _register(page: Page, visit: Visit, links: dict[str, Any], landing: str) -> Any:  # noqa: ANN401
    is_open = bool(page.roles & visit.person.roles)
    is_first = page.path == landing
    links[page.path] = st.Page(
        functools.partial(page.show, visit) if is_open else _stand_in(page, visit, is_first),
        title=page.title if is_open else "Sign in" if _is_visitor(visit) else "Not open to you",
        url_path=page.path,
        default=is_first,
        visibility="visible" if page.is_in_menu and is_open else "hidden",
    )
    return links[page.path]


def _stand_in(page: Page, visit: Visit, is_first: bool) -> Callable[[], None]:
    """Return what stands at the address of a page that is not open: a way in, or the reason."""
    stands_in = sign_in if _is_visitor(visit) else closed
    return functools.partial(stands_in, visit, "" if is_first else page.path)


def _is_visitor(visit: Visit) -> bool:
    return Role.VISITOR in visit.person.roles


@functools.lru_cache(maxsize=4)
def _engine(url: str, pool: Pool) -> Engine:
    return store.open_engine(url, pool=pool)


@functools.lru_cache(maxsize=2)
def _library(content: Path) -> library.Library:
    return library.load(content)


def warm_up() -> None:
    """Load content and open the store, so that the first visitor waits for neither."""
    here = settings.read()
    _library(here.content)
    _engine(here.database_url, here.pool)


_AWAY = "shell:away"
_LONGEST_AWAY = timedelta(minutes=5)


@contextmanager
def _keep_trying() -> Iterator[None]:
    """Draw the page again until the server of a shared store answers.

    What the person typed or chose stays on the screen, and is saved by the run that succeeds.
    """
    try:
        yield
    except SQLAlchemyError as error:
        since = st.session_state.setdefault(_AWAY, datetime.now(UTC))
        away = datetime.now(UTC) - since
        if not store.is_away(error) or away > _LONGEST_AWAY:
            raise
        st.toast("The store does not answer. Trying again; leave this page open.", duration="long")
        time.sleep(min(1 + away.total_seconds() / 4, 5))
        st.rerun()
    st.session_state.pop(_AWAY, None)


@contextmanager
def open_visit() -> Iterator[Visit]:
    """Open a visit for whoever is here, and close its session whatever happens."""
    root, here = settings.root(), settings.read()
    icon = root / "static" / "icon.png"
    st.set_page_config(page_title="CCIO Skills", page_icon=str(icon), layout="wide")
    scheme = "dark" if st.context.theme.type == "dark" else "light"
    st.logo(root / "static" / f"logo-{scheme}.svg", size="large")
    with _keep_trying(), Session(_engine(here.database_url, here.pool)) as db:
        visit = Visit(
            person=_ME,
            db=db,
            library=_library(here.content),
            now=datetime.now(UTC),
            place=_place(here),
            params=st.query_params.to_dict(),
        )
        if here.sign_in:
            visit = _identify(visit, here.sign_in)
        elif here.is_demo:
            visit = _play(visit)
        yield visit


def _place(here: settings.Settings) -> ui.Place:
    by = here.mail
    return ui.Place(
        # Where it lies on a server is nobody's business but that of whoever runs it.
        store="the store of whoever runs this installation"
        if here.sign_in
        else str(here.store_file or "the database you named"),
        store_file=None if here.sign_in else here.store_file,
        is_demo=here.is_demo,
        is_shared=here.sign_in is not None,
        operator=here.operator,
        terms=_terms(here),
        mistakes_address=here.mistakes_address,
        address=here.sign_in.address if here.sign_in else "",
        post=functools.partial(mail.send, by.server, by.sender) if by else None,
    )


def _terms(here: settings.Settings) -> tuple[str, ...]:
    if here.sign_in is None:
        return ()
    idle = wording.count(here.sign_in.idle_minutes, "minute")
    longest = wording.count(here.sign_in.hours, "hour")
    accounts = wording.count(here.keep_accounts_months, "month")
    audit = wording.count(here.keep_audit_months, "month")
    return (
        f"A sign-in ends after {idle} without a click, and after {longest} in any case.",
        f"An account is deleted after {accounts} without a sign-in."
        if here.keep_accounts_months
        else "An account is kept until you delete it.",
        f"The record of acts is kept for {audit}."
        if here.keep_audit_months
        else "The record of acts is kept for as long as the installation.",
    )


def _identify(visit: Visit, how: settings.SignIn) -> Visit:
    """Return the visit of whoever is signed in. The store decides at every run, not the cookie."""
    signed_in = people_rules.read_claims(st.user.to_dict())
    if signed_in is None:
        return dataclasses.replace(visit, person=_VISITOR)
    limits = people_rules.Limits(
        idle=timedelta(minutes=how.idle_minutes), absolute=timedelta(hours=how.hours)
    )

    def enter(db: Session, now: datetime) -> Person | people_rules.Closed:
        return people_commands.enter(db, signed_in, limits=limits, at=now)

    found = enter(visit.db, visit.now)
    if isinstance(found, people_rules.Closed):
        return dataclasses.replace(visit, person=_VISITOR, notice=found)
    return dataclasses.replace(
        visit,
        person=found,
        session=signed_in.key,
        is_still_here=lambda db: isinstance(enter(db, datetime.now(UTC)), Person),
    )


def _play(visit: Visit) -> Visit:
    """Return the visit of the made-up person whom the switch names, or first ``?as=reviewer``."""
    people = people_queries.accounts_of(visit.db, demo.ISSUER)
    if not people:
        return visit
    asked = visit.params.get("as", "")
    first = asked if asked in demo.PERSONAS else next(iter(demo.PERSONAS))
    word = st.session_state.setdefault(ui.PERSONA, first)
    address = urlsplit(st.context.url or "")
    place = dataclasses.replace(
        visit.place,
        personas=tuple(demo.PERSONAS),
        address=f"{address.scheme}://{address.netloc}" if address.netloc else "",
    )
    person = people_queries.person(visit.db, people[word])
    return dataclasses.replace(visit, place=place, person=person or visit.person)
