"""What a unit last reported: the content of its accepted reports, with what they took over."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.checks import content, words
from domain.content import Content, Words
from domain.form import Form
from domain.programme import Programme
from domain.sent import SAME, declared, is_nil
from models import report
from models.base import Session
from models.report import Accepted, Span


@dataclass(frozen=True, slots=True)
class Last:
    """An accepted report as read, and which one it is."""

    receipt: int
    occasion: str
    received_at: datetime
    content: Content


def last_before(
    session: Session, rules: Programme, form: Form, debtors: Collection[str], span: Span
) -> dict[str, Last]:
    """The last accepted report of each debtor; one that says "unchanged" has what it refers to.

    Weeks with nothing to report are passed over: a total does not begin anew after them. They are
    the last report only of a debtor that has never said anything else.
    """
    newest = report.last_accepted(session, rules.slug, form.code, debtors, span)
    leaning = {
        found.debtor for found in newest if leans(words(found.payload)) or is_nil(found.payload)
    }
    whole = all_before(session, rules, form, leaning, span) if leaning else {}
    alone = {
        found.debtor: _read(rules, form, found, None)
        for found in newest
        if found.debtor not in leaning
    }
    return alone | {unit: saying(its)[-1] for unit, its in whole.items()}


def saying(its: Sequence[Last]) -> Sequence[Last]:
    """Of reports those that say something, where any of them does; else all."""
    return [last for last in its if not last.content.nil] or its


def all_before(
    session: Session, rules: Programme, form: Form, debtors: Collection[str], span: Span
) -> dict[str, list[Last]]:
    """Every accepted report of each debtor, oldest first, since the first one.

    The beginning of the span is passed over: a later report may refer to any earlier one.
    """
    until = Span(before=span.before, as_of=span.as_of)
    found: dict[str, list[Last]] = {}
    for one in report.accepted(session, rules.slug, form.code, until, debtors):
        its = found.setdefault(one.debtor, [])
        its.append(_read(rules, form, one, saying(its)[-1].content if its else None))
    return found


def leans(sent: Words) -> bool:
    """Whether a report refers to the one before it."""
    return sent.unchanged or any(declared(row.get(SAME, "")) for row in sent.rows.values())


def _read(rules: Programme, form: Form, one: Accepted, before: Content | None) -> Last:
    said, _ = content(form, words(one.payload), rules.period(one.occasion), before)
    return Last(one.receipt, one.occasion, one.received_at, said)
