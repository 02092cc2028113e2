"""What the receipts that hold say on a form of an occasion, and what is to be asked of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.checks import Content, Words, content, words
from domain.finding import Finding
from domain.form import Form
from domain.programme import Programme
from models import receipt, report
from models.base import Session, pages
from models.report import Span
from tasks.previous import Last, last_before, leans
from tasks.summaries import Line

UNCLEAR = Finding("ledger.unclear", "file", "warning", {})
NEWER = Finding("ledger.unclear_newer", "file", "warning", {})


@dataclass(frozen=True, slots=True)
class Told:
    """One form's lines; by receipt what each says and what the checks only warn of."""

    form: Form
    lines: Sequence[Line]
    contents: Mapping[int, Content]
    warnings: Mapping[int, Sequence[Finding]]


def told_by(
    session: Session, rules: Programme, form: Form, lines: Sequence[Line], as_of: datetime
) -> Told:
    """The content of the receipt that holds of each line, and the warnings on it.

    Of one whose heads nobody has confirmed there is a warning, and what was accepted before it.
    """
    payloads = receipt.payloads(session, [line.standing.content for line in lines])
    unclear = {id for id, payload in payloads.items() if "match" in payload}
    waiting = [line for line in lines if line.standing.content in unclear]
    before = _before(session, rules, form, waiting, as_of)
    sent = {id: words(payloads[id]) for id in payloads.keys() - unclear} | before
    contents = _contents(session, rules, form, lines, sent, as_of)
    warnings = _warnings(session, contents.keys() - unclear, as_of)
    asked = {id: [NEWER if id in before else UNCLEAR] for id in unclear}
    return Told(form, lines, contents, warnings | asked)


def _before(
    session: Session, rules: Programme, form: Form, lines: Sequence[Line], as_of: datetime
) -> dict[int, Words]:
    """What stands accepted of each line whose newest report is not understood yet."""
    if not lines:
        return {}
    span, debtors = Span(as_of=as_of), [line.owed.debtor for line in lines]
    accepted = report.accepted(session, rules.slug, form.code, span, debtors)
    known = {(one.debtor, one.occasion): words(one.payload) for one in accepted}
    return {
        id: found
        for line in lines
        if (id := line.standing.content)
        and (found := known.get((line.owed.debtor, line.owed.occasion)))
    }


def _contents(
    session: Session,
    rules: Programme,
    form: Form,
    lines: Sequence[Line],
    sent: Mapping[int, Words],
    as_of: datetime,
) -> dict[int, Content]:
    """What each says, with what it takes over from the unit's last accepted report."""
    held = {id: line.owed for line in lines if (id := line.standing.content or 0) in sent}
    leaning = [owed for id, owed in held.items() if leans(sent[id])]
    last: dict[str, Last] = {}
    if leaning:
        span = Span(before=leaning[0].nominal_due_at, as_of=as_of)  # of one occasion, one instant
        last = last_before(session, rules, form, [owed.debtor for owed in leaning], span)
    before = {debtor: one.content for debtor, one in last.items()}
    return {
        id: content(form, sent[id], rules.period(owed.occasion), before.get(owed.debtor))[0]
        for id, owed in held.items()
    }


def _warnings(
    session: Session, receipts: Collection[int], as_of: datetime
) -> dict[int, list[Finding]]:
    return {
        id: [finding for finding in findings if finding.severity == "warning"]
        for page in pages(receipts)
        for id, findings in receipt.findings_of(session, page, as_of).items()
    }
