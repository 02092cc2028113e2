"""A programme as data: what its folder says, validated (design §2).

Rules and their origin are those of :mod:`domain.form`. Times are local to ``zone``.
"""

from datetime import timedelta
from typing import Self
from zoneinfo import ZoneInfo

from pydantic import Field as Constrained
from pydantic import model_validator

from domain import reminder
from domain.counting import Counting, CountingRule
from domain.errors import Refused
from domain.form import AtMost, Check, Code, Data, Day, Form, Name, Rule, Time
from domain.periods import Clock as WeeklyClock
from domain.periods import ReportsOn, Shift
from domain.reminder import Channel, Role
from domain.workdays import Workdays


class UnitClass(Rule):
    """A class of reporting units."""

    code: Code
    name: Name


class Group(Rule):
    """A comparison group: units ranked against each other."""

    code: Code
    name: Name


class Clock(Rule):
    """When forms are due: ISO weekday and local time."""

    code: Code
    weekday: int = Constrained(ge=1, le=7)
    at: Time
    reports_on: ReportsOn = "this"
    shift: Shift = "previous"

    def weekly(self, zone: ZoneInfo) -> WeeklyClock:
        """The clock as the domain computes with it."""
        return WeeklyClock(self.weekday, self.at, zone, self.reports_on, self.shift)


class Rung(Rule):
    """One step of the ladder, by hours from the due instant or working days after it."""

    code: str = Constrained(pattern=r"^R\d+$")
    roles: tuple[Role, ...] = Constrained(min_length=1)
    channels: tuple[Channel, ...] = Constrained(min_length=1)
    hours: int = 0
    workdays: int = Constrained(default=0, ge=0)
    at: Time | None = None

    @model_validator(mode="after")
    def _one_way_to_say_when(self) -> Self:
        if bool(self.hours) == (self.at is not None) or (self.workdays and self.at is None):
            raise ValueError("rule.rung_when")
        return self

    def value(self) -> reminder.Rung:
        """The rung as the domain computes with it."""
        return reminder.Rung(
            self.code, self.roles, self.channels, self.hours, self.workdays, self.at
        )


class Sending(Rule):
    """When messages may go out, and how long a missed rung is made up for."""

    quiet_from: Time
    quiet_to: Time
    catch_up_hours: int = Constrained(ge=0)
    unreachable_at: Time

    @model_validator(mode="after")
    def _quiet_night(self) -> Self:
        if self.quiet_to >= self.quiet_from:
            raise ValueError("rule.quiet_hours")
        return self


class CountingRules(Rule):
    """Which receipt decides punctuality, and the working days to resend what was returned."""

    counts: CountingRule = "first_valid"
    resend_days: int = Constrained(default=2, ge=0)


class Office(Rule):
    """The office that runs the programme, or a part of it."""

    code: Code
    name: Name
    host: Code
    contact: str = ""  # how to reach the office, as letters print it


class Programme(Data):
    """One programme, as its folder says."""

    slug: Code
    name: Name
    label: Name
    valid_from: Day
    zone: ZoneInfo
    units_from: str = ""  # folder whose units.csv, names.csv, changes.csv and groups.csv it shares
    offices: tuple[Office, ...] = Constrained(min_length=1)
    classes: tuple[UnitClass, ...]
    groups: tuple[Group, ...] = ()
    clocks: tuple[Clock, ...]
    forms: tuple[Form, ...] = Constrained(min_length=1)
    ladder: tuple[Rung, ...]
    sending: Sending
    counting: CountingRules

    @model_validator(mode="after")
    def _codes_are_unique(self) -> Self:
        for place in ("offices", "classes", "groups", "clocks", "forms", "ladder"):
            codes = [item.code for item in getattr(self, place)]
            if again := next((code for code in codes if codes.count(code) > 1), None):
                raise ValueError(f"rule.duplicate_code|{place}|{again}|")
        return self

    @model_validator(mode="after")
    def _references_exist(self) -> Self:
        for place, code, known in _references(self):
            if code not in known:
                raise ValueError(
                    f"rule.unknown_reference|{place}|{code}|{'、'.join(sorted(known))}"
                )
        return self

    def office(self, code: str) -> Office:
        """The office with this code; Refused, naming those there are, when there is none."""
        offices = {o.code: o for o in self.offices}
        if code not in offices:
            raise Refused("office.unknown", code=code, known="、".join(offices))
        return offices[code]

    def form(self, code: str) -> Form:
        """The form with this code; Refused, naming those there are, when it is gone."""
        forms = {f.code: f for f in self.forms}
        if code not in forms:
            raise Refused("office.unknown_form", code=code, known="、".join(forms))
        return forms[code]

    def forms_of(self, office: str) -> list[Form]:
        """The forms an office collects."""
        return [f for f in self.forms if f.office == office]

    def clock(self, form: Form) -> WeeklyClock:
        """The clock a form runs on."""
        return next(c for c in self.clocks if c.code == form.clock).weekly(self.zone)

    def rungs(self) -> tuple[reminder.Rung, ...]:
        """The ladder as the domain computes with it."""
        return tuple(rung.value() for rung in self.ladder)

    def sending_hours(self, workdays: Workdays) -> reminder.Sending:
        """The sending rules on a calendar."""
        rules = self.sending
        catch_up = timedelta(hours=rules.catch_up_hours)
        return reminder.Sending(rules.quiet_from, rules.quiet_to, catch_up, workdays, self.zone)

    def counting_on(self, workdays: Workdays) -> Counting:
        """The counting rules on a calendar."""
        return Counting(self.counting.counts, self.counting.resend_days, workdays, self.zone)


def _references(programme: Programme) -> list[tuple[str, str, set[str]]]:
    """Every code that must exist elsewhere: where it stands, the code, what is known there."""
    offices = {o.code for o in programme.offices}
    clocks = {c.code for c in programme.clocks}
    classes = {c.code for c in programme.classes}
    found: list[tuple[str, str, set[str]]] = []
    for form in programme.forms:
        place = f"forms.{form.code}"
        found += [
            (f"{place}.office", form.office, offices),
            (f"{place}.clock", form.clock, clocks),
            (f"{place}.unit_class", form.unit_class, classes),
        ]
        fields = {f.code for f in form.fields}
        found += [(f"{place}.checks", code, fields) for c in form.checks for code in _fields(c)]
    return found


def _fields(rule: Check) -> tuple[str, ...]:
    return (rule.field, rule.limit) if isinstance(rule, AtMost) else rule.fields
