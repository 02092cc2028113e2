"""scopes, stand-ins and hand-overs

Revision ID: 0003
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
ONE_AT_A_TIME = "uq_appointment_officer_id_unit_id_role_valid_from"


def upgrade() -> None:
    # one person may hold one role of a unit for two offices from the same instant
    with op.batch_alter_table("appointment") as appointment:
        appointment.drop_constraint(ONE_AT_A_TIME, type_="unique")
    op.create_table(
        "appointment_scope",
        sa.Column("id", ID, nullable=False),
        sa.Column("appointment_id", ID, nullable=False),
        sa.Column("programme", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointment.id"],
            name=op.f("fk_appointment_scope_appointment_id_appointment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment_scope")),
        sa.UniqueConstraint("appointment_id", name=op.f("uq_appointment_scope_appointment_id")),
    )
    op.create_table(
        "delegation",
        sa.Column("id", ID, nullable=False),
        sa.Column("appointment_id", ID, nullable=False),
        sa.Column("officer_id", ID, nullable=True),
        sa.Column("valid_from", INSTANT, nullable=False),
        sa.Column("valid_to", INSTANT, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointment.id"],
            name=op.f("fk_delegation_appointment_id_appointment"),
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_delegation_officer_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
    )
    op.create_index("ix_delegation_appointment_id", "delegation", ["appointment_id"], unique=False)
    op.create_table(
        "message_appointment",
        sa.Column("id", ID, nullable=False),
        sa.Column("message_id", ID, nullable=False),
        sa.Column("appointment_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_message_appointment_message_id_message")
        ),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointment.id"],
            name=op.f("fk_message_appointment_appointment_id_appointment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_appointment")),
    )
    for column in ("message_id", "appointment_id"):
        op.create_index(
            f"ix_message_appointment_{column}", "message_appointment", [column], unique=False
        )


def downgrade() -> None:
    op.drop_table("message_appointment")
    op.drop_table("delegation")
    op.drop_table("appointment_scope")
    with op.batch_alter_table("appointment") as appointment:
        appointment.create_unique_constraint(
            ONE_AT_A_TIME, ["officer_id", "unit_id", "role", "valid_from"]
        )
