"""Pages of the people room; ``sign_in`` and ``closed`` stand in for pages that are not open."""

from ccio_skills.people.pages import leave, me
from ccio_skills.people.pages.sign_in import closed
from ccio_skills.people.pages.sign_in import show as sign_in
from ccio_skills.ui import Page

PAGES = (
    Page("me", "About me", me.show),
    Page("sign-out", "Sign out", leave.show, is_in_menu=False),
)

__all__ = ["PAGES", "closed", "sign_in"]
