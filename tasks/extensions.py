"""The office gives more time, or lets a unit off, with a reason; whoever was told is told again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain.errors import Refused
from domain.history import Kind
from domain.obligation import Flag, Standing, State
from domain.programme import Programme
from domain.sentences import say
from domain.wording import say_deadline
from models import obligation
from models.audit import Change
from models.base import Session, writing
from models.obligation import Owed
from models.unit import printed_names
from tasks.demands import correct, set_anew
from tasks.matching import units_named
from tasks.runs import anchor
from tasks.standings import standings_of
from tasks.work import programme

OFFICE = "office"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which obligations are meant, and why they are changed."""

    slug: str
    occasion: str
    units: Sequence[str]
    reason: str
    office: str = ""
    form: str = ""


def extend(chosen: Chosen, until: datetime, now: datetime) -> list[Row]:
    """Give the obligations another due instant; one that was exempt is owed again.

    Raises Refused when it is past, or not later than the one they have; a report that was
    returned may be sent again until its own day, and more time never takes of that.
    """
    if until <= now:
        raise Refused("extend.past")

    def later(before: Standing) -> Row:
        by = before.resend_by  # the due instant, or later once a report was returned
        if by and until <= by and before.state is not State.EXEMPT:
            zone = programme(chosen.slug).zone
            raise Refused("extend.not_later", due=say_deadline(by, zone))
        return {"kind": Kind.DUE_SET, "due_at": until}

    return _change(chosen, later, now)


def exempt(chosen: Chosen, now: datetime) -> list[Row]:
    """Let the units off; what they sent nevertheless is kept."""
    return _change(chosen, lambda _before: {"kind": Kind.EXEMPTED}, now)


def _change(chosen: Chosen, new: Callable[[Standing], Row], now: datetime) -> list[Row]:
    if not chosen.reason.strip():
        raise Refused("extend.no_reason")
    rules = programme(chosen.slug)
    with writing() as session:
        owed = _chosen(session, rules, chosen)
        obligation.lock(session, [o.id for o in owed])
        before = standings_of(session, rules, owed, now)
        _still_wanted(session, owed, before, now.astimezone(rules.zone).date())
        changes = {o.id: new(before[o.id]) for o in owed}
        change = Change(chosen.slug, OFFICE, now)
        told = set_anew(session, change, rules, owed, changes, chosen.reason.strip())
        correct(session, change, rules, told)
        answer = _answer(session, rules, owed, now)
    anchor(now)
    return answer


def _still_wanted(
    session: Session, owed: Sequence[Owed], before: Mapping[int, Standing], day: date
) -> None:
    """Raises Refused for a unit that has reported on time: nothing is to be changed for it."""
    for one in owed:
        if before[one.id].state is State.ON_TIME and Flag.RETURNED not in before[one.id].flags:
            unit = printed_names(session, day).get(one.debtor, one.debtor)
            raise Refused("extend.reported", unit=unit, occasion=one.occasion)


def _chosen(session: Session, rules: Programme, chosen: Chosen) -> list[Owed]:
    """The obligations that are meant; raises Refused, naming the unit, when there is none."""
    occasion = rules.period(chosen.occasion).id
    units = units_named(session, rules.slug, chosen.units)
    found = obligation.of_debtors(session, rules.slug, set(units.values()), {occasion})
    every: list[Owed] = []
    for word, unit in units.items():
        mine = [
            o
            for o in found.get((unit, occasion), [])
            if chosen.office in ("", o.office) and chosen.form in ("", o.form)
        ]
        if not mine:
            raise Refused("extend.nothing_owed", unit=word, occasion=occasion)
        every += mine
    return every


def _due(standing: Standing, rules: Programme) -> datetime | None:
    """What is due now, in the programme's zone; None while nothing is owed."""
    due_at = None if standing.state is State.EXEMPT else standing.due_at
    return due_at and due_at.astimezone(rules.zone)


def _answer(session: Session, rules: Programme, owed: Sequence[Owed], now: datetime) -> list[Row]:
    standings = standings_of(session, rules, owed, now)
    names = printed_names(session, now.astimezone(rules.zone).date())
    return [
        {
            "office": o.office,
            "form": o.form,
            "unit": names.get(o.debtor, o.debtor),
            "occasion": o.occasion,
            "nominal_due_at": o.nominal_due_at.astimezone(rules.zone),
            "due_at": _due(standings[o.id], rules),
            "state": standings[o.id].state.value,
            "told": say("extend.told" if standings[o.id].announced else "extend.not_told"),
        }
        for o in owed
    ]
