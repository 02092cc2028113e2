"""The tables of the weekly check-in"""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "alert",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("programme", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("detail", JSON, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("step_id", ID, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sa.UniqueConstraint("key", name=op.f("uq_alert_key")),
    )
    op.create_table(
        "audit_event",
        sa.Column("id", ID, nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("seq", ID, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("leaves", JSON, nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
        sa.UniqueConstraint("stream", "seq", name=op.f("uq_audit_event_stream_seq")),
    )
    op.create_table(
        "audit_head",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("seq", ID, nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("stream", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "blob",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", ID, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blob")),
    )
    op.create_table(
        "installation",
        sa.Column("id", ID, nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
    )
    op.create_table(
        "officer",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer")),
    )
    op.create_table(
        "programme_version",
        sa.Column("id", ID, nullable=False),
        sa.Column("programme", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("document", JSON, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_version")),
        sa.UniqueConstraint(
            "programme", "content_hash", name=op.f("uq_programme_version_programme_content_hash")
        ),
    )
    op.create_index(
        "ix_programme_version_programme", "programme_version", ["programme"], unique=False
    )

    op.create_table(
        "unit",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
    )
    op.create_table(
        "workday_override",
        sa.Column("id", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workday_override")),
        sa.UniqueConstraint("day", name=op.f("uq_workday_override_day")),
    )
    op.create_table(
        "appointment",
        sa.Column("id", ID, nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("valid_from", INSTANT, nullable=False),
        sa.Column("valid_to", INSTANT, nullable=True),
        sa.Column("confirmed_at", INSTANT, nullable=True),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_appointment_officer_id_officer")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_appointment_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        sa.UniqueConstraint(
            "officer_id",
            "unit_id",
            "role",
            "valid_from",
            name=op.f("uq_appointment_officer_id_unit_id_role_valid_from"),
        ),
    )
    op.create_index("ix_appointment_unit_id", "appointment", ["unit_id"], unique=False)

    op.create_table(
        "membership",
        sa.Column("id", ID, nullable=False),
        sa.Column("programme", sa.String(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("class_code", sa.String(), nullable=False),
        sa.Column("group_code", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_membership_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint(
            "programme",
            "unit_id",
            "valid_from",
            name=op.f("uq_membership_programme_unit_id_valid_from"),
        ),
    )
    op.create_table(
        "message",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("programme", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("not_before", INSTANT, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("lease_until", INSTANT, nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("step_id", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_message_officer_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("key", name=op.f("uq_message_key")),
    )
    op.create_index("ix_message_state_not_before", "message", ["state", "not_before"], unique=False)

    op.create_table(
        "obligation",
        sa.Column("id", ID, nullable=False),
        sa.Column("programme", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("debtor", sa.String(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("nominal_due_at", INSTANT, nullable=False),
        sa.Column("group_code", sa.String(), nullable=False),
        sa.Column("programme_version_id", ID, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("step_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["debtor"], ["unit.id"], name=op.f("fk_obligation_debtor_unit")),
        sa.ForeignKeyConstraint(
            ["programme_version_id"],
            ["programme_version.id"],
            name=op.f("fk_obligation_programme_version_id_programme_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation")),
        sa.UniqueConstraint(
            "programme",
            "office",
            "form",
            "debtor",
            "occasion",
            name=op.f("uq_obligation_programme_office_form_debtor_occasion"),
        ),
    )
    op.create_index("ix_obligation_occasion", "obligation", ["occasion"], unique=False)

    op.create_table(
        "run",
        sa.Column("id", ID, nullable=False),
        sa.Column("flow_run_id", sa.String(), nullable=False),
        sa.Column("attempt", ID, nullable=False),
        sa.Column("flow", sa.String(), nullable=False),
        sa.Column("programme", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("stages", JSON, nullable=False),
        sa.Column("as_of", INSTANT, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("code_version", sa.String(), nullable=False),
        sa.Column("programme_version_id", ID, nullable=True),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("pid", ID, nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("finished_at", INSTANT, nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("counts", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_version_id"],
            ["programme_version.id"],
            name=op.f("fk_run_programme_version_id_programme_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )
    op.create_index("ix_run_flow_run_id", "run", ["flow_run_id"], unique=False)

    op.create_table(
        "unit_name",
        sa.Column("id", ID, nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_name_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_name")),
        sa.UniqueConstraint(
            "unit_id", "name", "valid_from", name=op.f("uq_unit_name_unit_id_name_valid_from")
        ),
    )
    op.create_index("ix_unit_name_name", "unit_name", ["name"], unique=False)

    op.create_table(
        "attempt",
        sa.Column("id", ID, nullable=False),
        sa.Column("message_id", ID, nullable=False),
        sa.Column("number", ID, nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("finished_at", INSTANT, nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("body_sha256", sa.String(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("step_id", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_attempt_message_id_message")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sa.UniqueConstraint("message_id", "number", name=op.f("uq_attempt_message_id_number")),
    )
    op.create_table(
        "receipt",
        sa.Column("id", ID, nullable=False),
        sa.Column("obligation_id", ID, nullable=True),
        sa.Column("programme", sa.String(), nullable=False),
        sa.Column("blob_sha256", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("payload", JSON, nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("step_id", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["blob_sha256"], ["blob.sha256"], name=op.f("fk_receipt_blob_sha256_blob")
        ),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligation.id"], name=op.f("fk_receipt_obligation_id_obligation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sa.UniqueConstraint(
            "obligation_id", "blob_sha256", name=op.f("uq_receipt_obligation_id_blob_sha256")
        ),
    )
    op.create_index("ix_receipt_programme", "receipt", ["programme"], unique=False)
    op.create_index(
        "uq_receipt_unmatched",
        "receipt",
        ["programme", "blob_sha256"],
        unique=True,
        sqlite_where=sa.text("obligation_id IS NULL"),
        postgresql_where=sa.text("obligation_id IS NULL"),
    )

    op.create_table(
        "reminder",
        sa.Column("id", ID, nullable=False),
        sa.Column("obligation_id", ID, nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("rung", sa.String(), nullable=False),
        sa.Column("not_before", INSTANT, nullable=False),
        sa.Column("until", INSTANT, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligation.id"], name=op.f("fk_reminder_obligation_id_obligation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "obligation_id", "role", "rung", name=op.f("uq_reminder_obligation_id_role_rung")
        ),
    )
    op.create_index(
        "ix_reminder_state_not_before", "reminder", ["state", "not_before"], unique=False
    )

    op.create_table(
        "step",
        sa.Column("id", ID, nullable=False),
        sa.Column("run_id", ID, nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("finished_at", INSTANT, nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("counts", JSON, nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_step_run_id_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step")),
    )
    op.create_index("ix_step_run_id", "step", ["run_id"], unique=False)

    op.create_table(
        "finding",
        sa.Column("id", ID, nullable=False),
        sa.Column("receipt_id", ID, nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("detail", JSON, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("step_id", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["receipt_id"], ["receipt.id"], name=op.f("fk_finding_receipt_id_receipt")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
    )
    op.create_index("ix_finding_receipt_id", "finding", ["receipt_id"], unique=False)

    op.create_table(
        "message_subject",
        sa.Column("id", ID, nullable=False),
        sa.Column("message_id", ID, nullable=False),
        sa.Column("obligation_id", ID, nullable=False),
        sa.Column("reminder_id", ID, nullable=True),
        sa.Column("receipt_id", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_message_subject_message_id_message")
        ),
        sa.ForeignKeyConstraint(
            ["obligation_id"],
            ["obligation.id"],
            name=op.f("fk_message_subject_obligation_id_obligation"),
        ),
        sa.ForeignKeyConstraint(
            ["receipt_id"], ["receipt.id"], name=op.f("fk_message_subject_receipt_id_receipt")
        ),
        sa.ForeignKeyConstraint(
            ["reminder_id"], ["reminder.id"], name=op.f("fk_message_subject_reminder_id_reminder")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_subject")),
    )
    op.create_index(
        "ix_message_subject_message_id", "message_subject", ["message_id"], unique=False
    )
    op.create_index(
        "ix_message_subject_obligation_id", "message_subject", ["obligation_id"], unique=False
    )
    op.create_index(
        "ix_message_subject_reminder_id", "message_subject", ["reminder_id"], unique=False
    )

    op.create_table(
        "obligation_event",
        sa.Column("id", ID, nullable=False),
        sa.Column("obligation_id", ID, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("receipt_id", ID, nullable=True),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column("nil", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("step_id", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["obligation_id"],
            ["obligation.id"],
            name=op.f("fk_obligation_event_obligation_id_obligation"),
        ),
        sa.ForeignKeyConstraint(
            ["receipt_id"], ["receipt.id"], name=op.f("fk_obligation_event_receipt_id_receipt")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation_event")),
        sa.UniqueConstraint(
            "obligation_id", "kind", "key", name=op.f("uq_obligation_event_obligation_id_kind_key")
        ),
    )
    op.create_index(
        "ix_obligation_event_receipt_id", "obligation_event", ["receipt_id"], unique=False
    )


def downgrade() -> None:
    op.drop_table("obligation_event")
    op.drop_table("message_subject")
    op.drop_table("finding")
    op.drop_table("step")
    op.drop_table("reminder")
    op.drop_table("receipt")
    op.drop_table("attempt")
    op.drop_table("unit_name")
    op.drop_table("run")
    op.drop_table("obligation")
    op.drop_table("message")
    op.drop_table("membership")
    op.drop_table("appointment")
    op.drop_table("workday_override")
    op.drop_table("unit")
    op.drop_table("programme_version")
    op.drop_table("officer")
    op.drop_table("installation")
    op.drop_table("blob")
    op.drop_table("audit_head")
    op.drop_table("audit_event")
    op.drop_table("alert")
