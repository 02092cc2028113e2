"""A form with one set of fields, standing upright: a row a field, last time's value beside it."""

from documents.asking import Asked, asked
from documents.blank import Spec
from documents.draft import Draft
from documents.looks import said
from documents.sheet import height
from domain.content import ONE, Content, Value
from domain.grid import Spot
from domain.sentences import say

# number, field, unit, this time, last time, explanation
WIDTHS = (5, 19, 9, 40, 28, 23)
LABEL, UNIT, INPUT, BEFORE, EXPLAINED = 1, 2, 3, 4, 5
HEAD = 2
ROOMS = [room - 2 for room in WIDTHS]  # what is left of them inside the margins of a cell
ROOM, ROOMY = 28.0, 80.0  # points a row is high at least, for a figure and for prose


def draw(draft: Draft, spec: Spec) -> None:
    """The whole page."""
    page, fields = draft.page, asked(spec.form)
    for column, room in enumerate(WIDTHS):
        page.set_column(column, column, room)
    _top(draft, spec)
    for number, field in enumerate(fields, start=1):
        _field(draft, spec, number, field)
    last = HEAD + len(fields)
    _answer(draft, last + 1, "unchanged", bool(spec.now and spec.now.unchanged))
    _answer(draft, last + 2, "nil", bool(spec.now and spec.now.nil))
    page.freeze_panes(HEAD + 1, UNIT)
    page.set_selection(HEAD + 1, INPUT, HEAD + 1, INPUT)
    page.repeat_rows(HEAD)
    page.print_area(0, 0, last + 2, EXPLAINED)


def spots(spec: Spec) -> dict[tuple[str, str], Spot]:
    """Where each field is filled in."""
    rows = enumerate(spec.form.fields, start=HEAD + 1)
    return {(ONE, field.code): (row, INPUT) for row, field in rows}


def _top(draft: Draft, spec: Spec) -> None:
    key = "template.legend_before" if spec.before else "template.legend"
    line = f"{spec.line}\n{say(key, occasion=spec.before_of)}"
    draft.page.merge_range(0, 0, 0, EXPLAINED, spec.title, draft.look("title"))
    draft.page.merge_range(1, 0, 1, EXPLAINED, line, draft.look("line"))
    draft.page.set_row(0, 34)
    draft.page.set_row(1, 40)
    draft.page.set_row(HEAD, 24)
    for column, head in enumerate(say("template.heads").split("|")):
        draft.say(HEAD, column, head, "head")


def _field(draft: Draft, spec: Spec, number: int, field: Asked) -> None:
    row, kind, code = HEAD + number, field.field.kind, field.field.code
    was, now, explained = _of(spec.before, code), _of(spec.now, code), field.explanation()
    words = ("", field.field.label, field.field.unit, said(now), said(was), explained)
    draft.page.set_row(row, max(ROOMY if kind == "text" else ROOM, height(words, ROOMS)))
    draft.say(row, 0, str(number), "centred")
    draft.say(row, LABEL, field.field.label, "label")
    draft.note(row, LABEL, field.note())
    draft.say(row, UNIT, field.field.unit, "centred")
    draft.show(row, INPUT, now, kind, "input")
    draft.show(row, BEFORE, was, kind, "before")
    draft.say(row, EXPLAINED, explained, "small")
    draft.began(row, INPUT, was)
    draft.ask((row, INPUT, row, INPUT), field, compared=was is not None)
    draft.light((row, BEFORE, row, BEFORE), field)


def _answer(draft: Draft, row: int, name: str, given: bool) -> None:
    """A line with a drop-down: nothing has changed, or there is nothing to report."""
    draft.page.set_row(row, 32)
    for column in (0, UNIT, BEFORE):
        draft.say(row, column, "", "label")
    draft.say(row, LABEL, say(f"template.{name}"), "label")
    draft.say(row, EXPLAINED, say(f"template.{name}_explained"), "small")
    draft.show(row, INPUT, say("template.yes") if given else None, "choice", "input")
    draft.ask_yes((row, INPUT, row, INPUT), say(f"template.{name}_explained"))


def _of(content: Content | None, code: str) -> Value | None:
    return content.rows.get(ONE, {}).get(code) if content else None
