"""Tell Alembic which database, which tables, and to write types in plain SQLAlchemy."""

from alembic import context
from sqlalchemy import TypeDecorator

from ccio_skills import schema, settings, store


def plain_types(kind, item, _autogen):
    """Write our own column types as what they are underneath, so that history stands alone."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


engine = context.config.attributes.get("engine") or store.open_engine(settings.read().database_url)
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=schema.metadata,
        render_as_batch=True,
        render_item=plain_types,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
