"""One-off matters: some units report at once on something, under an occasion of its own (A3.7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from domain import periods
from domain.errors import Refused
from domain.form import Form
from domain.history import Kind
from domain.programme import Programme
from domain.reminder import plan
from models import matter, obligation, reminder
from models.audit import Change
from models.base import Row, Session, reading, writing
from models.matter import Matter
from models.programme import keep_version
from models.unit import members_on, printed_names
from tasks.matching import units_named
from tasks.runs import anchor
from tasks.work import calendar, programme


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of whom; without units every member, without ``due_at`` by the form's hours."""

    slug: str
    title: str
    units: Sequence[str] = ()
    form: str = ""
    due_at: datetime | None = None


def open_matter(asked: Asked, now: datetime) -> Matter:
    """Open a matter: an obligation of each unit, due at once, with its reminders.

    Raises Refused when the programme has no such form, or the due instant is past.
    """
    rules = programme(asked.slug)
    form = _form(rules, asked.form)
    due_at = asked.due_at or now + timedelta(hours=rules.clock_rule(form).within_hours or 0)
    if due_at <= now:
        raise Refused("matter.past")
    if not asked.title.strip():
        raise Refused("matter.no_title")
    with writing() as session:
        opened = Matter(
            programme=rules.slug,
            office=form.office,
            form=form.code,
            occasion=_occasion(session, rules, now),
            title=asked.title.strip(),
            units=_units(session, rules, asked.units, now),
            opened_at=now,
            due_at=due_at,
        )
        change = Change(rules.slug, "office", now)
        matter.enter(session, change, opened)
        _open(session, change, rules, opened)
    anchor(now)
    return opened


def _form(rules: Programme, code: str) -> Form:
    forms = {f.code: f for f in rules.forms if rules.clock_rule(f).every == "matter"}
    if code not in forms and (code or len(forms) != 1):
        raise Refused("matter.which_form", code=code, known="、".join(forms) or "—")
    return forms[code] if code else next(iter(forms.values()))


def _occasion(session: Session, rules: Programme, now: datetime) -> str:
    day = now.astimezone(rules.zone).date()
    number = matter.count_of_day(session, rules.slug, day.isoformat()) + 1
    return periods.matter(day, number).id


def _units(
    session: Session, rules: Programme, words: Sequence[str], now: datetime
) -> tuple[str, ...]:
    if words:
        return tuple(dict.fromkeys(units_named(session, rules.slug, words).values()))
    day = now.astimezone(rules.zone).date()
    return tuple(member.unit for member in members_on(session, rules.slug, day))


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
    ladder, sending = rules.rungs(), rules.sending_hours(calendar(session, rules))
    reminder.decide(
        session, (r for row in new for r in plan(ladder, row["id"], opened.due_at, sending))
    )


def _events(id: int, opened: Matter) -> list[Row]:
    return [
        obligation.event_row(id, Kind.OPENED),
        obligation.event_row(id, Kind.DUE_SET, due_at=opened.due_at),
    ]


def open_matters(slug: str, now: datetime) -> list[dict[str, Any]]:
    """The matters of a programme that are not due yet, the most pressing first."""
    with reading() as session:
        names = printed_names(session, now.date())
        return [
            {
                "occasion": m.occasion,
                "title": m.title,
                "unit": [names.get(unit, unit) for unit in m.units],
                "opened_at": m.opened_at,
                "due_at": m.due_at,
            }
            for m in matter.open_matters(session, slug, now)
        ]
