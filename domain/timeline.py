"""Dated rows brought in line with what is wanted of them: what is past stays as it was."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, Protocol, TypeVar

V = TypeVar("V")


class Dated(Protocol):
    """Something that holds from ``valid_from`` until the day before ``valid_to``."""

    @property
    def valid_from(self) -> date: ...

    @property
    def valid_to(self) -> date | None: ...


def holds(row: Dated, day: date) -> bool:
    """Whether it holds on a day."""
    return row.valid_from <= day and (row.valid_to is None or day < row.valid_to)


@dataclass(frozen=True, slots=True)
class Span(Generic[V]):
    """A value and the days it holds."""

    value: V
    valid_from: date = date.min
    valid_to: date | None = None


Edit = tuple[Span[V] | None, Span[V]]  # the stored row and what it becomes; None: a row to enter


def edits(stored: Sequence[Span[V]], wanted: Sequence[Span[V]], today: date) -> list[Edit[V]]:
    """What has to be written so that the stored rows of one thing say what is wanted.

    What is wanted holds from today on, or from a day of its own; what was stored of the days
    before stays. A row no longer wanted ends on its own first day; one that has not begun may be
    changed altogether.
    """
    open_ = {span.valid_from: span for span in sorted(stored, key=lambda s: s.valid_to or date.max)}
    told: list[Edit[V]] = []
    for span in _agreed(stored, wanted, today):
        row = open_.pop(span.valid_from, None)
        if row is None or row != span:
            told.append((row, span))
    unwanted = [row for row in open_.values() if row.valid_to != row.valid_from]
    return [*((row, replace(row, valid_to=row.valid_from)) for row in unwanted), *told]


def _agreed(stored: Sequence[Span[V]], wanted: Sequence[Span[V]], today: date) -> list[Span[V]]:
    """The spans that are to hold, without gaps between equal neighbours."""
    bounds = {today, date.min}
    for span in (*stored, *wanted):
        bounds |= {span.valid_from, span.valid_to or date.min}
    days = sorted(bounds)
    found: list[Span[V]] = []
    for day, end in zip(days, [*days[1:], None], strict=True):
        holding = _on(day, stored, wanted, today)
        if holding is None:
            continue
        before = found[-1] if found else None
        if before and (before.value, before.valid_to) == (holding.value, day):
            found[-1] = replace(before, valid_to=end)
        else:
            found.append(Span(holding.value, day, end))
    return found


def _on(
    day: date, stored: Sequence[Span[V]], wanted: Sequence[Span[V]], today: date
) -> Span[V] | None:
    """What is to hold on a day."""
    now = _holding(wanted, day)
    if day >= today:
        return now
    if now and _has_its_day(now, stored, today):
        return now
    if now is None and any(w.valid_to and w.valid_to <= day for w in wanted):
        return None  # it ended on a day of its own
    return _holding(stored, day)


def _has_its_day(span: Span[V], stored: Sequence[Span[V]], today: date) -> bool:
    """Whether it begins on a day nobody had said, or is something past that nobody had said."""
    if span.valid_from not in {date.min, *(s.valid_from for s in stored)}:
        return True
    past = span.valid_to is not None and span.valid_to <= today
    return past and span.value not in [s.value for s in stored]


def _holding(spans: Sequence[Span[V]], day: date) -> Span[V] | None:
    return next((span for span in spans if holds(span, day)), None)
