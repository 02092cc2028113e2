"""Check what was received: each receipt is accepted, or returned with what to mend."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from prefect import task
from prefect.cache_policies import NO_CACHE

from domain.checks import Context, Finding, examine, passes, words
from domain.counting import verdict
from domain.form import Form
from domain.history import Event, Kind
from domain.sent import remarks
from domain.sentences import say
from models import message, obligation, receipt
from models.base import Row, Session, reading, writing
from models.obligation import Owed, event_row
from models.receipt import Sent
from tasks.comparisons import contexts
from tasks.previous import leans
from tasks.recipients import About, to_liaisons
from tasks.register import Register
from tasks.work import Work, programme


def unchecked(work: Work) -> list[int]:
    """The receipts of the programme that no check has looked at."""
    with reading() as session:
        return receipt.unchecked_ids(session, work.programme)


@task(task_run_name=say("task.validate"), cache_policy=NO_CACHE)
def validate(work: Work, receipts: Sequence[int]) -> Counter[str]:
    """Check receipts against their forms; accept or return each and tell its sender."""
    counts: Counter[str] = Counter()
    with writing() as session:
        sent = receipt.by_ids(session, receipts)
        owed = obligation.by_ids(session, {s.obligation for s in sent})
        obligation.lock(session, set(owed))
        # one week may refer to the week before it, and both may come at once
        by_due = sorted(sent, key=lambda s: owed[s.obligation].nominal_due_at)
        for _, its in groupby(by_due, key=lambda s: owed[s.obligation].nominal_due_at):
            counts += _judge(session, work, list(its), owed)
    return counts


def _judge(
    session: Session, work: Work, sent: Sequence[Sent], owed: Mapping[int, Owed]
) -> Counter[str]:
    """Write the verdict on each receipt, and what its sender is told."""
    histories = obligation.histories(session, {s.obligation for s in sent})
    # by another run, while this one waited: what it was held against may have changed since
    sent = [s for s in sent if not _is_checked(histories[s.obligation], s.id)]
    found = _findings(session, work, sent, owed)
    rows: list[Row] = []
    for s in sent:
        history = histories[s.obligation]
        new = verdict(history, s.id, passes(found[s.id]))
        rows += [_row(s, kind, about) for kind, about in new]
        history += [Event(kind, work.now, work.now, "checks", about) for kind, about in new]
    change = work.change("checks")
    written = obligation.add_events(session, change, rows)
    receipt.add_findings(session, change, [(s.id, f) for s in sent for f in found[s.id]])
    for kind in ("receipt", "returned"):
        about = [
            About(owed[s.obligation], s.id, s.received_at)
            for s in sent
            if passes(found[s.id]) == (kind == "receipt")
        ]
        message.put(session, change, to_liaisons(session, work, kind, about))
    return Counter(row["kind"] for row in written)


def _is_checked(history: Iterable[Event], number: int) -> bool:
    return any(e.receipt == number and e.kind is Kind.CHECKED for e in history)


def _findings(
    session: Session, work: Work, sent: Sequence[Sent], owed: Mapping[int, Owed]
) -> dict[int, list[Finding]]:
    """What is wrong with each report, those of a form and an occasion in one go."""
    known = Register(programme(work.programme), session)
    alike: dict[tuple[str, str], list[Sent]] = {}
    for one in sent:
        about = owed[one.obligation]
        alike.setdefault((about.form, about.occasion), []).append(one)
    found: dict[int, list[Finding]] = {}
    for (code, occasion), its in alike.items():
        form, period = known.rules.form(code), known.rules.period(occasion)
        units = {owed[s.obligation].debtor for s in its}
        leaning = {owed[s.obligation].debtor for s in its if leans(words(s.payload))}
        beside = contexts(known, form, period, units, leaning)
        found |= {s.id: _found(form, s, beside[owed[s.obligation].debtor]) for s in its}
    return found


def _found(form: Form, sent: Sent, context: Context) -> list[Finding]:
    """What is wrong with the table itself and with what it says; of one the office sent back
    unread there is nothing else to say.
    """
    unread = [Finding(rule, "file", "error", d) for rule, d in remarks(sent.payload, "problems")]
    noted = [Finding(rule, "file", "warning", d) for rule, d in remarks(sent.payload, "notes")]
    if unread and not sent.payload.get("rows"):
        return unread
    return [*unread, *noted, *examine(form, words(sent.payload), context)[1]]


def _row(sent: Sent, kind: Kind, about: int) -> Row:
    return event_row(sent.obligation, kind, key=f"checks:{about}", receipt_id=about)
