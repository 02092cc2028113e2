"""Days in every usual spelling, and those that are none; the week is that of 16 November 2026."""

from datetime import date, datetime, time
from typing import Any

from tests.intake.corpus_book import Shown
from tests.intake.corpus_case import Case, again
from tests.intake.corpus_cells import one

LAST = date(2026, 11, 30)
SPELT = [
    "2026-11-30", "2026/11/30", "2026.11.30", "20261130", "2026年11月30日", "2026年11月30号",
    "２０２６年１１月３０日", "2026 年 11 月 30 日", "11月30日", "2026年11月底", "11月底前",
    "2026-11-30 16:00", "2026-11-30T16:00:00", "2026年11月30日（星期一）", "46356", "2026-11-30 ",
]  # fmt: skip


def finished(claim: str, raw: Any, read: date | None, *findings: str, **keys: Any) -> Case:
    """A day when a project ends."""
    return one(claim, {"finished": raw}, {"finished": read}, *findings, **keys)


def none(claim: str, raw: Any, rule: str, **keys: Any) -> Case:
    return finished(claim, raw, None, f"{rule} finished", **keys)


STORED = finished("a stored date is its day", LAST, LAST)
TIMED = finished("a date with a time is its day", datetime(2026, 11, 30, 16, 30), LAST)  # noqa: DTZ001
MAC = finished("a date of the 1904 calendar is its day", LAST, LAST, options={"date_1904": True})
SERIAL = finished("a serial number without a date format is its day", 46356, LAST)
CASES = [
    STORED, TIMED, MAC, SERIAL,
    again(STORED, "xls"), again(TIMED, "et"), again(MAC, "xls"), again(SERIAL, "suite"),
    again(STORED, "openpyxl"), again(MAC, "openpyxl"),
    *(finished(f"{text!r} is the 30th", text, LAST) for text in SPELT),
    finished("a date in a Chinese format is its day",
             Shown(46356, 'yyyy"年"m"月"d"日"'), LAST),
    finished("a date in the format of the system is its day", Shown(46356, "[$-804]yyyy/m/d"),
             LAST),
    finished("a day without a year is of the week's year", "6月5日", date(2026, 6, 5)),
    none("a day without a year that is nearer in the next is asked about", "1月5日",
         "reading.no_year"),
    none("a month's end that is nearer in the next is asked about", "1月底", "reading.no_year"),
    finished("2026年底 is its last day", "2026年底", date(2026, 12, 31)),
    finished("the last of February of a leap year is the 29th", "2028年2月底", date(2028, 2, 29)),
    none("a month is no day", "2026年11月", "reading.month_only"),
    none("a month with a point is no day", "2026.11", "reading.month_only"),
    none("soon is no day", "近期", "reading.not_a_day"),
    none("a day that is none is said so", "2026-02-30", "reading.no_such_day"),
    none("the last third of a month is no day", "11月下旬", "reading.not_a_day"),
    none("a time is no day", time(16), "reading.not_a_day"),
    none("a number that is no date is no day", 120, "reading.not_a_day"),
    none("two days are no day", "2026-11-30至2026-12-05", "reading.not_a_day"),
    finished("an end before the beginning is returned", date(2026, 1, 5), date(2026, 1, 5),
             "checks.not_before finished"),
    one("an end without a beginning is asked for it", {"started": None}, {"started": None},
        "checks.needs started"),
]  # fmt: skip
