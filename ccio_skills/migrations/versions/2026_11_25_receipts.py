"""receipts of what was saved

Revision ID: 5d0b6a4f7c21
Revises: b1f53074cd04
Create Date: 2026-11-25 15:00:00

"""

from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = "5d0b6a4f7c21"
down_revision: Union[str, Sequence[str], None] = "b1f53074cd04"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    op.create_table(
        "store_receipt",
        sa.Column("receipt", sa.String(length=32), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("receipt", name=op.f("pk_store_receipt")),
    )
    op.create_index(op.f("ix_store_receipt_kept_at"), "store_receipt", ["kept_at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_store_receipt_kept_at"), table_name="store_receipt")
    op.drop_table("store_receipt")
