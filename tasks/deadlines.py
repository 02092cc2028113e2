"""The year of deadlines, and what a new calendar would move in it."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from domain.deadline import Deadline
from domain.expansion import deadlines
from domain.programme import Programme
from domain.sentences import say
from domain.workdays import Workdays
from tasks.register import register
from tasks.work import programme

Row = dict[str, Any]
Key = tuple[str, str, str, str]


def year_of(slug: str, year: int) -> list[Deadline]:
    """Every deadline of a programme in a year, by its nominal instant."""
    rules = programme(slug)
    with register(rules) as known:
        return sorted(deadlines(rules, year, known.workdays), key=_order)


def _order(deadline: Deadline) -> tuple[Any, ...]:
    return deadline.nominal_due_at, deadline.office, deadline.form


def rows_of(rules: Programme, found: Iterable[Deadline]) -> Iterator[Row]:
    """Deadlines as the command prints them: a unit class by its code, a reason as a sentence."""
    for deadline in found:
        row = asdict(deadline)
        debtors = row.pop("debtors")
        row["reason"] = say(deadline.reason) if deadline.reason else ""
        yield {
            "programme": row.pop("programme"),
            "office": row.pop("office"),
            "form": row.pop("form"),
            "unit_class": debtors.removeprefix("class:"),
        } | row


def moves(rules: Programme, years: Iterable[int], old: Workdays, new: Workdays) -> Iterator[Row]:
    """The deadlines that differ between two calendars: what was, and what will be."""
    for year in years:
        before = {_key(d): d for d in deadlines(rules, year, rules.calendar(old))}
        for after in deadlines(rules, year, rules.calendar(new)):
            was = before[_key(after)]
            if was.due_at != after.due_at:
                yield {
                    "programme": rules.slug,
                    "office": after.office,
                    "form": after.form,
                    "occasion": after.occasion,
                    "was": was.due_at,
                    "due_at": after.due_at,
                    "reason": say(after.reason) if after.reason else "",
                }


def _key(deadline: Deadline) -> Key:
    return deadline.programme, deadline.office, deadline.form, deadline.occasion
