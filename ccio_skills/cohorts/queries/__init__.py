"""Read cohorts, collections, a person's own contribution, and what was published."""

from ccio_skills.cohorts.queries.collections import (
    Collection,
    Participation,
    check,
    collections_of,
    count_sizes,
    forecast,
    items_of,
    load,
    to_contribute,
)
from ccio_skills.cohorts.queries.office import (
    Cohort,
    Group,
    Member,
    Membership,
    count_members,
    invited_to,
    members,
    memberships,
    reviewers,
    run_by,
)
from ccio_skills.cohorts.queries.office import check as check_cohort
from ccio_skills.cohorts.queries.office import load as load_cohort
from ccio_skills.cohorts.queries.own import Receipt, find_receipt, has_contributed
from ccio_skills.cohorts.queries.published import (
    Reviewed,
    open_now,
    participation,
    published,
    reviewed_by,
    verify,
)

__all__ = [
    "Cohort",
    "Collection",
    "Group",
    "Member",
    "Membership",
    "Participation",
    "Receipt",
    "Reviewed",
    "check",
    "check_cohort",
    "collections_of",
    "count_members",
    "count_sizes",
    "find_receipt",
    "forecast",
    "has_contributed",
    "invited_to",
    "items_of",
    "load",
    "load_cohort",
    "members",
    "memberships",
    "open_now",
    "participation",
    "published",
    "reviewed_by",
    "reviewers",
    "run_by",
    "to_contribute",
    "verify",
]
