"""Which obligation a report answers, by the unit, occasion and form it names or its heads fit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from domain.expansion import members_day
from domain.programme import Programme
from domain.remark import Remark
from domain.task import Tasks
from intake.submission import Submission
from models import head_match, obligation
from models.base import Session
from models.obligation import Owed
from models.task import tasks_of
from tasks.contents import Reading, faulted, read_as
from tasks.matching import units_of
from tasks.work import Work, programme

Answer = tuple[Submission, Owed | None]  # what was sent, with the problem where nothing is found


@dataclass(frozen=True, slots=True)
class _Known:
    """What reports are matched against, read in one go."""

    rules: Programme
    units: Mapping[str, str]
    owed: Mapping[tuple[str, str], Sequence[Owed]]
    tasks: Tasks
    heads: Mapping[str, Mapping[str, str]]  # the field of each head, as confirmed, by form

    def every(self, sent: Submission) -> Sequence[Owed]:
        """What the unit owes for the occasion."""
        return self.owed.get((self.units.get(sent.unit, ""), sent.occasion), ())

    def named(self, owed: Owed, sent: Submission) -> bool:
        """Whether a report may be this form, by what it says."""
        return sent.form in ("", owed.form, self.rules.form(owed.form).label)


def titles_of(session: Session, rules: Programme, owed: Owed) -> dict[str, str]:
    """The tasks a row of a report may be about, by code."""
    return _titles(tasks_of(session, rules.slug), rules, owed)


def _titles(tasks: Tasks, rules: Programme, owed: Owed) -> dict[str, str]:
    day = members_day(rules, rules.period(owed.occasion))  # as the template and the checks know it
    mine = set(tasks.leads(owed.office, day).get(owed.debtor, ()))
    return {task.code: task.title for task in tasks.tasks if task.code in mine}


def answers(session: Session, work: Work, read: Sequence[Reading]) -> list[Answer]:
    """The obligation each report answers, and the report read as its form, in the given order."""
    rules, sent = programme(work.programme), [r.sent for r in read]
    units = units_of(session, rules.slug, {s.unit for s in sent} | {r.line for r in read if r.line})
    known = _Known(
        rules,
        units,
        obligation.of_debtors(session, rules.slug, set(units.values()), {s.occasion for s in sent}),
        tasks_of(session, rules.slug),
        head_match.confirmed(session, rules.slug) if any(r.book for r in read) else {},
    )
    return [_answer(one, known) for one in read]


def _answer(reading: Reading, known: _Known) -> Answer:
    sent = reading.sent
    if sent.problem:
        return sent, None
    if sent.unit not in known.units:
        return replace(sent, problem="intake.unknown_unit"), None
    every = known.every(sent)
    named = [o for o in every if known.named(o, sent)]
    if not named:
        return replace(sent, problem="intake.which_form" if every else "intake.not_owed"), None
    if reading.book is not None:
        return _by_heads(reading, named, known)
    if len(named) > 1:
        return replace(sent, problem="intake.which_form"), None
    return sent, named[0]


def _by_heads(reading: Reading, named: Sequence[Owed], known: _Known) -> Answer:
    """The form whose heads fit the table best, of those the unit owes."""
    titles = {
        code: title for o in named for code, title in _titles(known.tasks, known.rules, o).items()
    }
    sent = read_as(reading, [known.rules.form(o.form) for o in named], titles, known.heads)
    owed = next((o for o in named if o.form == sent.form), None)
    if owed and known.units.get(reading.line, owed.debtor) != owed.debtor:
        sent = faulted(sent, Remark("layout.other_unit", {"other": reading.line}))
    return sent, owed
