"""The register of a plan"""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "confirmation",
        sa.Column("id", ID, nullable=False),
        sa.Column("programme", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("value_hash", sa.String(), nullable=False),
        sa.Column("confirmed_by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation")),
        sa.UniqueConstraint(
            "programme",
            "place",
            "value_hash",
            name=op.f("uq_confirmation_programme_place_value_hash"),
        ),
    )
    op.create_table(
        "matter",
        sa.Column("id", ID, nullable=False),
        sa.Column("programme", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("units", JSON, nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter")),
        sa.UniqueConstraint("programme", "occasion", name=op.f("uq_matter_programme_occasion")),
    )
    op.create_table(
        "task",
        sa.Column("id", ID, nullable=False),
        sa.Column("programme", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("ongoing", sa.Boolean(), nullable=False),
        sa.Column("normalised", sa.Boolean(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("programme", "code", name=op.f("uq_task_programme_code")),
    )
    op.create_table(
        "unit_change",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("before", JSON, nullable=False),
        sa.Column("after", JSON, nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_change")),
        sa.UniqueConstraint("key", name=op.f("uq_unit_change_key")),
    )
    op.create_table(
        "milestone",
        sa.Column("id", ID, nullable=False),
        sa.Column("task_id", ID, nullable=False),
        sa.Column("number", ID, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("external", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_milestone_task_id_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
        sa.UniqueConstraint("task_id", "number", name=op.f("uq_milestone_task_id_number")),
    )
    op.create_table(
        "task_unit",
        sa.Column("id", ID, nullable=False),
        sa.Column("task_id", ID, nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("printed", sa.String(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=True),
        sa.Column("group_code", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_unit_task_id_task")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_task_unit_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_unit")),
        sa.UniqueConstraint(
            "task_id",
            "role",
            "printed",
            "unit_id",
            "valid_from",
            name=op.f("uq_task_unit_task_id_role_printed_unit_id_valid_from"),
        ),
    )
    op.create_index("ix_obligation_event_due_at", "obligation_event", ["due_at"])
    with op.batch_alter_table("workday_override", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_workday_override_day"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_workday_override_day_recorded_at"), ["day", "recorded_at"]
        )


def downgrade() -> None:
    with op.batch_alter_table("workday_override", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_workday_override_day_recorded_at"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_workday_override_day"), ["day"])

    op.drop_index("ix_obligation_event_due_at", table_name="obligation_event")
    op.drop_table("task_unit")
    op.drop_table("milestone")
    op.drop_table("unit_change")
    op.drop_table("task")
    op.drop_table("matter")
    op.drop_table("confirmation")
