"""The templates of an occasion: one for each debtor and form, filled in from last time (A0.11)."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from documents.blank import Spec
from documents.template import template
from domain.errors import Refused
from domain.expansion import dues
from domain.sentences import say
from models import obligation
from models.report import Span
from tasks.blanks import Due, Facts, facts, units_meant
from tasks.previous import Last, last_before
from tasks.register import collecting, register
from tasks.standings import standings_of
from tasks.work import programme

UNWRITABLE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')  # in the name of a file, on some system


@dataclass(frozen=True, slots=True)
class Paper:
    """One template to be made, and what its file is called."""

    name: str
    spec: Spec

    def content(self) -> bytes:
        """The .xlsx file."""
        return template(self.spec)


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose templates are asked for: units in words, none for all; the occasion, the office."""

    units: Sequence[str] = ()
    occasion: str = ""
    office: str = ""


def papers(slug: str, asked: Asked, now: datetime) -> list[Paper]:
    """Every template asked for, by office, form and unit; without an occasion, of the one now.

    Raises Refused for a unit that is none, or one that owes nothing.
    """
    rules = programme(slug)
    offices = [rules.office(asked.office)] if asked.office else rules.offices
    found: list[Spec] = []
    for office in offices:
        if occasion := asked.occasion or collecting(rules, office.code, now):
            with register(rules) as known:
                found += _specs(facts(known, occasion), office.code, asked.units, now)
    if not found:
        raise Refused("desk.nothing_owed", slug=slug, occasion=asked.occasion or slug)
    return list(_named(found, {office.code: office.name for office in rules.offices}))


def _specs(told: Facts, office: str, words: Sequence[str], now: datetime) -> Iterator[Spec]:
    wanted = set(units_meant(told.known, words))
    owed = [due for due in _dues(told, office, now) if not wanted or due.unit in wanted]
    leads = told.leads(office)
    for code in dict.fromkeys(due.form for due in owed):
        its = [due for due in owed if due.form == code]
        last = _last(told, its)
        for due in its:
            yield told.spec(due, leads.get(due.unit, {}), last.get(due.unit))


def _dues(told: Facts, office: str, now: datetime) -> list[Due]:
    """Who owes what: as it stands, or as it will be opened; those that are exempt left out."""
    known, rules = told.known, told.known.rules
    if known.session:
        scope = (rules.slug, office, told.period.id)
        owed = obligation.of_occasion(known.session, *scope, now)
        standings = standings_of(known.session, rules, owed, now)
        opened = [(o, standings[o.id]) for o in owed]
        if opened:
            return [
                Due(o.office, o.form, o.debtor, o.nominal_due_at, s.due_at)
                for o, s in opened
                if s.due_at and s.state != "exempt"
            ]
    due = dues(rules, office, told.period, known.workdays)
    return [
        Due(office, owing.form, owing.unit, due[owing.form].nominal_due_at, at)
        for owing in known.owing(office, told.period)
        if (at := due[owing.form].due_at)
    ]


def _last(told: Facts, owed: Sequence[Due]) -> Mapping[str, Last]:
    """What each of these debtors of one form last reported; nothing without a database."""
    if told.known.session is None:
        return {}
    rules, first = told.known.rules, owed[0]
    span, units = Span(before=first.nominal_due_at), [due.unit for due in owed]
    return last_before(told.known.session, rules, rules.form(first.form), units, span)


def _named(found: Sequence[Spec], offices: Mapping[str, str]) -> Iterator[Paper]:
    """Each under a name of its own: the office's stands in it where the others do not tell."""
    names = [file_name("desk.template", spec) for spec in found]
    counts = Counter(names)
    for name, spec in zip(names, found, strict=True):
        if counts[name] > 1:
            office = offices[spec.identity.office]
            name = file_name("desk.template_of", spec, office=office, form=spec.form.code)
        yield Paper(name, spec)


def file_name(key: str, spec: Spec, **values: str) -> str:
    """A name of the catalogue for a file about a form, safe on every system."""
    told = {"occasion": spec.identity.occasion, "unit": spec.unit, "label": spec.form.label}
    return UNWRITABLE.sub(" ", say(key, **told, **values))
