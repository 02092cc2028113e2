"""One-off matters: some units report at once on something, under an occasion of its own (A3.7)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from domain import periods
from domain.errors import Refused
from domain.form import Form
from domain.history import Kind
from domain.matter import due_after, reminders_ahead
from domain.programme import Programme
from domain.wording import say_instant
from models import matter, message, obligation, reminder
from models.audit import Change
from models.base import Row, Session, reading, writing
from models.matter import Matter
from models.programme import keep_version
from models.unit import members_on, printed_names
from tasks.matching import units_named
from tasks.recipients import told_of
from tasks.runs import anchor
from tasks.standings import standings_of
from tasks.work import Work, calendar, programme

BACK = timedelta(days=90)  # a matter due longer ago is not listed, reported on or not


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of whom; without units every member, without ``due_at`` by the form's hours."""

    slug: str
    title: str
    units: Sequence[str] = ()
    form: str = ""
    due_at: datetime | None = None


def open_matter(asked: Asked, now: datetime) -> Matter:
    """Open a matter: an obligation of each unit, due at once; its liaisons are asked right away.

    Raises Refused when the programme has no such form, a unit is no member of it, the matter has
    no title, or the due instant is past.
    """
    rules = programme(asked.slug)
    form = _form(rules, asked.form)
    title = " ".join(asked.title.split())  # it is printed in subjects: one line
    if not title:
        raise Refused("matter.no_title")
    with writing() as session:
        due_at = _due(session, rules, form, asked, now)
        units = _units(session, rules, asked.units, now)
        wanted = Matter(rules.slug, form.office, form.code, "", title, units, now, due_at)
        change = Change(rules.slug, "office", now)
        opened = _enter(session, change, rules, wanted)
        _open(session, change, rules, opened)
    anchor(now)
    return opened


def _due(session: Session, rules: Programme, form: Form, asked: Asked, now: datetime) -> datetime:
    """When it is due: not before it can be asked for, and the form's hours count from then."""
    asked_at = rules.sending_hours(calendar(session, rules)).allowed_from(now)
    due_at = asked.due_at or due_after(asked_at, rules.clock_rule(form).within_hours or 0)
    if due_at <= now:
        raise Refused("matter.past")
    if due_at <= asked_at:
        raise Refused("matter.before_asking", asked=say_instant(asked_at, rules.zone))
    return due_at


def _form(rules: Programme, code: str) -> Form:
    forms = {f.code: f for f in rules.forms if rules.clock_rule(f).every == "matter"}
    if not forms:
        raise Refused("matters.no_form", programme=rules.name)
    if not code and len(forms) > 1:
        raise Refused("matters.several_forms", known="、".join(forms))
    if code and code not in forms:
        raise Refused("matter.which_form", code=code, known="、".join(forms))
    return forms[code] if code else next(iter(forms.values()))


def _enter(session: Session, change: Change, rules: Programme, wanted: Matter) -> Matter:
    """Enter the matter under the day's next number; somebody else may be taking one, too."""
    day = wanted.opened_at.astimezone(rules.zone).date()
    while True:
        number = matter.count_of_day(session, rules.slug, day.isoformat()) + 1
        opened = replace(wanted, occasion=periods.matter(day, number).id)
        if matter.enter(session, change, opened):
            return opened


def _units(
    session: Session, rules: Programme, words: Sequence[str], now: datetime
) -> tuple[str, ...]:
    day = now.astimezone(rules.zone).date()
    members = {member.unit for member in members_on(session, rules.slug, day)}
    named = units_named(session, rules.slug, words)
    for word, unit in named.items():
        if unit not in members:
            raise Refused("matters.no_member", unit=word, programme=rules.name)
    return tuple(dict.fromkeys(named.values())) if words else tuple(sorted(members))


def _open(session: Session, change: Change, rules: Programme, opened: Matter) -> None:
    version = keep_version(session, change, rules)
    day = opened.opened_at.astimezone(rules.zone).date()
    groups = {m.unit: m.group_code for m in members_on(session, rules.slug, day)}
    rows = [
        {
            "programme": opened.programme,
            "office": opened.office,
            "form": opened.form,
            "debtor": unit,
            "occasion": opened.occasion,
            "nominal_due_at": opened.due_at,
            "group_code": groups.get(unit, ""),
            "programme_version_id": version,
        }
        for unit in opened.units
    ]
    new = obligation.open_all(session, change, rows)
    clock = Change(change.stream, "clock", change.at)  # its first due instant is no extension
    events = [e for row in new for e in _events(row["id"], opened)]
    obligation.add_events(session, clock, events)
    _tell(session, clock, rules, opened, [row["id"] for row in new])


def _events(id: int, opened: Matter) -> list[Row]:
    return [
        obligation.event_row(id, Kind.OPENED),
        obligation.event_row(id, Kind.DUE_SET, due_at=opened.due_at),
    ]


def _tell(
    session: Session, change: Change, rules: Programme, opened: Matter, ids: Sequence[int]
) -> None:
    """Ask every liaison at once, and keep the rungs that lie ahead."""
    sending = rules.sending_hours(calendar(session, rules))
    told = (opened.due_at, opened.opened_at, sending)
    reminder.decide(session, (r for id in ids for r in reminders_ahead(rules.rungs(), id, *told)))
    work = Work(rules.slug, opened.office, opened.occasion, change.at, 0)
    owed = obligation.by_ids(session, ids).values()
    slot = sending.allowed_from(change.at)
    message.put(session, change, told_of(session, work, "asked", owed, slot))


def open_matters(slug: str, now: datetime) -> list[dict[str, Any]]:
    """The matters somebody still has to report on, the most pressing first."""
    rules = programme(slug)
    with reading() as session:
        names = printed_names(session, now.astimezone(rules.zone).date())
        found = matter.open_matters(session, slug, now - BACK)
        rows = [_row(session, rules, m, names, now) for m in found]
    return [row for row in rows if row["unit"]]


def _row(
    session: Session, rules: Programme, m: Matter, names: dict[str, str], now: datetime
) -> dict[str, Any]:
    every = obligation.of_occasion(session, m.programme, m.office, m.occasion, now)
    standings = standings_of(session, rules, every, now)
    owed = [o for o in every if standings[o.id].owed]
    due = [at for o in owed if (at := standings[o.id].due_at)]
    return {
        "occasion": m.occasion,
        "title": m.title,
        "opened_at": m.opened_at.astimezone(rules.zone),
        "due_at": min(due, default=m.due_at).astimezone(rules.zone),
        "count": len(every),
        "unit": [names.get(o.debtor, o.debtor) for o in owed],
    }
