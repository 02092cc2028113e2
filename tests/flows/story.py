"""What the tables tell, without ids, steps and the keys made of them."""

from typing import Any

from tests.build import sql

TOLD = {
    "obligation": "SELECT programme, form, debtor, occasion, nominal_due_at FROM obligation",
    "event": """
        SELECT o.debtor, o.occasion, e.kind, e.at, e.recorded_at, e.actor, e.due_at, e.nil,
               e.reason, r.blob_sha256
        FROM obligation_event e JOIN obligation o ON o.id = e.obligation_id
        LEFT JOIN receipt r ON r.id = e.receipt_id""",
    "receipt": """
        SELECT o.debtor, o.occasion, r.programme, r.blob_sha256, r.channel, r.source,
               r.received_at, r.recorded_at, r.payload, r.problem
        FROM receipt r LEFT JOIN obligation o ON o.id = r.obligation_id""",
    "finding": """
        SELECT r.blob_sha256, f.rule, f.field, f.severity, f.detail
        FROM finding f JOIN receipt r ON r.id = f.receipt_id""",
    "blob": "SELECT sha256, size, content FROM blob",
    "reminder": """
        SELECT o.debtor, o.occasion, m.role, m.rung, m.not_before, m.until, m.state, m.reason
        FROM reminder m JOIN obligation o ON o.id = m.obligation_id""",
    "message": """
        SELECT m.kind, m.channel, m.officer_id, m.role, m.not_before, m.state, m.reason,
               o.debtor, o.occasion, d.rung, r.blob_sha256
        FROM message m LEFT JOIN message_subject s ON s.message_id = m.id
        LEFT JOIN obligation o ON o.id = s.obligation_id
        LEFT JOIN reminder d ON d.id = s.reminder_id
        LEFT JOIN receipt r ON r.id = s.receipt_id""",
}


def story() -> dict[str, list[str]]:
    """The sorted lines of every part."""
    return {part: sorted(map(_line, sql(statement))) for part, statement in TOLD.items()}


def _line(row: tuple[Any, ...]) -> str:
    return repr([bytes(v) if isinstance(v, memoryview) else v for v in row])
