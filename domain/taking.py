"""Which word of a report is which field's, and what "unchanged" takes over from the last one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from domain.content import Cell, Content, Value, Words
from domain.finding import Finding
from domain.folding import bare
from domain.form import Field, Form
from domain.line import finding, shown
from domain.sent import SAME, declared
from domain.sentences import say

FEW = 3  # cells that are told one by one


def names(field: Field) -> list[str]:
    """The heads a field is known under, its code and its label with the unit among them."""
    with_unit = say("ledger.label_unit", label=field.label, unit=field.unit)
    return [field.code, field.label, with_unit, *field.aliases]


def heads(form: Form, sent: Mapping[str, str]) -> Iterator[tuple[Field, str]]:
    """Each field with the word sent for it: under its code, its label or another of its names.

    Different words under several of them are all told: no figure is made of two.
    """
    if sent.keys() <= {SAME, *(field.code for field in form.fields)}:
        yield from ((field, sent.get(field.code, "")) for field in form.fields)
        return
    alike: dict[str, list[str]] = {}
    for head, word in sent.items():
        alike.setdefault(bare(head), []).append(word)
    for field in form.fields:
        known = dict.fromkeys(bare(name) for name in names(field))
        words = [word.strip() for name in known for word in alike.get(name, ())]
        yield field, " / ".join(dict.fromkeys(word for word in words if word))


def taken_over(
    form: Form, read: Content, words: Words, last: Content | None
) -> tuple[Content, list[Finding]]:
    """A report with what it declares unchanged, as a whole or in single rows, filled in."""
    same = {key for key, row in words.rows.items() if declared(row.get(SAME, ""))}
    if not (read.unchanged or same):
        return read, []
    if last is None:
        return read, [
            Finding("checks.no_previous", form.fields[0].code, "error", {"label": form.label})
        ]
    if last.nil and read.unchanged and not any(_filled(row) for row in read.rows.values()):
        return Content({}, nil=True, unchanged=True), []  # still nothing to report
    keys = [*last.rows, *(key for key in read.rows if key not in last.rows)]
    rows = {key: dict(read.rows.get(key, {})) for key in (keys if read.unchanged else read.rows)}
    found: list[Finding] = []
    for key in rows if read.unchanged else same:
        found += _differing(form, key, read, last)
        rows[key] = {**last.rows.get(key, {}), **_filled(rows[key])}
    whole = read.unchanged or same >= rows.keys()
    told = found if len(found) <= FEW else [_slip(found)]
    return Content(rows, read.places, unchanged=whole), told


def _slip(found: Sequence[Finding]) -> Finding:
    """One word for many cells: most likely "unchanged" was chosen by mistake."""
    labels = say("check_word.and").join(dict.fromkeys(str(f.detail["label"]) for f in found[:FEW]))
    detail = {**found[0].detail, "count": str(len(found)), "labels": labels}
    return replace(found[0], rule="checks.not_unchanged_many", detail=detail)


def _filled(row: Mapping[str, Value]) -> dict[str, Value]:
    return {code: value for code, value in row.items() if value is not Cell.NOT_REPORTED}


def _differing(form: Form, key: str, read: Content, last: Content) -> Iterator[Finding]:
    """The cells of a row that is declared unchanged and says something else than last time."""
    before = last.rows.get(key, {})
    for code, value in _filled(read.rows.get(key, {})).items():
        if value != (old := before.get(code, Cell.NOT_REPORTED)):
            detail = {"value": shown(value), "last": shown(old)}
            where = {"row": key, "cell": read.places.get(key, {}).get(code, "")}
            yield finding(form, "checks.not_unchanged", code, "error", detail, **where)
