"""Pages of the manage room, reached by links: they are for those who look after the library."""

from ccio_skills.manage.pages import health
from ccio_skills.ui import Page

PAGES = (Page("health", "Content health", health.show, is_in_menu=False),)
