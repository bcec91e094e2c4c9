"""Pages of the manage room: an organisation, its audit trail, and where an invitation leads."""

from ccio_skills.manage.pages import audit, invitation, organisation
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
)
