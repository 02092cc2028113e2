"""A form whose checks name what is not there, or cannot be, is refused when the folder loads."""

from datetime import date

import pytest

from domain.checklist import Check, Checked
from domain.form import Form
from domain.programme import Programme
from domain.saying import said
from tests.domain.build import SOURCE, folder, form
from tests.domain.forms import FIELDS, asking

GOOD = {
    "required": {"fields": ["progress", "done"]},
    "range": {"fields": ["done"], "min": "0"},
    "at_most": {"field": "done", "limit": "planned"},
    "sum": {"parts": ["central", "local"], "total": "planned"},
    "share": {"field": "central", "of": "planned", "percent": "90"},
    "not_before": {"field": "finished", "other": "started"},
    "not_after": {"field": "started", "day": date(2026, 12, 31)},
    "needs": {"done": "done", "start": "started"},
    "no_decrease": {"fields": ["done"]},
    "change": {"fields": ["done", "share"], "percent": "50"},
    "outlier": {"fields": ["done"]},
    "same_text": {"fields": ["progress"]},
    "unchanged": {},
    "milestones": {"fields": ["progress", "finished"]},
    "agrees": {"field": "done", "form": "weekly", "other": "planned"},
}
LABELS = {one["code"]: one["label"] for one in FIELDS}


def programme(**check):
    origin = {**SOURCE, **check}
    return Programme.model_validate(
        folder(forms=[form("weekly", "county", fields=FIELDS, checks=[origin])])
    )


def codes(keys):
    """Each key that names fields, with the codes it names."""
    named = {key: value for key, value in keys.items() if key not in ("form", "day", "percent")}
    for key, value in named.items():
        found = [value] if isinstance(value, str) else value
        if set(found) <= LABELS.keys():
            yield key, value


def test_every_kind_of_check_is_tried_here():
    kinds = {kind.__name__ for kind in Check.__origin__.__args__}
    assert len(GOOD) == len(kinds)


@pytest.mark.parametrize("kind", GOOD)
def test_a_check_of_every_kind_loads_and_is_said_in_words(kind):
    [check] = programme(kind=kind, **GOOD[kind]).forms[0].checks
    assert isinstance(check, Checked)
    sentence = said(check, asking(GOOD[kind] | {"kind": kind}))
    named = [code for _, code in check.codes()]
    assert sentence
    assert [LABELS[code] for code in named if LABELS[code] not in sentence] == []


@pytest.mark.parametrize(
    ("kind", "key"), [(kind, key) for kind, keys in GOOD.items() for key, _ in codes(keys)]
)
def test_a_field_that_is_not_in_the_form_is_refused_with_its_place(kind, key):
    value = GOOD[kind][key]
    wrong = "nowhere" if isinstance(value, str) else [*value, "nowhere"]
    with pytest.raises(ValueError, match=rf"unknown_reference\|forms.weekly.checks.{kind}.{key}\|"):
        programme(kind=kind, **{**GOOD[kind], key: wrong})


@pytest.mark.parametrize(
    ("kind", "key", "wrong"),
    [
        ("range", "fields", ["progress"]),
        ("at_most", "limit", "started"),
        ("sum", "parts", ["central", "progress"]),
        ("not_before", "other", "done"),
        ("same_text", "fields", ["done"]),
        ("change", "fields", ["started"]),
    ],
)
def test_a_field_of_another_kind_is_refused_with_its_place(kind, key, wrong):
    with pytest.raises(ValueError, match=rf"checklist.kind\|forms.weekly.checks.{kind}.{key}\|"):
        programme(kind=kind, **{**GOOD[kind], key: wrong})


@pytest.mark.parametrize(
    ("check", "refusal"),
    [
        ({"kind": "not_before", "field": "started"}, "checklist.beside_one"),
        (
            {"kind": "not_after", "field": "started", "period": "end", "other": "finished"},
            "checklist.beside_one",
        ),
        ({"kind": "change", "fields": ["done"]}, "checklist.how_much"),
        ({"kind": "sum", "parts": [], "total": "done"}, "too_short"),
        ({"kind": "required", "fields": ["done"], "classes": ["town"]}, "classes"),
        ({"kind": "agrees", "field": "done", "form": "yearly", "other": "done"}, "agrees.form"),
        ({"kind": "agrees", "field": "done", "form": "weekly", "other": "x"}, "agrees.other"),
    ],
)
def test_a_check_that_cannot_be_meant_is_refused(check, refusal):
    with pytest.raises(ValueError, match=refusal):
        programme(**check)


@pytest.mark.parametrize(
    ("keys", "refusal"),
    [
        ({"rows": "many"}, "checklist.key"),
        ({"rows": "many", "key": "nowhere"}, "checklist.key"),
        ({"key": "progress"}, "checklist.key"),
        ({"fields": [{**FIELDS[0], "kind": "choice"}]}, "checklist.choices"),
        ({"fields": [{**FIELDS[0], "choices": ["甲"]}]}, "checklist.choices"),
        ({"fields": [FIELDS[0], {**FIELDS[1], "aliases": ["本周进展"]}]}, "field_twice"),
    ],
)
def test_a_form_says_how_its_rows_and_choices_are_told_apart(keys, refusal):
    with pytest.raises(ValueError, match=refusal):
        Form.model_validate(form("weekly", "county", **{"fields": FIELDS, **keys}))
