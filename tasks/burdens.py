"""What filling in a programme's forms costs in a year, and what another version of it would."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from domain.burden import Burden, Change, burden
from domain.errors import Refused
from domain.unit import name_on
from models.programme import before, entered_at
from programmes.load import Loaded, load
from tasks.register import register
from tasks.work import loaded

Row = dict[str, Any]


def burden_of(slug: str, year: int) -> Burden:
    """The year's burden by the folder as it is, on the calendar as it is known."""
    return _burden(loaded(slug), year)


def burden_of_other(slug: str, year: int, folder: Path) -> Burden:
    """The same by another version of the folder, or by one of that name in ``folder``."""
    return _burden(load(slug, _root(slug, folder.resolve())), year)


def burdens_of_change(slug: str, since: datetime) -> tuple[Burden, Burden] | None:
    """The year's burden before and after, of forms that were changed since an instant.

    The change may not be entered yet. None where no form is another than it was.
    """
    known = loaded(slug)
    with register(known.programme) as facts:
        if facts.session is None:
            return None
        entered = entered_at(facts.session, known.programme)
        other = before(facts.session, known.programme)
    if other is None or (entered and entered < since) or other.forms == known.programme.forms:
        return None
    year = since.astimezone(other.zone).year
    return _burden(replace(known, programme=other), year), _burden(known, year)


def unit_names(slug: str) -> dict[str, str]:
    """The name of today of every unit by its id."""
    known = loaded(slug)
    printed = [name for name, kind in known.names if kind == "name"]
    last = {name.unit: name.valid_from for name in printed}
    return {unit: name_on(printed, unit, day) for unit, day in last.items()}


def plain(found: Burden) -> Row:
    """A burden as programs read it: hours as numbers, units and offices by their codes."""
    forms = [
        {
            "office": form.office,
            "form": form.form,
            "fields": len(form.fields),
            "debtors": len(form.minutes),
            "occasions": form.occasions,
            "reports": form.reports,
            "cells": form.cells,
            "hours": float(form.hours),
        }
        for form in found.forms
    ]
    return {
        "programme": found.programme,
        "year": found.year,
        "reports": found.reports,
        "cells": found.cells,
        "hours": float(found.hours),
        "forms": forms,
        "offices": {code: float(hours) for code, hours in found.offices().items()},
        "debtors": {unit: float(hours) for unit, hours in found.debtors().items()},
    }


def plain_change(one: Change) -> Row:
    """A change as programs read it."""
    return {
        "office": one.office,
        "form": one.form,
        "added": list(one.added),
        "removed": list(one.removed),
        "reports": one.reports,
        "cells": one.cells,
        "hours": float(one.hours),
    }


def _burden(known: Loaded, year: int) -> Burden:
    with register(known.programme) as facts:
        workdays = facts.workdays
    return burden(known.programme, year, known.members, known.tasks, workdays)


def _root(slug: str, folder: Path) -> Path:
    """The folder in which the other version lies under its own name."""
    if (folder / "programme.toml").exists():
        if folder.name != slug:
            raise Refused("burden.other_name", path=folder, slug=slug)
        return folder.parent
    if not (folder / slug / "programme.toml").exists():
        raise Refused("burden.no_folder", path=folder, slug=slug)
    return folder
