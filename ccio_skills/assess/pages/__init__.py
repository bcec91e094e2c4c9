"""Pages of the assess room, in the order of the menu."""

from ccio_skills.assess.pages import gaps, rate
from ccio_skills.ui import Page

PAGES = (Page("rate", "Rate my skills", rate.show), Page("gaps", "My gaps", gaps.show))
