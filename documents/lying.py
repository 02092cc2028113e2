"""A form with rows, lying on its side: a row a task or a thing to report, a column a field."""

from documents.asking import Asked, asked
from documents.blank import Spec
from documents.draft import Draft
from documents.looks import said
from documents.sheet import height, width
from domain.form import Field
from domain.grid import Spot
from domain.sentences import say

CODE, TITLE = 12, 32  # widths of the locked columns
ROOM = {"text": 34, "number": 13, "percent": 13, "date": 14, "choice": 12}
WIDEST = 24  # of a narrow column with a long head
FIRST = 18  # the first column of a form without locked ones: what tells rows apart
UNCHANGED = 12
NIL, HEAD = 2, 3
PITCH = 26.0  # points a row is high at least


def draw(draft: Draft, spec: Spec) -> None:
    """The whole page."""
    page, fields, lead = draft.page, asked(spec.form), _lead(spec)
    for column, room in enumerate(_widths(spec)):
        page.set_column(column, column, room)
    _top(draft, spec, fields)
    keys = spec.keys()
    for row, key in enumerate(keys, start=HEAD + 1):
        _row(draft, spec, row, key)
    last, end = HEAD + max(1, len(keys)), lead + len(fields)
    for column, field in enumerate(fields, start=lead):
        block = (HEAD + 1, column, last, column)
        draft.ask(block, field, compared=spec.before is not None, emptied=True)
    draft.ask_yes((HEAD + 1, end, last, end), say("template.row_unchanged_explained"))
    page.freeze_panes(HEAD + 1, max(1, lead))
    page.autofilter(HEAD, 0, last, end)
    page.set_selection(HEAD + 1, lead, HEAD + 1, lead)
    page.set_landscape()
    page.repeat_rows(HEAD)
    page.print_area(0, 0, last, end)


def spots(spec: Spec) -> dict[tuple[str, str], Spot]:
    """Where each field of each row is filled in; a row without a key yet has none."""
    lead = _lead(spec)
    return {
        (key, field.code): (row, column)
        for row, key in enumerate(spec.keys(), start=HEAD + 1)
        for column, field in enumerate(spec.form.fields, start=lead)
        if key
    }


def _lead(spec: Spec) -> int:
    """How many locked columns a row begins with."""
    return 2 if spec.form.rows == "tasks" else 0


def _widths(spec: Spec) -> list[int]:
    heads = [width(_head(field)) + 4 for field in spec.form.fields]
    least = [ROOM[field.kind] for field in spec.form.fields]
    rooms = [max(room, min(head, WIDEST)) for room, head in zip(least, heads, strict=True)]
    if not _lead(spec):
        return [max(FIRST, rooms[0]), *rooms[1:], UNCHANGED]
    return [CODE, TITLE, *rooms, UNCHANGED]


def _top(draft: Draft, spec: Spec, fields: list[Asked]) -> None:
    lead = _lead(spec)
    draft.page.write_string(0, 0, spec.title, draft.look("heading"))
    draft.page.write_string(1, 0, spec.line, draft.look("lead"))
    nil = bool(spec.now and spec.now.nil)
    place = max(0, lead - 1)
    if lead:
        draft.page.merge_range(NIL, 0, NIL, place, say("template.nil"), draft.look("label"))
    else:
        draft.say(NIL, place, say("template.nil"), "label")
    draft.show(NIL, place + 1, say("template.yes") if nil else None, "choice", "input")
    draft.ask_yes((NIL, place + 1, NIL, place + 1), say("template.nil_explained"))
    key = "template.legend_rows" if spec.before else "template.legend"
    draft.say(NIL, place + 2, say(key, occasion=spec.before_of), "legend")
    locked = say("template.task_heads").split("|") if lead else []
    names = [*locked, *(_head(field) for field in spec.form.fields), say("template.unchanged")]
    for column, name in enumerate(names):
        draft.say(HEAD, column, name, "head")
    for column, field in enumerate(fields, start=lead):
        draft.note(HEAD, column, field.explanation())
    draft.page.set_row(0, 32)
    draft.page.set_row(1, 22)
    draft.page.set_row(NIL, 38)
    draft.page.set_row(HEAD, max(30, height(names, _widths(spec))))


def _head(field: Field) -> str:
    if not field.unit:
        return field.label
    return say("ledger.label_unit", label=field.label, unit=field.unit)


def _row(draft: Draft, spec: Spec, row: int, key: str) -> None:
    lead = _lead(spec)
    if lead:
        draft.say(row, 0, key, "centred")
        draft.say(row, 1, spec.tasks.get(key, ""), "label")
    was = spec.before.rows.get(key, {}) if spec.before and key else {}
    shown = was if spec.now is None else spec.now.rows.get(key, {})
    for column, field in enumerate(spec.form.fields, start=lead):
        draft.show(row, column, shown.get(field.code), field.kind, "input")
        draft.began(row, column, was.get(field.code))
    draft.show(row, lead + len(spec.form.fields), None, "choice", "input")
    words = [said(shown.get(field.code)) for field in spec.form.fields]
    cells = [key, spec.tasks.get(key, ""), *words] if lead else words
    draft.page.set_row(row, max(PITCH, height(cells, [room - 2 for room in _widths(spec)])))
