"""Pages of the manage room: organisation, audit trail, invitation, and health of the library."""

from ccio_skills.manage.pages import audit, health, invitation, organisation
from ccio_skills.ui import Page
from ccio_skills.vocabulary import Role

_HAS_A_ROLE = frozenset({Role.MEMBER, Role.REVIEWER, Role.ADMINISTRATOR})

PAGES = (
    Page("organisation", "Organisation", organisation.show, roles=_HAS_A_ROLE),
    Page(
        "audit",
        "Audit trail",
        audit.show,
        is_in_menu=False,
        roles=frozenset({Role.ADMINISTRATOR}),
    ),
    Page(
        "join",
        "Invitation",
        invitation.show,
        is_in_menu=False,
        roles=frozenset({Role.VISITOR, Role.LEARNER}),
    ),
    Page("health", "Content health", health.show, is_in_menu=False),
)
