"""Every page opens: on an empty store, for somebody settled, and for the made-up person."""

import html
import re

import pytest
from sqlmodel import Session

from ccio_skills import demo, library, schema, shell, store
from ccio_skills.ui import Place
from ccio_skills.vocabulary import Person, PersonId, Role
from tests.conftest import NOW
from tests.library.test_checks import Content

PATHS = [page.path for page in shell.pages()]
LINKS = [
    ("rate", {"quick": "1"}),
    ("rate", {"domain": "trust"}),
    ("rate", {"skills": "change-management"}),
    ("path", {"path": "aspiring-ccio-foundations"}),
    *(("module", {"module": "what-a-ccio-is-and-does", "part": part}) for part in "1245"),
]
EVERY = [*((path, {}) for path in PATHS), *LINKS]


def by_path(link):
    path, params = link
    return "-".join([path, *params.values()])


@pytest.fixture(scope="module")
def full(shipped):
    """A store with the made-up person, shared by tests that only look."""
    engine = store.open_engine("sqlite://")
    schema.metadata.create_all(engine)
    with Session(engine) as session:
        demo.fill(session, PersonId(1), library=shipped, now=NOW)
        yield session


def opens(page):
    return not page.exception and not page.error and len(page.title) == 1 and page.title[0].value


@pytest.mark.parametrize("path", PATHS)
def test_opens_on_an_empty_store(open_page, path):
    assert opens(open_page(path))


@pytest.mark.parametrize("path", PATHS)
def test_opens_for_somebody_settled(open_page, settled, path):
    assert opens(open_page(path))


@pytest.mark.parametrize("link", EVERY, ids=by_path)
def test_opens_for_the_made_up_person_and_says_that_all_is_made_up(open_page, full, link):
    path, params = link

    page = open_page(path, db=full, params=params, place=Place(is_demo=True))

    assert opens(page)
    said = " ".join(one.value for one in page.get("html"))
    assert "Demonstration." in said
    assert "Everything shown here is made up." in html.unescape(re.sub("<[^>]+>", " ", said))


@pytest.mark.parametrize("role", [Role.VISITOR, Role.LEARNER, Role.REVIEWER, Role.ADMINISTRATOR])
def test_every_page_of_every_role_opens_or_says_why_not(open_page, role):
    """On an empty store: a visitor is asked to sign in, others are told what is not open."""
    mine = {role} if role is Role.VISITOR else {role, Role.LEARNER}
    instead = "Sign in to CCIO Skills" if role is Role.VISITOR else "This page is not open to you"

    for page in shell.pages():
        who = Person(PersonId(9), "Somebody", frozenset(mine))
        title = opens(open_page(page.path, person=who, place=Place(is_shared=True)))
        assert (title == instead) == (not page.roles & mine), page.path


def test_opens_with_what_is_kept_for_a_library_that_lost_most_of_its_content(
    open_page, full, shipped
):
    """Answers to skills, modules and paths that are gone stay in the store and break nothing."""
    kept = shipped.modules[:1]
    smaller = type(shipped)(
        **{name: getattr(shipped, name) for name in type(shipped).model_fields}
        | {"modules": kept, "paths": ()}
    )

    for path in ("home", "plan", "library", "progress"):
        assert opens(open_page(path, db=full, library=smaller)), path


class TestAnotherLibrary:
    """Two skills, two modules, one role, and no page but Help."""

    @pytest.fixture
    def small(self, tmp_path):
        return library.load(Content(tmp_path / "content").root)

    @pytest.mark.parametrize("path", ["home", "about", "health"])
    def test_opens_on_an_empty_store(self, open_page, small, path):
        assert opens(open_page(path, library=small))

    def test_opens_for_a_made_up_person(self, open_page, small, db):
        demo.fill(db, PersonId(1), library=small, now=NOW)

        for path in PATHS:
            assert opens(open_page(path, library=small)), path


class TestTheMenu:
    def entries(self, *roles):
        """What stands in the menu of somebody with these roles."""
        mine = {Role.LEARNER, *roles}
        return [one.title for one in shell.pages() if one.is_in_menu and one.roles & mine]

    def test_has_seven_entries_in_the_order_that_was_asked_for(self):
        assert self.entries() == [
            "Home",
            "Rate my skills",
            "My gaps",
            "My plan",
            "Library",
            "Progress",
            "About me",
        ]

    @pytest.mark.parametrize("role", [Role.MEMBER, Role.REVIEWER, Role.ADMINISTRATOR])
    def test_has_two_more_for_whoever_belongs_to_an_organisation(self, role):
        assert self.entries(role) == [*self.entries(), "Cohorts", "Organisation"]

    def test_has_nothing_for_a_visitor_but_what_is_for_everybody(self):
        public = {one.path for one in shell.pages() if Role.VISITOR in one.roles}

        assert public >= {"about", "privacy", "help", "join"}
        assert not public & {"home", "rate", "gaps", "plan", "library", "progress", "me", "audit"}

    def test_hides_what_is_reached_by_links(self):
        hidden = {page.path for page in shell.pages() if not page.is_in_menu}

        assert hidden == {
            *("module", "path", "paths", "glossary", "about", "privacy", "help", "health"),
            *("sign-out", "audit", "join", "survey", "survey-2012"),
            *("data-protection-impact-assessment", "not-a-clinical-system"),
            *("join-cohort", "contribute", "run-cohort", "collection"),
            *("charts", "beside", "training-needs"),
        }

    def test_names_each_page_once(self):
        assert len(set(PATHS)) == len(PATHS)

    def test_is_open_to_everybody_in_full(self, open_page):
        """Every page links about, privacy and help in its footer."""
        links = [one.value for one in open_page("home").get("page_link")]

        assert links[-3:] == ["About", "Privacy", "Help"]
