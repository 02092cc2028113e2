"""Values the domain tests are written in: Fixture F of the worked scenarios and its calendar."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from chinese_calendar.constants import holidays, workdays

from domain.clock import Clock
from domain.counting import Counting, CountingRule
from domain.history import Event, Kind, admit
from domain.obligation import Standing, standing
from domain.programme import Programme
from domain.reminder import Rung, Sending
from domain.workdays import Workdays

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = Workdays(frozenset(holidays), frozenset(workdays), frozenset(range(2004, 2027)))
FRIDAYS = Clock(every="week", weekday=5, at=time(16), zone=ZONE)

JIANXI, YANSHI, FINANCE, GRID = "涧西区", "偃师区", "市财政局", "国网洛阳供电公司"
CHANHE = "瀍河区"
DEBTORS = (JIANXI, YANSHI, FINANCE, GRID)

LADDER = (
    Rung("R1", ("liaison",), ("email",), hours=-24),
    Rung("R2", ("liaison",), ("email", "sms"), hours=-2),
    Rung("R3", ("liaison", "deputy"), ("email", "sms"), hours=1),
    Rung("R4", ("head",), ("email",), workdays=1, at=time(9)),
)
SENDING = Sending(time(21), time(8), timedelta(hours=4), CALENDAR, ZONE)


def nov(day: int, at: str = "00:00") -> datetime:
    """An instant of November 2026; the 12th is the Thursday before the deadline."""
    return datetime.combine(date(2026, 11, day), time.fromisoformat(at), ZONE)


def local(text: str) -> datetime:
    """Any other instant, as ``2026-09-30 16:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


DUE = nov(13, "16:00")


def counting(rule: CountingRule = "first_valid") -> Counting:
    """How Fixture F counts, under another rule where a case asks for one."""
    return Counting(rule, 2, CALENDAR, ZONE)


def fold(events: Iterable[Event], as_of: datetime, rule: CountingRule = "first_valid") -> Standing:
    """Where an obligation stands by the rules of Fixture F."""
    return standing(events, counting(rule), as_of)


def history(*parts: list[Event]) -> list[Event]:
    """The parts in a row, each event admitted by the transition table; opened and due first."""
    events: list[Event] = []
    for event in (e for part in (opened(), *parts) for e in part):
        admit(events, event)
        events.append(event)
    return events


def opened(due_at: datetime = DUE) -> list[Event]:
    at = nov(9, "08:00")
    return [Event(Kind.OPENED, at, at, "clock"), Event(Kind.DUE_SET, at, at, "clock", None, due_at)]


def announced(at: datetime) -> list[Event]:
    return [Event(Kind.ANNOUNCED, at, at, "clock")]


def extended(at: datetime, due_at: datetime) -> list[Event]:
    return [Event(Kind.DUE_SET, at, at, "office", None, due_at)]


def exempted(at: datetime) -> list[Event]:
    return [Event(Kind.EXEMPTED, at, at, "office")]


def withdrawn(at: datetime) -> list[Event]:
    return [Event(Kind.WITHDRAWN, at, at, "office")]


def unchecked(
    receipt: int, at: datetime, *, nil: bool = False, recorded: datetime | None = None
) -> list[Event]:
    return [Event(Kind.RECEIVED, at, recorded or at, "unit", receipt, nil=nil)]


def checked(receipt: int, at: datetime) -> list[Event]:
    return [Event(Kind.CHECKED, at, at, "checks", receipt)]


def valid(receipt: int, at: datetime, *, nil: bool = False) -> list[Event]:
    """A report without errors: the checks accept it as it comes."""
    verdict = Event(Kind.ACCEPTED, at, at, "checks", receipt)
    return [*unchecked(receipt, at, nil=nil), *checked(receipt, at), verdict]


def invalid(receipt: int, at: datetime, returned: datetime) -> list[Event]:
    """A report with errors, sent back by the checks."""
    verdict = Event(Kind.RETURNED, returned, returned, "checks", receipt)
    return [*unchecked(receipt, at), *checked(receipt, returned), verdict]


def returned(receipt: int, at: datetime) -> list[Event]:
    """Sent back by the office."""
    return [Event(Kind.RETURNED, at, at, "office", receipt)]


def accepted(receipt: int, at: datetime) -> list[Event]:
    """Accepted by the office."""
    return [Event(Kind.ACCEPTED, at, at, "office", receipt)]


def superseded(receipt: int, at: datetime) -> list[Event]:
    return [Event(Kind.SUPERSEDED, at, at, "unit", receipt)]


def repeated(receipt: int, at: datetime) -> list[Event]:
    return [Event(Kind.REPEATED, at, at, "unit", receipt)]


def s2() -> dict[str, list[Event]]:
    """Who sent what in scenario S2."""
    return {
        JIANXI: history(valid(1, nov(13, "15:59:59"))),
        YANSHI: history(valid(2, nov(13, "16:00:00"))),
        FINANCE: history(valid(3, nov(13, "16:00:01"))),
        GRID: history(),
    }


SOURCE = {"source": ["A0.7"]}


def form(code: str, unit_class: str | None, **keys: Any) -> dict[str, Any]:
    progress = {"code": "progress", "label": "本周进展", **SOURCE}
    return {
        "code": code,
        "label": "周调度",
        "office": "office",
        "clock": "friday",
        "unit_class": unit_class,
        "fields": [progress],
        **SOURCE,
        **keys,
    }


def folder(**keys: Any) -> dict[str, Any]:
    """What a small programme folder says: three classes, three forms, one clock."""
    classes = [("county", "城市区"), ("member", "成员单位"), ("utility", "公用企业")]
    rung = {"code": "R1", "roles": ["liaison"], "channels": ["email"], "hours": -24, **SOURCE}
    hours = {"quiet_from": time(21), "quiet_to": time(8), "unreachable_at": time(9)}
    return {
        "slug": "luoyang-renewal",
        "name": "洛阳市城市更新",
        "label": "2026",
        "valid_from": date(2026, 1, 1),
        "zone": "Asia/Shanghai",
        "offices": [{"code": "office", "name": "领导小组办公室", "host": "housing", **SOURCE}],
        "classes": [{"code": code, "name": name, **SOURCE} for code, name in classes],
        "clocks": [{"code": "friday", "weekday": 5, "at": time(16), **SOURCE}],
        "forms": [form(f"{code}-weekly", code) for code, _ in classes],
        "ladder": [rung],
        "sending": {**hours, "catch_up_hours": 4, **SOURCE},
        "counting": SOURCE,
        **keys,
    }


def programme(**keys: Any) -> Programme:
    """The small programme, with some keys said otherwise."""
    return Programme.model_validate(folder(**keys))
