"""`luoshu burden`: what filling in the forms costs in a year, and what a change to them costs."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from commands.frame import frame
from commands.output import Json, console, show, show_json
from commands.papers import YEARS
from commands.ready import ready_if_any
from domain.errors import Refused
from domain.form import BUNDLED
from domain.sentences import say
from models.base import Row

if TYPE_CHECKING:
    from domain.burden import Burden, Change
    from domain.programme import Programme

MOST = 10  # units named on screen
app = frame("burden")


@app.default
def burden(
    slug: Annotated[str, Parameter(help=say("form.programme"))],
    *,
    year: Annotated[int | None, Parameter(help=say("help.year"))] = None,
    against: Annotated[Path | None, Parameter(help=say("burden_help.against"))] = None,
    json: Json = False,
) -> None:
    """Tables by form, office and unit; with another version of the folder, what it changes."""
    ready_if_any()
    from domain.burden import change
    from tasks.burdens import burden_of, burden_of_other, plain, plain_change
    from tasks.work import programme

    rules = programme(slug)
    number = datetime.now(UTC).astimezone(rules.zone).year if year is None else year
    if number not in YEARS:
        raise Refused("deadlines.year", year=number)
    now = burden_of(slug, number)
    if against is None:
        show_json(plain(now)) if json else _tell(rules, now)
        return
    other = burden_of_other(slug, number, against)
    changes = change(now, other)
    if json:
        rows = [plain_change(one) for one in changes]
        show_json({"now": plain(now), "against": plain(other), "changes": rows})
    else:
        _tell_changes(rules, now, other, changes)


def tell_changed(slug: str, since: datetime) -> None:
    """What forms that were changed since an instant cost more or less; nothing of others."""
    from domain.burden import change
    from tasks.burdens import burdens_of_change
    from tasks.work import programme

    if found := burdens_of_change(slug, since):
        _tell_changes(programme(slug), *found, change(*found))


def changed(slug: str, since: datetime) -> list[Row]:
    """The same for programs."""
    from domain.burden import change
    from tasks.burdens import burdens_of_change, plain_change

    found = burdens_of_change(slug, since)
    return [plain_change(one) for one in change(*found)] if found else []


def _tell(rules: "Programme", found: "Burden") -> None:
    """The year as people read it: how much in all, and who asks for it, and who bears it."""
    from domain.wording import say_debtors
    from tasks.burdens import unit_names

    total = {"reports": found.reports, "cells": found.cells, "hours": found.hours}
    told = say("burden.total", programme=rules.name, year=found.year, **total)
    console.print(told, soft_wrap=True)
    rows = [
        {
            "label": form.label,
            "debtors": say_debtors(rules, rules.form(form.form)),
            "fields": len(form.fields),
            "units": len(form.minutes),
            "occasions": form.occasions,
            "reports": form.reports,
            "cells": form.cells,
            "hours": form.hours,
        }
        for form in found.forms
    ]
    _table(say("burden.by_form"), rows)
    if len(offices := found.offices()) > 1:
        every = [{"office": rules.office(code).name, "hours": h} for code, h in offices.items()]
        _table(say("burden.by_office"), every)
    names, debtors = unit_names(rules.slug), found.debtors()
    most = [{"unit": names.get(unit, unit), "hours": h} for unit, h in [*debtors.items()][:MOST]]
    if most:
        _table(say("burden.by_unit", shown=len(most), count=len(debtors)), most)
    _tell_effort(found)


def _table(title: str, rows: Sequence[Row]) -> None:
    """A table under a title that is not broken by its width."""
    console.print(f"\n{title}", soft_wrap=True)
    show(rows, False, heads="burden_head")


def _tell_effort(found: "Burden") -> None:
    effort = found.effort.model_dump()
    console.print(say("burden.effort", **effort), soft_wrap=True)
    estimated = found.effort.decided_by == BUNDLED
    told = say("burden.estimated" if estimated else "burden.decided")
    console.print(told, soft_wrap=True, markup=False)  # it names a table of TOML


def _tell_changes(
    rules: "Programme", now: "Burden", other: "Burden", changes: "list[Change]"
) -> None:
    """What the other version costs more or less, by form and in all."""
    words = {"programme": rules.name, "year": now.year, "now": now.hours, "other": other.hours}
    difference = other.hours - now.hours
    key = "more" if difference > 0 else "less" if difference < 0 else "same"
    console.print(say(f"burden.{key}", **words, hours=abs(difference)), soft_wrap=True)
    rows = [
        {
            "form": one.form,
            "label": one.label,
            "added": list(one.added),
            "removed": list(one.removed),
            "reports_change": _signed(one.reports),
            "cells_change": _signed(one.cells),
            "hours_change": _signed(one.hours),
        }
        for one in changes
    ]
    show(rows, False, empty=say("burden.unchanged"), heads="burden_head")
    _tell_effort(other)


def _signed(number: int | Decimal) -> str:
    return f"{number:+}" if number else "0"
