"""The state of obligations as known at an instant: one select, one fold each."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from domain.expansion import dues
from domain.obligation import Flag, Standing, State, standing
from domain.periods import Period
from domain.programme import Office, Programme
from models import obligation
from models.base import Session
from models.obligation import Owed
from models.programme import versions
from models.workday import workdays
from tasks.register import Register, collecting, register
from tasks.work import programme

Row = dict[str, Any]


def standings_of(
    session: Session, rules: Programme, owed: Iterable[Owed], as_of: datetime
) -> dict[int, Standing]:
    """The standing of each obligation, by id, by the rules it was opened under.

    Neither a rule nor a holiday learned after ``as_of`` changes what was known then.
    """
    by_id, public = {o.id: o for o in owed}, workdays(session, as_of)
    opened_under = versions(session, {o.version for o in by_id.values()}, rules)
    counting = {id: v.counting_on(v.calendar(public)) for id, v in opened_under.items()}
    hosts = {(id, o.code): o.host for id, v in opened_under.items() for o in v.offices}
    return {
        id: standing(
            history,
            counting[(o := by_id[id]).version],
            as_of,
            self_filed=o.debtor == hosts.get((o.version, o.office)),
        )
        for id, history in obligation.histories(session, set(by_id)).items()
    }


def obligation_rows(slug: str, occasion: str, as_of: datetime) -> list[Row]:
    """Every obligation of an occasion as known at ``as_of``: stored, or as it will be opened.

    Without an occasion, of the one each office is collecting.
    """
    rules = programme(slug)
    return [row for office in rules.offices for row in _of_office(rules, office, occasion, as_of)]


def _of_office(rules: Programme, office: Office, occasion: str, as_of: datetime) -> list[Row]:
    occasion = occasion or collecting(rules, office.code, as_of)
    if not occasion:
        return []
    with register(rules) as known:
        period = rules.period(occasion)
        names = known.names(period)
        owed = (
            obligation.of_occasion(known.session, rules.slug, office.code, period.id, as_of)
            if known.session
            else []
        )
        if known.session and owed:
            standings = standings_of(known.session, rules, owed, as_of)
            return [_row(o, names, standings[o.id], rules.zone) for o in owed]
        return list(_not_opened(known, office, period, names))


def _row(owed: Owed, names: Mapping[str, str], standing: Standing, zone: ZoneInfo) -> Row:
    return {
        "office": owed.office,
        "form": owed.form,
        "unit": names.get(owed.debtor, owed.debtor),
        "occasion": owed.occasion,
        "due_at": standing.due_at and standing.due_at.astimezone(zone),
        "state": standing.state.value,
        "flags": sorted(standing.flags),
    }


def _not_opened(
    known: Register, office: Office, period: Period, names: Mapping[str, str]
) -> Iterator[Row]:
    """What will be opened: pending until somebody has been asked, whatever the day."""
    due = dues(known.rules, office.code, period, known.workdays)
    for owing in known.owing(office.code, period):
        due_at = due[owing.form].due_at
        flags = [Flag.NOT_OPENED, *([Flag.SELF_FILED] if owing.unit == office.host else [])]
        yield {
            "office": office.code,
            "form": owing.form,
            "unit": names.get(owing.unit, owing.unit),
            "occasion": period.id,
            "due_at": due_at,
            "state": (State.PENDING if due_at else State.EXEMPT).value,
            "flags": sorted(flag.value for flag in flags),
        }
