"""Every table in the app, gathered for migrations and tests."""

from ccio_skills.assess import tables as _assess
from ccio_skills.cohorts.tables import ledger as _ledger
from ccio_skills.cohorts.tables import office as _office
from ccio_skills.cohorts.tables import raw as _raw
from ccio_skills.learn import tables as _learn
from ccio_skills.people import tables as _people
from ccio_skills.store import Table
from ccio_skills.survey import tables as _survey

TABLE_MODULES = (_people, _assess, _learn, _office, _ledger, _raw, _survey)
metadata = Table.metadata

# A partial index is the same on PostgreSQL. Said here and not in the tables: to say it loads all of
# SQLAlchemy's PostgreSQL, which the server needs only for a store that is one.
for _table in metadata.tables.values():
    for _index in _table.indexes:
        if (_where := _index.dialect_kwargs.get("sqlite_where")) is not None:
            _index.dialect_kwargs["postgresql_where"] = _where
