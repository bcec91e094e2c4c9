"""Pages of the home room: home and progress in the menu, plain pages by links."""

from ccio_skills.home.pages import home, plain, progress
from ccio_skills.ui import Page

PAGES = (
    Page("home", "Home", home.show),
    Page("progress", "Progress", progress.show),
    *plain.pages(),
)
