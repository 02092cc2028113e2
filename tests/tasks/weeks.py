"""Four weeks of a form that four units owe, and reports on it as they come in."""

from io import BytesIO

import xlsxwriter

from models import obligation, receipt
from models.base import writing
from models.receipt import sha256
from tasks.contents import TO_CONFIRM, read_as, readings
from tasks.receipts import received
from tasks.work import programme
from tests.build import NAMES, SLUG, change, local, nov, some_obligations, sql

FORM, UNIT = "weekly-county", "ly-jianxi"
DUE = {"2026-W44": "10-30", "2026-W45": "11-06", "2026-W46": "11-13", "2026-W47": "11-20"}


def due(week):
    """The instant a week's report is due."""
    return local(f"2026-{DUE[week]} 16:00")


def open_weeks():
    """The obligations of the four weeks, by unit and occasion; nothing has been sent."""
    with writing() as session:
        [first, *_] = some_obligations(session)
        shared = {name: first[name] for name in ("programme", "office", "form", "group_code")}
        shared["programme_version_id"] = first["programme_version_id"]
        rows = [
            {**shared, "debtor": unit, "occasion": week, "nominal_due_at": due(week)}
            for week in DUE
            for unit in NAMES
        ]
        obligation.open_all(session, change(SLUG), rows)
    found = sql("SELECT debtor, occasion, id FROM obligation")
    return {(debtor, occasion): id for debtor, occasion, id in found}


def arrive(owed, at, payload, *, problem="", content=b"{}", name=".json"):
    """A receipt that no check has looked at; of no obligation for None. Its number."""
    name = f"{at.isoformat()}{name}"
    content = content if problem else name.encode()
    blob = {"sha256": sha256(content), "size": len(content), "content": content}
    row = {
        "obligation_id": owed, "programme": SLUG, "blob_sha256": blob["sha256"],
        "channel": "inbox", "source": name, "received_at": at, "payload": payload,
        "problem": problem,
    }  # fmt: skip
    with writing() as session:
        [kept] = receipt.take_in(session, change(SLUG, "unit", at), [blob], [row])
        if owed:
            obligation.add_events(session, change(SLUG, "unit", at), [received(kept)])
    return int(kept["id"])


def table(heads, *rows):
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("周调度")
        for row, line in enumerate([["填报单位：涧西区"], ["期：2026-W46"], heads, *rows]):
            sheet.write_row(row, 0, line)
    return buffer.getvalue()


def hold(owed, *lines):
    """A table that waits for a person; its receipt."""
    rules, content = programme(SLUG), table(*lines)
    [read] = readings(rules, [("周调度.xlsx", content)])
    sent = read_as(read, [rules.form(FORM)], {}, {})
    assert sent.problem == TO_CONFIRM
    return arrive(
        owed[UNIT, "2026-W46"], nov(13, "15:00"), dict(sent.values),
        problem=TO_CONFIRM, content=content, name=".xlsx",
    )  # fmt: skip
