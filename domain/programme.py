"""A programme as data: what its folder says, validated (design §2).

Rules and their origin are those of :mod:`domain.form`. Times are local to ``zone``.
"""

from datetime import date, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from pydantic import Field as Constrained
from pydantic import model_validator

from domain import clock, reminder
from domain.counting import Counting
from domain.effort import Effort
from domain.errors import Refused
from domain.form import Code, Data, Day, Form, Name, Rule
from domain.ladder import CountingRules, Rung, Sending
from domain.periods import PLAIN, Kind, Months, Period, parse
from domain.references import references
from domain.timing import Clock, ExtraDay, MonthCut, Phase, moved
from domain.workdays import Workdays


class UnitClass(Rule):
    """A class of reporting units."""

    code: Code
    name: Name


class Group(Rule):
    """A comparison group: units ranked against each other."""

    code: Code
    name: Name


class Office(Rule):
    """The office that runs the programme, or a part of it.

    ``host`` is the unit it sits in, ``recipient`` the one reports are addressed to: the host,
    unless the document names another.
    """

    code: Code
    name: Name
    host: Code
    recipient: Code | None = None
    contact: str = ""  # how to reach the office, as letters print it


class Programme(Data):
    """One programme, as its folder says."""

    slug: Code
    name: Name
    label: Name
    valid_from: Day
    zone: ZoneInfo
    units_from: str = ""  # folder whose units.csv, names.csv, changes.csv and groups.csv it shares
    parent: Code | None = None  # the programme it is a copy of, a level below (A0.4)
    parent_unit: Code | None = None  # and the unit there that runs it
    active_from: Day | None = None
    active_to: Day | None = None
    demo_years: int = 0  # a demonstration moves a dated plan so many years
    months: MonthCut | None = None
    phases: tuple[Phase, ...] = ()
    extra_days: tuple[ExtraDay, ...] = ()
    offices: tuple[Office, ...] = Constrained(min_length=1)
    classes: tuple[UnitClass, ...]
    groups: tuple[Group, ...] = ()
    clocks: tuple[Clock, ...]
    forms: tuple[Form, ...] = Constrained(min_length=1)
    ladder: tuple[Rung, ...]
    sending: Sending
    counting: CountingRules
    effort: Effort | None = None  # minutes of filling in; estimates without

    @model_validator(mode="after")
    def _codes_are_unique(self) -> Self:
        for place in ("offices", "classes", "groups", "phases", "clocks", "forms", "ladder"):
            codes = [item.code for item in getattr(self, place)]
            if again := next((code for code in codes if codes.count(code) > 1), None):
                raise ValueError(f"rule.duplicate_code|{place}|{again}|")
        return self

    @model_validator(mode="after")
    def _references_exist(self) -> Self:
        for place, code, known in references(self):
            if code not in known:
                raise ValueError(
                    f"rule.unknown_reference|{place}|{code}|{'、'.join(sorted(known))}"
                )
        return self

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        if self.active_to and self.active_to < self.begins:
            raise ValueError("rule.active_days|active_to")
        return self

    @model_validator(mode="after")
    def _somebody_owes_each_form(self) -> Self:
        for form in self.forms:
            if bool(form.debtors) == (self.clock_rule(form).every == "matter"):
                raise ValueError(f"rule.who_owes|forms.{form.code}")
        return self

    @property
    def begins(self) -> date:
        """The first day anything is owed under this version."""
        return max(self.valid_from, self.active_from or self.valid_from)

    @property
    def month_cut(self) -> Months:
        """How the programme cuts its months."""
        return Months(self.months.starts, self.months.half) if self.months else PLAIN

    def period(self, occasion: str) -> Period:
        """The period an occasion of the programme names; raises PeriodRefused."""
        return parse(occasion, self.month_cut)

    def office(self, code: str) -> Office:
        """The office with this code, or the only one for none; Refused, naming those there are."""
        offices = {o.code: o for o in self.offices}
        if not code and len(offices) == 1:
            return self.offices[0]
        if not code:
            raise Refused("office.which", known="、".join(offices))
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

    def forms_for(self, office: str, period: Period) -> list[Form]:
        """The forms an office asks for about a period: on a clock of its kind, and live then."""
        if not period.overlaps(self.begins, self.active_to):
            return []
        every = {c.code: c.every for c in self.clocks}
        phases = {p.code: p for p in self.phases}
        return [
            f
            for f in self.forms_of(office)
            if every[f.clock] == period.kind
            and (not f.phases or any(phases[code].holds(period) for code in f.phases))
        ]

    def label_of(self, office: str, occasion: str) -> str:
        """What the reports of an occasion are called, such as 周报; by the first form asked for."""
        forms = self.forms_for(office, self.period(occasion)) or self.forms_of(office)
        return forms[0].label

    def kinds(self, office: str) -> list[Kind]:
        """The kinds of periods an office collects on, as its forms stand; matters left out."""
        found = dict.fromkeys(self.clock(form).every for form in self.forms_of(office))
        return [kind for kind in found if kind != "matter"]

    def clock(self, form: Form) -> clock.Clock:
        """The clock a form runs on."""
        return self.clock_rule(form).on(self.zone, self.month_cut)

    def clock_rule(self, form: Form) -> Clock:
        """The clock a form runs on, as the folder says it."""
        return next(c for c in self.clocks if c.code == form.clock)

    def rungs(self) -> tuple[reminder.Rung, ...]:
        """The ladder as the domain computes with it."""
        return tuple(rung.value() for rung in self.ladder)

    def calendar(self, public: Workdays) -> Workdays:
        """The public calendar with the programme's own extra days."""
        return public.changed({extra.day: extra.working for extra in self.extra_days})

    def sending_hours(self, workdays: Workdays) -> reminder.Sending:
        """The sending rules on a calendar."""
        rules = self.sending
        catch_up = timedelta(hours=rules.catch_up_hours)
        return reminder.Sending(rules.quiet_from, rules.quiet_to, catch_up, workdays, self.zone)

    def counting_on(self, workdays: Workdays) -> Counting:
        """The counting rules on a calendar."""
        return Counting(self.counting.counts, self.counting.resend_days, workdays, self.zone)

    def moved(self, years: int) -> "Programme":
        """The programme with every day of its own some years on."""
        days = {name: getattr(self, name) for name in ("valid_from", "active_from", "active_to")}
        phases = [
            phase.model_copy(
                update={k: moved(d, years) for k in ("start", "end") if (d := getattr(phase, k))}
            )
            for phase in self.phases
        ]
        update = {name: moved(day, years) for name, day in days.items() if day}
        return self.model_copy(update=update | {"phases": tuple(phases)})
