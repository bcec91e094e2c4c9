"""Pages of the home room."""

from ccio_skills.home.pages import home
from ccio_skills.people.pages import me as plan
from ccio_skills.ui import Page

PAGES = (Page("home", "Home", home.show), Page("progress", "Progress", plan.show), Page("about","About",plan.show,is_in_menu=False),Page("privacy","Privacy",plan.show,is_in_menu=False),Page("help","Help",plan.show,is_in_menu=False))
