"""What a programme's folder decides where its document is silent, until an office confirms (X4)."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.form import BUNDLED, Form, Rule
from domain.programme import Programme
from domain.saying import said

ORIGIN = {"source", "decided_by", "decided_on", "note"}
LISTS = ("offices", "classes", "groups", "phases", "extra_days", "clocks", "forms", "ladder")
SINGLE = ("months", "sending", "counting", "effort")


@dataclass(frozen=True, slots=True)
class Default:
    """A rule nobody but the folder decided: its place, what it says, and the note on it.

    ``value_hash`` is of what it says: a rule that is changed has to be confirmed anew.
    """

    place: str
    value: str
    note: str
    decided_on: date | None
    value_hash: str


def defaults(programme: Programme) -> list[Default]:
    """Every bundled default of a programme, in the order of its file."""
    forms = {form.code: form for form in programme.forms}
    return [
        _default(place, rule, forms.get(place.split(".")[1]) if "." in place else None)
        for place, rule in _rules(programme)
        if _is_default(rule)
    ]


def _is_default(rule: Rule) -> bool:
    return rule.decided_by == BUNDLED


def _rules(programme: Programme) -> Iterator[tuple[str, Rule]]:
    for name in SINGLE:
        if rule := getattr(programme, name):
            yield name, rule
    for name in LISTS:
        yield from _listed(name, getattr(programme, name))


def _listed(place: str, rules: Iterable[Rule]) -> Iterator[tuple[str, Rule]]:
    for number, rule in enumerate(rules, start=1):
        here = f"{place}.{getattr(rule, 'code', number)}"
        yield here, rule
        for inner in ("fields", "checks"):
            nested = [r for r in getattr(rule, inner, ()) if isinstance(r, Rule)]
            yield from _listed(f"{here}.{inner}", nested)


def _default(place: str, rule: Rule, form: Form | None) -> Default:
    inner = {"fields", "checks"} if isinstance(rule, Form) else set()  # rules of their own
    values = rule.model_dump(mode="json", exclude=ORIGIN | inner, exclude_defaults=True)
    text = json.dumps(values, ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    value = said(rule, form) or _words(values)
    return Default(place, value, rule.note, rule.decided_on, digest)


def _words(values: dict[str, Any]) -> str:
    shown = {key: ",".join(v) if isinstance(v, list) else v for key, v in values.items()}
    return " ".join(f"{key}={value}" for key, value in shown.items() if key != "code")


def of_deadlines(found: Iterable[Default]) -> list[Default]:
    """Those that decide when something is due, and to whom: calendars print them."""
    places = ("months", "extra_days", "clocks", "offices")
    return [d for d in found if d.place.split(".")[0] in places]


def of_ledgers(found: Iterable[Default]) -> list[Default]:
    """Those that decide how a report is counted: ledgers and summaries print them."""
    return [d for d in found if d.place == "counting" or d.place.startswith("clocks.")]


def concerning(found: Iterable[Default], forms: Iterable[Form]) -> list[Default]:
    """Those that bear on these forms: no other form's clock, and no other office."""
    about = [(f"clocks.{form.clock}", f"offices.{form.office}") for form in forms]
    known = {place for places in about for place in places}
    others = ("clocks.", "offices.")
    return [d for d in found if d.place in known or not d.place.startswith(others)]


def covered(programme: Programme) -> dict[str, list[str]]:
    """The requirement ids a programme's rules come from, each with the places that cite it."""
    found: dict[str, list[str]] = {}
    for place, rule in _rules(programme):
        for id in rule.source:
            found.setdefault(id, []).append(place)
    return found
