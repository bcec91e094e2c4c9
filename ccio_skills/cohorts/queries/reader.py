"""Read under a role of the database that may not see answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlmodel import Session

from ccio_skills.store import StoreError

ROLE = "ccio_skills_reader"
_MAY_BE = text(
    "SELECT coalesce((SELECT pg_has_role(current_user, oid, 'SET') "
    "FROM pg_roles WHERE rolname = :role), false)"
)


@contextmanager
def as_reader(db: Session) -> Iterator[None]:
    """Give up the right to read answers for a while; SQLite knows no roles.

    Raises:
        StoreError: The role is missing, because the account that made the tables may make none.
    """
    if db.get_bind().dialect.name != "postgresql":
        yield
        return
    if not db.execute(_MAY_BE, {"role": ROLE}).scalar():
        raise StoreError(
            f"The database has no role {ROLE} that this account may use, so no chart is shown.",
            f"As its administrator: CREATE ROLE {ROLE} NOLOGIN; GRANT {ROLE} TO this account; then "
            "GRANT SELECT ON the tables that the operators' guide lists.",
        )
    db.execute(text(f"SET LOCAL ROLE {ROLE}"))
    yield
    # Not after an error: then the transaction is over, and with it the role.
    db.execute(text("SET LOCAL ROLE NONE"))
