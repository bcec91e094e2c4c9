"""Pages of the learn room, in the order of the menu; the others are reached by links."""

from ccio_skills.learn.pages import browse, module, path, paths, plan, words
from ccio_skills.ui import Page

PAGES = (
    Page("plan", "My plan", plan.show),
    Page("library", "Library", browse.show),
    Page("module", "Module", module.show, is_in_menu=False),
    Page("paths", "Learning paths", paths.show, is_in_menu=False),
    Page("glossary", "Glossary", words.show, is_in_menu=False),
    Page("path", "Path", path.show, is_in_menu=False),
)
