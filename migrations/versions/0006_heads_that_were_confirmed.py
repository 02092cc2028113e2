"""Heads that were confirmed"""

from alembic import op
import sqlalchemy as sa

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "head_match",
        sa.Column("id", ID, nullable=False),
        sa.Column("programme", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_head_match")),
        sa.UniqueConstraint(
            "programme", "form", "head", "recorded_at", name=op.f("uq_head_match_programme_form_head_recorded_at")
        ),
    )


def downgrade() -> None:
    op.drop_table("head_match")
