"""create survey

Revision ID: 5e2b7a90c4d1
Revises: 46ae3fcdf5b6
Create Date: 2026-11-25 15:20:11.408112

"""

from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = "5e2b7a90c4d1"
down_revision: Union[str, Sequence[str], None] = "46ae3fcdf5b6"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "survey_answer",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("instrument", sa.String(length=60), nullable=False),
        sa.Column("question", sa.String(length=8), nullable=False),
        sa.Column("value", sa.String(length=1000), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(
            "person_id", "instrument", "question", name=op.f("pk_survey_answer")
        ),
    )
    op.create_table(
        "survey_equality",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("instrument", sa.String(length=60), nullable=False),
        sa.Column("question", sa.String(length=8), nullable=False),
        sa.Column("value", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint(
            "person_id", "instrument", "question", name=op.f("pk_survey_equality")
        ),
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_table("survey_equality")
    op.drop_table("survey_answer")
