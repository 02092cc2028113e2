"""What a changed register means for what is stored: dated rows are added and closed, never lost."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.task import TaskUnit
from domain.unit import DatedName, Member

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Changes:
    """Memberships to enter, and those to close with the first day they no longer hold."""

    enter: tuple[Member, ...]
    close: tuple[tuple[Member, date], ...]


def membership_changes(stored: Iterable[Member], wanted: Iterable[Member], today: date) -> Changes:
    """What has to be written so that from now on the stored memberships say what is wanted.

    A change without a day of its own holds from today; what is past stays as it was.
    """
    before, after = _by_unit(stored), _by_unit(wanted)
    if before:  # one that joins a register in force has been no member before
        after = {unit: _from(m, today) if unit not in before else m for unit, m in after.items()}
    enter: list[Member] = []
    close: list[tuple[Member, date]] = []
    for unit in sorted(before.keys() | after.keys()):
        changes = _of_unit(before.get(unit, []), after.get(unit, []), today)
        enter += changes.enter
        close += changes.close
    return Changes(tuple(enter), tuple(close))


def _from(members: Sequence[Member], today: date) -> list[Member]:
    return [replace(m, valid_from=today) if _always(m) else m for m in members]


def _always(member: Member) -> bool:
    return member.valid_from == date.min


def _by_unit(members: Iterable[Member]) -> dict[str, list[Member]]:
    found: dict[str, list[Member]] = {}
    for member in members:
        found.setdefault(member.unit, []).append(member)
    return found


def _of_unit(stored: Sequence[Member], wanted: Sequence[Member], today: date) -> Changes:
    if not stored:
        return Changes(tuple(wanted), ())
    now, then = _holding(stored, today), _holding(wanted, today)
    known = {m.valid_from for m in stored}
    later = [m for m in wanted if m.valid_from > today and m.valid_from not in known]
    if now is None:
        left = max((m.valid_to for m in stored if m.valid_to), default=date.min)
        again = [replace(then, valid_from=_no_earlier(then, left, today))] if then else []
        return Changes((*again, *later), ())
    if then is None:
        ended = max((m.valid_to for m in wanted if m.valid_to), default=today)
        return Changes(tuple(later), ((now, max(ended, now.valid_from)),))
    if (now.class_code, now.group_code) == (then.class_code, then.group_code):
        close = ((now, then.valid_to),) if then.valid_to and then.valid_to != now.valid_to else ()
        return Changes(tuple(later), close)
    start = max(
        then.valid_from if then.valid_from > now.valid_from else today, now.valid_from + DAY
    )
    new = Member(then.unit, then.class_code, then.group_code, start, then.valid_to)
    return Changes((new, *later), ((now, start),))


def _no_earlier(member: Member, left: date, today: date) -> date:
    """When a unit that had left is a member again: on its own day, or today when that is past."""
    return member.valid_from if member.valid_from >= left else today


def _holding(members: Iterable[Member], day: date) -> Member | None:
    return next((m for m in members if m.holds(day)), None)


def name_changes(
    stored: Sequence[DatedName], wanted: Sequence[DatedName], today: date
) -> tuple[list[DatedName], list[tuple[DatedName, date]]]:
    """The printed names to enter, and those to close with the first day they are not printed.

    A name that was changed without a day of its own is printed until today.
    """
    known = {(n.unit, n.name): n for n in stored}
    kept = {(n.unit, n.name): n for n in wanted}
    close = [
        (name, kept[key].valid_to if key in kept else today)
        for key, name in known.items()
        if name.valid_to is None and (key not in kept or kept[key].valid_to)
    ]
    closed = {name.unit: day for name, day in close if day}
    enter = [
        DatedName(n.unit, n.name, max(n.valid_from, closed.get(n.unit, date.min)), n.valid_to)
        for key, n in kept.items()
        if key not in known
    ]
    return enter, [(name, day) for name, day in close if day]


def task_unit_changes(
    stored: Sequence[TaskUnit], wanted: Sequence[TaskUnit], today: date
) -> tuple[list[TaskUnit], list[TaskUnit]]:
    """The units to enter on tasks, and those to close today: another lead leads from today on.

    On a task that is new, units hold as they are written.
    """
    open_ = {_place(u): u for u in stored if u.valid_to is None}
    kept = {_place(u) for u in wanted}
    tasks = {u.task for u in stored}
    enter = [
        replace(u, valid_from=max(u.valid_from, today)) if u.task in tasks else u
        for u in wanted
        if _place(u) not in open_
    ]
    return enter, [u for place, u in open_.items() if place not in kept]


def _place(unit: TaskUnit) -> tuple[str, str, str, str | None]:
    return unit.task, unit.role, unit.printed, unit.unit
