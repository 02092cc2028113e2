"""A year of deadlines: weekly clocks by the product's own rule, a monthly one by the 25th."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from documents.year import YearRow
from domain.clock import Clock, Due, due
from domain.periods import week_of
from domain.sentences import say
from domain.wording import say_period
from tests.domain.build import CALENDAR, ZONE

ROW = YearRow(
    programme="洛阳市城市更新",
    office="市城市更新工作领导小组办公室",
    form="周调度",
    debtors="县区",
    occasion="2026-W47",
    period="11月16日—11月22日",
    nominal_due_at=datetime(2026, 11, 20, 16, tzinfo=ZONE),
    due_at=datetime(2026, 11, 20, 16, tzinfo=ZONE),
    shift_days=0,
    reason="",
    status="confirmed",
)
EARLIER = replace(
    ROW,
    occasion="2026-W40",
    nominal_due_at=datetime(2026, 10, 2, 16, tzinfo=ZONE),
    due_at=datetime(2026, 9, 30, 16, tzinfo=ZONE),
    shift_days=-2,
    reason=say("due.previous"),
)
LATER = replace(
    ROW,
    nominal_due_at=datetime(2026, 5, 4, 18, tzinfo=ZONE),
    due_at=datetime(2026, 5, 6, 18, tzinfo=ZONE),
    shift_days=2,
    reason=say("due.next"),
)
EXEMPT = replace(
    ROW,
    nominal_due_at=datetime(2026, 2, 20, 16, tzinfo=ZONE),
    due_at=None,
    shift_days=None,
    reason=say("due.no_workday"),
    status="exempt",
)
PROVISIONAL = replace(ROW, status="provisional")


def weekly(
    row: YearRow = ROW, weekday: int = 5, at: time = time(16), year: int = 2026
) -> list[YearRow]:
    """The weeks of a year, moved off holidays as the product moves them."""
    clock = Clock(every="week", weekday=weekday, at=at, zone=ZONE)
    weeks = (week_of(date(year, 1, 1) + timedelta(weeks=number)) for number in range(53))
    found = (due(clock, week, CALENDAR) for week in weeks)
    return [_row(row, one) for one in found if one.nominal_due_at.year == year]


def monthly(row: YearRow = ROW, day: int = 25) -> Iterator[YearRow]:
    """The same day of every month, or the working day before it."""
    for month in range(1, 13):
        nominal = moved = date(2026, month, day)
        if not CALENDAR.works(nominal):
            moved = CALENDAR.previous(nominal)
        at = [datetime.combine(one, time(18), ZONE) for one in (nominal, moved)]
        days, reason = (moved - nominal).days, say("due.previous") if moved != nominal else ""
        words = {"occasion": f"2026-{month:02}", "reason": reason, "period": f"{month}月"}
        yield replace(row, nominal_due_at=at[0], due_at=at[1], shift_days=days, **words)


def five_programmes(offices: int = 10) -> list[YearRow]:
    """As many offices as are asked for, two to a programme, the second with a monthly form."""
    rows: list[YearRow] = []
    for number in range(offices):
        name = {
            "programme": f"示例市第{number // 2 + 1}号提升行动",
            "office": f"市第{number + 1}工作专班办公室",
        }
        row = replace(ROW, form="工作台账", debtors="牵头单位", **name)
        rows += monthly(row) if number % 2 else weekly(row, weekday=1 + 4 * (number % 4 == 0))
    return rows


def _row(row: YearRow, one: Due) -> YearRow:
    return replace(
        row,
        occasion=one.period.id,
        period=say_period(one.period),
        nominal_due_at=one.nominal_due_at,
        due_at=one.due_at,
        shift_days=one.shift_days,
        reason=say(one.reason) if one.reason else "",
        status=one.status,
    )
