"""Everything a unit has sent, version by version, and what each changed of the one before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from domain.checks import Cell, Content, Value, content, words
from domain.errors import Refused
from domain.form import Form
from domain.history import Event, Kind
from domain.programme import Programme
from models import obligation, report
from models.report import Filed
from tasks.blanks import units_meant
from tasks.previous import leans
from tasks.register import register
from tasks.reviews import decided
from tasks.work import programme


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that says something else than in the version before."""

    row: str
    field: str  # its label
    was: Value
    now: Value


@dataclass(frozen=True, slots=True)
class Version:
    """One receipt of a debtor; ``number`` counts those that answer the same obligation."""

    filed: Filed
    form: Form
    verdict: Kind
    number: int
    changes: Sequence[Change]


@dataclass(frozen=True, slots=True)
class History:
    """What one unit has sent, oldest occasion first."""

    rules: Programme
    unit: str
    versions: Sequence[Version]


def history(slug: str, word: str, form: str = "") -> History:
    """Every receipt of a unit, on one form or all; Refused when it has sent nothing yet."""
    rules = programme(slug)
    forms = {f.code: f for f in ([rules.form(form)] if form else rules.forms)}
    with register(rules) as known:
        [unit] = units_meant(known, [word])
        assert known.session is not None
        found = report.filed_by(known.session, slug, unit, forms.keys())
        if not found:
            if form:
                raise Refused("desk.no_history_form", unit=word, form=forms[form].label)
            raise Refused("desk.no_history", unit=word, slug=slug)
        events = obligation.histories(known.session, {f.owed.id for f in found})
        names = known.names(rules.period(found[-1].owed.occasion))
    return History(rules, names.get(unit, unit), list(_versions(rules, forms, found, events)))


def _versions(
    rules: Programme,
    forms: Mapping[str, Form],
    found: Iterable[Filed],
    events: Mapping[int, Sequence[Event]],
) -> Iterator[Version]:
    for id, its in groupby(found, key=lambda filed: filed.owed.id):
        before: Content | None = None
        for number, filed in enumerate(its, start=1):
            form, now = forms[filed.owed.form], None
            if not leans(sent := words(filed.payload)):  # else it says what another occasion does
                now, _ = content(form, sent, rules.period(filed.owed.occasion))
            changes = list(_changes(form, before, now)) if before and now else []
            verdict, _ = decided(events[id], filed.id)
            yield Version(filed, form, verdict, number, changes)
            before = now


def _changes(form: Form, before: Content, now: Content) -> Iterator[Change]:
    for key in dict.fromkeys([*before.rows, *now.rows]):
        old, new = before.rows.get(key, {}), now.rows.get(key, {})
        for field in form.fields:
            was, says = (row.get(field.code, Cell.NOT_REPORTED) for row in (old, new))
            if was != says:
                yield Change(key, field.label, was, says)
