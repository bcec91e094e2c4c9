"""Pages of the people room."""

from ccio_skills.people.pages import me
from ccio_skills.ui import Page

PAGES = (Page("me", "About me", me.show),)
