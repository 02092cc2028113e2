"""What a changed register means for what is stored: dated rows are added and closed, never lost."""

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from domain.task import TaskUnit
from domain.timeline import Span, edits
from domain.unit import DatedName, Member

R = TypeVar("R", Member, DatedName, TaskUnit)
Edits = list[tuple[R | None, R]]  # the stored row and what it becomes; None: a row to enter


def membership_edits(
    stored: Collection[Member], wanted: Iterable[Member], today: date
) -> Edits[Member]:
    """What has to be written so that from today on the stored memberships say what is wanted.

    A change without a day of its own holds from today; what is past stays as it was. The first
    register holds as it is written; a unit that joins one in force has been no member before.
    """
    since = today if stored else date.min
    return _edits(
        stored, wanted, lambda m: m.unit, ("class_code", "group_code"), lambda unit: since
    )


def name_edits(
    stored: Collection[DatedName], wanted: Iterable[DatedName], today: date
) -> Edits[DatedName]:
    """The same for printed names; those of a unit that is new hold as they are written."""
    known = {name.unit for name in stored}
    return _edits(
        stored, wanted, lambda n: n.unit, ("name",), lambda u: today if u in known else date.min
    )


def task_unit_edits(
    stored: Collection[TaskUnit], wanted: Iterable[TaskUnit], today: date
) -> Edits[TaskUnit]:
    """The same for the units on tasks; on a task that is new they hold as they are written."""
    known = {unit.task for unit in stored}
    return _edits(
        stored, wanted, _place, (), lambda place: today if place[0] in known else date.min
    )


def _place(unit: TaskUnit) -> tuple[str, ...]:
    return unit.task, unit.role, unit.printed, unit.unit or ""


K = TypeVar("K", bound=Hashable)


def _edits(
    stored: Iterable[R],
    wanted: Iterable[R],
    key: Callable[[R], K],
    says: Sequence[str],
    since: Callable[[K], date],
) -> Edits[R]:
    """The edits of the rows under each key; ``says`` are the columns that hold what they say."""
    before: dict[K, list[R]] = _by(key, stored)
    after: dict[K, list[R]] = _by(key, wanted)
    found: Edits[R] = []
    for place in dict.fromkeys((*before, *after)):
        rows: dict[Span[tuple[str, ...]], R] = {
            _span(row, says): row for row in before.get(place, ())
        }
        asked = [_span(row, says) for row in after.get(place, ())]
        like = (after.get(place) or before[place])[0]
        for old, new in edits([*rows], asked, since(place)):
            said: dict[str, Any] = dict(zip(says, new.value, strict=True))
            row = replace(like, valid_from=new.valid_from, valid_to=new.valid_to, **said)
            found.append((rows[old] if old else None, row))
    return found


def _by(key: Callable[[R], K], rows: Iterable[R]) -> dict[K, list[R]]:
    found: dict[K, list[R]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def _span(row: R, says: Sequence[str]) -> Span[tuple[str, ...]]:
    return Span(tuple(getattr(row, name) for name in says), row.valid_from, row.valid_to)
