"""What was published, who is in a class with whom, and which receipts were given."""

from __future__ import annotations

from sqlalchemy import DDL, Text, event
from sqlmodel import Field

from ccio_skills.store import Table, kept


class LedgerRow(Table, table=True):
    """One row of the ledger. Rows are added, never changed and never deleted."""

    __tablename__ = "cohorts_ledger"
    __table_args__ = (kept("published figures of groups"),)

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    collection_id: int = Field(foreign_key="cohorts_collection.id", index=True)
    previous: str = Field(max_length=64)
    payload: str = Field(sa_type=Text)
    hash: str = Field(max_length=64)


class LeafRow(Table, table=True):
    """Which rows of the ledger a cohort's charts are made of: the collection's, and its blocks'."""

    __tablename__ = "cohorts_leaf"
    __table_args__ = (kept("which published figures belong to which cohort"),)

    cohort_id: int = Field(foreign_key="cohorts_cohort.id", primary_key=True)
    number: int = Field(foreign_key="cohorts_ledger.number", primary_key=True)


class LedgerHeadRow(Table, table=True):
    """Where the ledger ends. Whoever closes a collection holds this one row meanwhile."""

    __tablename__ = "cohorts_ledger_head"
    __table_args__ = (kept("the end of the ledger"),)

    id: int = Field(default=1, primary_key=True, sa_column_kwargs={"autoincrement": False})
    number: int = 0
    hash: str = Field(default="", max_length=64)


class ClassRow(Table, table=True):
    """People who are in exactly the same published figures. ``groups`` were theirs at first."""

    __tablename__ = "cohorts_class"
    __table_args__ = (kept("classes of people who are published together"),)

    id: int | None = Field(default=None, primary_key=True)
    groups: str = Field(default="", max_length=200)


class ClassMemberRow(Table, table=True):
    """In which class somebody is: a number, and nothing about what they answered. It stays."""

    __tablename__ = "cohorts_class_member"
    __table_args__ = (
        kept("with how many others you are published together", people=("person_id",)),
    )

    person_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    class_id: int = Field(foreign_key="cohorts_class.id", index=True)


class ReceiptRow(Table, table=True):
    """That a contribution was in the store as a collection closed. Names nobody."""

    __tablename__ = "cohorts_receipt"
    __table_args__ = (kept("fingerprints of receipt codes"),)

    fingerprint: str = Field(max_length=64, primary_key=True)
    collection_id: int = Field(foreign_key="cohorts_collection.id")


# The database itself refuses to change what was published, whoever asks it.
_SQLITE = tuple(
    f"CREATE TRIGGER cohorts_ledger_no_{what.lower()} BEFORE {what} ON cohorts_ledger "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is never changed'); END"
    for what in ("UPDATE", "DELETE")
)
_POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION cohorts_ledger_stands() RETURNS trigger AS $$ BEGIN "
    "RAISE EXCEPTION 'the ledger is never changed'; END $$ LANGUAGE plpgsql",
    "CREATE TRIGGER cohorts_ledger_stands BEFORE UPDATE OR DELETE ON cohorts_ledger "
    "FOR EACH ROW EXECUTE FUNCTION cohorts_ledger_stands()",
)
for _dialect, _statements in (("sqlite", _SQLITE), ("postgresql", _POSTGRESQL)):
    for _statement in _statements:
        event.listen(
            LedgerRow.__table__,  # type: ignore[attr-defined]
            "after_create",
            DDL(_statement).execute_if(dialect=_dialect),  # type: ignore[no-untyped-call]
        )
