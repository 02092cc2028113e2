"""A stored receipt looked at again: what was read of it, what was found, how it was decided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from documents.remarks import Remark, remarks_of
from domain.checks import Content, content, words
from domain.finding import Finding
from domain.form import Form
from domain.history import Event, Kind
from domain.obligation import Standing
from models import obligation, report
from models.base import reading
from models.receipt import findings_of
from models.report import Filed, Span
from tasks.blanks import Due, Facts, facts
from tasks.previous import Last, last_before
from tasks.register import Register
from tasks.standings import standings_of
from tasks.stuck import refusal
from tasks.work import programme

OFFICE_SAID = "check.office"


@dataclass(frozen=True, slots=True)
class Review:
    """A receipt with all that is known of it; ``verdict`` is the last thing that was decided."""

    filed: Filed
    facts: Facts
    form: Form
    content: Content
    last: Last | None
    findings: Sequence[Finding]
    verdict: Kind
    by_office: bool
    standing: Standing

    @property
    def number(self) -> str:
        """The number as people write it."""
        return f"{self.filed.id:06d}"

    @property
    def unit(self) -> str:
        """What the debtor is called."""
        return self.facts.name(self.filed.owed.debtor)

    @property
    def tasks(self) -> Mapping[str, str]:
        """The titles of the debtor's tasks by code."""
        owed = self.filed.owed
        return self.facts.leads(owed.office).get(owed.debtor, {})

    @property
    def due(self) -> Due:
        """What it answers."""
        owed = self.filed.owed
        due_at = self.standing.due_at or owed.nominal_due_at
        return Due(owed.office, owed.form, owed.debtor, owed.nominal_due_at, due_at)

    def remarks(self) -> list[Remark]:
        """What was found, in words; nothing has to be mended of what the office has accepted."""
        found = list(self.findings)
        if self.verdict in (Kind.ACCEPTED, Kind.SUPERSEDED):
            found = [replace(f, severity="warning") for f in found if f.rule != OFFICE_SAID]
        return remarks_of(found, self.content.rows)


def review(number: int, now: datetime) -> Review:
    """The receipt with this number; Refused when there is none or it answers nothing yet."""
    with reading() as session:
        filed = report.filed(session, number)
        if filed is None:
            raise refusal(session, number)
        rules, owed = programme(filed.programme), filed.owed
        told = facts(Register(rules, session), filed.owed.occasion)
        form = rules.form(owed.form)
        span = Span(before=owed.nominal_due_at)
        last = last_before(session, rules, form, [owed.debtor], span).get(owed.debtor)
        sent = words(filed.payload)
        verdict, by_office = decided(obligation.histories(session, [owed.id])[owed.id], number)
        return Review(
            filed=filed,
            facts=told,
            form=form,
            content=content(form, sent, told.period, last.content if last else None)[0],
            last=last,
            findings=findings_of(session, [number])[number],
            verdict=verdict,
            by_office=by_office,
            standing=standings_of(session, rules, [owed], now)[owed.id],
        )


def decided(history: Iterable[Event], number: int) -> tuple[Kind, bool]:
    """The last thing decided on a receipt, and whether the office did."""
    its = [e for e in history if e.receipt == number and e.kind is not Kind.REPEATED]
    return (its[-1].kind, its[-1].actor == "office") if its else (Kind.RECEIVED, False)
