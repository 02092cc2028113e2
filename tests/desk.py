"""Weeks of reports as files, read and judged as they came: what the office's desk works on."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

import openpyxl

from deployments.prepare import prepare
from documents.template import places, template
from domain.checks import examine, passes, payload
from domain.content import ONE
from domain.grid import Workbook
from domain.history import Kind
from domain.layout import Found, find
from domain.sentences import say
from intake.sandbox import Reader
from models import obligation, receipt
from models.base import reading, writing
from models.receipt import sha256
from tasks import openings
from tasks.comparisons import contexts
from tasks.register import register
from tasks.templates import Asked, papers
from tasks.work import Work, programme, simulated
from tests.build import SLUG, change, local

OPENED = {"2026-W45": "11-02", "2026-W46": "11-09", "2026-W47": "11-16"}
ENOUGH = {"projects": "三个项目开工", "milestones": "节点均按期"}
TELEPHONE = "13912345678"


def opened(*occasions: str, slug: str = SLUG, host: str = "office") -> None:
    """These weeks, opened on their Mondays in a database of invented data."""
    prepare(local("2026-11-01 08:00"), demo=True)
    for occasion in occasions:
        now = local(f"2026-{OPENED[occasion]} 08:00")
        work = Work(slug, host, occasion, now, 0)
        with simulated(now):
            openings.open_obligations.fn(work, openings.owing_units(work))


def blank(unit: str, occasion: str, slug: str = SLUG) -> Any:
    """The one template of a unit for an occasion."""
    [paper] = papers(slug, Asked([unit], occasion), local(f"2026-{OPENED[occasion]} 09:00"))
    return paper


def filled(paper: Any, cells: Mapping[Any, Any], answer: str = "") -> bytes:
    """A template as a unit fills it in: by field, or by row and field; with 无变化 or 无事项."""
    book = openpyxl.load_workbook(BytesIO(template(paper.spec)))
    spots = places(paper.spec)
    for where, value in cells.items():
        page, _, spot = spots[where if isinstance(where, tuple) else (ONE, where)].partition("!")
        book[page][spot] = value
    if answer:
        label = say(f"template.{answer}")
        page = book[book.sheetnames[0]]
        [row] = [r for r in page.iter_rows() if any(c.value == label for c in r)]
        row[3].value = say("template.yes")
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(name: str, content: bytes, slug: str = SLUG) -> Found:
    """A file as intake reads it."""
    with Reader() as reader:
        book = reader.read(name, content)
    assert isinstance(book, Workbook)
    return find(book, programme(slug).forms)


def store(name: str, content: bytes, unit: str, at: datetime, slug: str = SLUG) -> int:
    """Keep a file as what a unit sent, checked and accepted or returned; its number."""
    found = read(name, content, slug)
    assert found.form is not None
    with reading() as session:
        [owed] = obligation.of_debtors(session, slug, [unit], [found.occasion])[
            unit, found.occasion
        ]
    with register(programme(slug)) as known:
        period = known.rules.period(found.occasion)
        context = contexts(known, found.form, period, [unit], [unit])[unit]
    findings = examine(found.form, found.words, context)[1]
    return keep(owed.id, name, content, payload(found.words), at, findings, slug)


def keep(
    owed: int,
    name: str,
    content: bytes,
    said: Any,
    at: datetime,
    findings: Any = (),
    slug: str = SLUG,
) -> int:
    """A receipt with its verdict, an earlier acceptance superseded."""
    blob = {"sha256": sha256(content), "size": len(content), "content": content}
    row = {
        "obligation_id": owed, "programme": slug, "blob_sha256": blob["sha256"],
        "channel": "inbox", "source": name, "received_at": at, "payload": said, "problem": "",
    }  # fmt: skip
    with writing() as session:
        [kept] = receipt.take_in(session, change(slug, "unit", at), [blob], [row])
        number = kept["id"]
        receipt.add_findings(session, change(slug, "checks", at), [(number, f) for f in findings])
        ended = Kind.ACCEPTED if passes(findings) else Kind.RETURNED
        before = obligation.histories(session, [owed])[owed]
        rows = [(kind, number) for kind in (Kind.RECEIVED, Kind.CHECKED, ended)]
        if ended is Kind.ACCEPTED:
            rows += [(Kind.SUPERSEDED, e.receipt) for e in before if e.kind is Kind.ACCEPTED]
        for kind, about in rows:
            event = obligation.event_row(owed, kind, key=f"checks:{about}", receipt_id=about, at=at)
            actor = "unit" if kind is Kind.RECEIVED else "checks"
            obligation.add_events(session, change(slug, actor, at), [event])
    return int(number)


def weeks() -> dict[str, int]:
    """Two weeks of Jianxi: accepted; returned, and accepted as corrected, with a warning."""
    opened("2026-W45", "2026-W46")
    said = ENOUGH | {
        "experience": f"一街一策，先地下后地上。（{TELEPHONE}）",
        "matters": f"请联系{TELEPHONE}",
    }
    said |= {"projects-planned": 20, "projects-started": 12, "projects-completed": 3}
    first = filled(blank("涧西区", "2026-W45"), said | {"investment-to-date": 1000})
    numbers = {"first": store("涧西.xlsx", first, "ly-jianxi", local("2026-11-06 10:00"))}
    bad = said | {"projects-completed": 15, "investment-to-date": 9000}
    paper = blank("涧西区", "2026-W46")
    numbers["bad"] = store("涧西.xlsx", filled(paper, bad), "ly-jianxi", local("2026-11-13 10:00"))
    good = filled(paper, bad | {"projects-completed": 5})
    numbers["good"] = store("涧西 改.xlsx", good, "ly-jianxi", local("2026-11-13 11:00"))
    return numbers


WARNED = (
    '{ kind = "at_most", field = "projects-started", limit = "projects-planned"',
    '{ kind = "change", fields = ["investment-to-date"], percent = 50, severity = "warning", '
    'decided_by = "bundled-default", decided_on = 2026-11-22 },\n'
    '    { kind = "at_most", field = "projects-started", limit = "projects-planned"',
)
