"""A file looked at before it is sent: what would be read of it, and what the checks would say.

Nothing is stored, and no unit is told anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from domain.checks import Context, examine, passes
from domain.content import Content
from domain.errors import PeriodRefused, Refused
from domain.finding import Finding
from domain.form import Form
from domain.grid import Workbook
from domain.layout import Found, find
from domain.periods import Period
from domain.programme import Programme
from domain.sentences import say
from intake.fault import Unreadable
from intake.limits import MB, MOST_BYTES
from intake.sandbox import Reader
from models import head_match
from tasks.blanks import Facts, facts, units_meant
from tasks.comparisons import contexts
from tasks.register import Register, collecting, register
from tasks.work import programme, sound


@dataclass(frozen=True, slots=True)
class Meant:
    """What the person who looks already knows; "" is left to the file."""

    programme: str = ""
    form: str = ""
    unit: str = ""
    occasion: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says, as one report of one unit, and what is wrong with it."""

    file: str
    kind: str
    rules: Programme
    found: Found
    period: Period | None = None
    unit: str = ""  # as it is printed; "" when nobody said whose it is
    other_unit: str = ""  # the one the file itself names, when another was meant
    content: Content = field(default_factory=lambda: Content({}))
    findings: Sequence[Finding] = ()
    astray: str = ""  # the key of why it would answer nothing, as the inbox says it

    @property
    def verdict(self) -> Literal["good", "doubtful", "bad", "astray"]:
        """Whether it would be accepted, has to be confirmed by a person, would come back, or would
        be left lying because nobody could tell what it answers.
        """
        if self.found.form is None or self.astray:
            return "astray"
        if not passes(self.findings):
            return "bad"
        return "good" if self.found.certain else "doubtful"


def look(path: Path, meant: Meant, now: datetime) -> Reading:
    """Read a file as it would be read when it came in; Refused when it cannot be read at all."""
    book = read_file(path)
    rules = _programme(book, meant.programme)
    forms = [rules.form(meant.form)] if meant.form else rules.forms
    with register(rules) as known:
        heads = head_match.confirmed(known.session, rules.slug) if known.session else {}
        found = find(book, forms, {task.code: task.title for task in known.tasks.tasks}, heads)
        if found.form is None:
            return Reading(path.name, book.kind, rules, found)
        told = facts(known, meant.occasion or _occasion(known, found, found.form, now))
        named = _named(known, found.unit)
        unit = units_meant(known, [meant.unit])[0] if meant.unit else named
        if unit and found.form.rows == "tasks":
            its = told.leads(found.form.office).get(unit, {})
            found = replace(find(book, [found.form], its, heads), unit=found.unit)
        astray = _astray(found, meant, unit, told.period.id)
        other = told.name(named) if named and named != unit else ""
        reading = Reading(path.name, book.kind, rules, found, other_unit=other, astray=astray)
        return _examined(reading, told, unit)


def read_file(path: Path) -> Workbook:
    """The tables in a file, read apart from this process; Refused with what to do about it."""
    try:
        if path.stat().st_size > MOST_BYTES:  # not into memory, to be refused there
            raise Refused("preflight.too_large", file=path.name, most=MOST_BYTES // MB)
        content = path.read_bytes()
    except OSError:
        raise Refused("desk.no_file", path=path) from None
    with Reader() as reader:
        answer = reader.read(path.name, content)
    if isinstance(answer, Unreadable):
        raise answer
    return answer


def _programme(book: Workbook, slug: str) -> Programme:
    """The programme that was named, or that a template names itself."""
    named = find(book, ()).identity
    slug = slug or (named.programme if named else "")
    if not slug:
        raise Refused("desk.which_programme", known=say("desk.and").join(sound()))
    return programme(slug)


def _occasion(known: Register, found: Found, form: Form, now: datetime) -> str:
    """The occasion a file names, as far as it is one; else the one being collected."""
    try:
        return known.rules.period(found.occasion).id
    except PeriodRefused:
        running = collecting(known.rules, form.office, now)
        if not running:
            raise
        return running


def _named(known: Register, said: str) -> str:
    """The unit a file names by this word; "" when it names none."""
    try:
        return units_meant(known, [said])[0] if said else ""
    except Refused:
        return ""


def _astray(found: Found, meant: Meant, unit: str, occasion: str) -> str:
    """Why a file would answer nothing when it came in; what is ``meant`` counts as said in it."""
    if not unit:
        return "intake.unknown_unit" if found.unit else "intake.no_unit"
    if meant.occasion or found.occasion == occasion:
        return ""
    return "intake.not_owed" if found.occasion else "intake.no_occasion"


def _examined(reading: Reading, told: Facts, unit: str) -> Reading:
    form = reading.found.form
    assert form is not None
    asked = [unit] if unit else []
    known = contexts(told.known, form, told.period, asked, asked)
    context = known.get(unit, Context(told.period, form.unit_class or ""))
    content, findings = examine(form, reading.found.words, context)
    return replace(
        reading,
        period=told.period,
        unit=told.name(unit) if unit else "",
        content=content,
        findings=findings,
    )
