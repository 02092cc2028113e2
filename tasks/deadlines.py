"""The year of deadlines, and what a new calendar would move in it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from domain.deadline import Deadline
from domain.defaults import Default, concerning, of_deadlines
from domain.expansion import deadlines
from domain.programme import Programme
from domain.sentences import say
from domain.workdays import Workdays
from models.installation import is_demo
from tasks.defaults import undecided
from tasks.register import register
from tasks.work import programme, sound

Row = dict[str, Any]
Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Year:
    """A programme's year: its deadlines by nominal instant, and what else its papers say.

    ``undecided`` are the defaults behind these deadlines that no office has confirmed.
    """

    rules: Programme
    year: int
    deadlines: Sequence[Deadline]
    workdays: Workdays
    undecided: Sequence[Default]
    demo: bool

    def where(self, holds: Callable[[Deadline], bool]) -> "Year":
        """The same year with some of its deadlines, and the defaults behind these."""
        found = [d for d in self.deadlines if holds(d)]
        return replace(self, deadlines=found, undecided=_behind(self.rules, found, self.undecided))


def whole_year(slug: str, year: int) -> Year:
    """A programme's year, read from the database where there is one."""
    rules = programme(slug)
    with register(rules) as known:
        workdays, session = known.workdays, known.session
        found = sorted(deadlines(rules, year, workdays), key=_order)
        open_rules = _behind(rules, found, undecided(session, rules))
        demo = is_demo(session) if session else False
    return Year(rules, year, found, workdays, open_rules, demo)


def whole_years(year: int) -> list[Year]:
    """The year of every programme that has a deadline in it."""
    every = (whole_year(slug, year) for slug in sound())
    return [one for one in every if one.deadlines]


def _behind(
    rules: Programme, found: Iterable[Deadline], defaults: Iterable[Default]
) -> list[Default]:
    codes = {deadline.form for deadline in found}
    return concerning(of_deadlines(defaults), [f for f in rules.forms if f.code in codes])


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


def moves(rules: Programme, years: Collection[int], old: Workdays, new: Workdays) -> Iterator[Row]:
    """The deadlines of some years that differ between two calendars: what was, and what will be."""
    around = {year + n for year in years for n in (-1, 0, 1)}  # a last working day may cross over
    before = {_key(d): d for year in around for d in deadlines(rules, year, rules.calendar(old))}
    for year in years:
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
