"""Cells of a report as the terminal shows them: no telephone, no mailbox, in words or as JSON."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from domain.content import Cell, Content, Value
from domain.finding import Finding, told
from domain.form import Form
from domain.sentences import say


def rows_shown(
    form: Form, content: Content, names: Mapping[str, str] | None = None
) -> list[dict[str, str]]:
    """Every value with its field and its cell; the row only where the form has rows."""
    return list(_rows(form, content, names or {}))


def _rows(form: Form, content: Content, names: Mapping[str, str]) -> Iterator[dict[str, str]]:
    from documents.readback import said

    for key, values in content.rows.items():
        title = " ".join(dict.fromkeys(filter(None, (key, names.get(key, "")))))
        row = {"row": title} if form.rows != "one" else {}
        for field in form.fields:
            value = said(field, values.get(field.code, Cell.NOT_REPORTED))
            cell = content.places.get(key, {}).get(field.code, "")
            yield {**row, "field": field.label, "cell": cell, "read": masked(value)}


def rows_json(content: Content) -> dict[str, Any]:
    """The content for programs; what was not reported is null."""
    rows = {
        key: {
            code: {"value": plain(value), "cell": content.places.get(key, {}).get(code) or None}
            for code, value in values.items()
        }
        for key, values in content.rows.items()
    }
    return {"rows": rows, "nil": content.nil, "unchanged": content.unchanged}


def findings_json(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings for programs, with the sentence people read."""
    return [
        {
            "rule": finding.rule,
            "field": finding.field,
            "severity": finding.severity,
            "row": finding.detail.get("row") or None,
            "cell": finding.detail.get("cell") or None,
            "sentence": masked(say(finding.rule, **finding.detail)),
        }
        for finding in findings
    ]


def remark_lines(findings: Iterable[Finding]) -> Iterator[str]:
    """Findings for people, errors first."""
    for finding in sorted(findings, key=lambda found: found.severity):
        severity = say(f"markup.{finding.severity}")
        yield say("markup.note", severity=severity, sentence=masked(told(finding)))


def plain(value: Value) -> str | None:
    """A value as JSON has it: numbers in full, as words, so that nothing is rounded."""
    if isinstance(value, Cell):
        return None if value is Cell.NOT_REPORTED else value.value
    return value.isoformat() if isinstance(value, date) else masked(f"{value}")


def masked(text: str) -> str:
    """Words of a report without the telephones and mailboxes in them."""
    from tasks.masking import mask

    return mask(text)
