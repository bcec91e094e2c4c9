"""Pages of the learn room."""

from ccio_skills.people.pages import me as plan
from ccio_skills.ui import Page

PAGES = (Page("plan", "My plan", plan.show), Page("library", "Library", plan.show), )
