"""let a path be paused

Revision ID: 3c1f0a6b9d27
Revises: 8ad75f458e18
Create Date: 2026-11-23 09:10:00

"""

from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = "3c1f0a6b9d27"
down_revision: Union[str, Sequence[str], None] = "8ad75f458e18"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    with op.batch_alter_table("learn_follow", schema=None) as batch_op:
        batch_op.add_column(sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
    # What was said last about a path: that it was left, else that it is followed.
    op.execute("UPDATE learn_follow SET changed_at = COALESCE(left_at, started_at)")


def downgrade() -> None:
    """Downgrade schema; a paused path is followed again."""
    with op.batch_alter_table("learn_follow", schema=None) as batch_op:
        batch_op.drop_column("changed_at")
        batch_op.drop_column("paused_at")
