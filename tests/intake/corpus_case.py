"""A case of the corpus: a file as somebody sends it, and all that must come of it."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from openpyxl.utils import coordinate_to_tuple, get_column_letter

from domain.checks import Context, examine
from domain.content import ONE, Cell, Content, Value
from domain.finding import told
from domain.form import Form
from domain.grid import Workbook
from domain.layout import Found, find
from domain.periods import parse
from domain.sent import payload, words
from domain.sentences import say
from tests.intake.corpus_forms import COUNTY, value

WEEK = parse("2026-W47")  # 16 to 22 November
Cells = Mapping[str, tuple[object, str]]  # by field code the value and the cell it was read from
Rows = Mapping[str, Cells]


@dataclass(frozen=True, slots=True)
class Case:
    """A claim about a file. ``rows`` has every value that is read, and nothing else is.

    ``findings`` are "rule field" each; ``said`` has what the file says of itself, ``through`` by
    what it was saved before it came. Cells are named without ``sheet``.
    """

    claim: str
    file: Callable[[], bytes]
    rows: Rows = field(default_factory=dict)
    findings: Sequence[str] = ()
    problems: Sequence[str] = ()
    notes: Sequence[str] = ()
    certain: bool = True
    missing: Sequence[str] = ()
    ignored: Sequence[str] = ()
    said: Mapping[str, str] = field(default_factory=dict)
    nil: bool = False
    unchanged: bool = False
    form: str | None = None  # which one it is read as; the first asked for, "" for none
    forms: Sequence[Form] = (COUNTY,)
    tasks: Mapping[str, str] = field(default_factory=dict)
    previous: Content | None = None
    name: str = "报送.xlsx"
    sheet: str = "周调度"
    through: str = ""
    wrong: str = ""  # why the product does not do it yet


def again(case: Case, through: str, **keys: object) -> Case:
    """The same file as another program saves it."""
    kind = {"xls": "xls", "et": "et"}.get(through, "xlsx")
    named = {"name": f"报送.{kind}", "through": through, "claim": f"{case.claim}, {through}"}
    return replace(case, **{**named, **keys})


def right(first: str, codes: Sequence[str], values: Sequence[object]) -> Cells:
    """Values in the cells from one on to the right; None is for a cell nothing is read from."""
    return _cells(first, codes, values, (0, 1))


def down(first: str, codes: Sequence[str], values: Sequence[object]) -> Cells:
    """Values in the cells from one on downwards."""
    return _cells(first, codes, values, (1, 0))


def _cells(
    first: str, codes: Sequence[str], values: Sequence[object], step: tuple[int, int]
) -> Cells:
    row, column = coordinate_to_tuple(first)
    return {
        code: (told, f"{get_column_letter(column + n * step[1])}{row + n * step[0]}")
        for n, (code, told) in enumerate(zip(codes, values, strict=True))
        if told is not None
    }


def outcome(case: Case, book: Workbook) -> dict[str, object]:
    """What came of a file, to be compared with ``expected`` whole."""
    found = find(book, case.forms, case.tasks)
    for remark in (*found.problems, *found.notes):
        assert say(remark.rule, **remark.detail)  # each is a sentence
    rest = {
        "form": found.form.code if found.form else "",
        "certain": found.certain,
        "problems": [remark.rule for remark in found.problems],
        "notes": [remark.rule for remark in found.notes],
        "missing": list(found.missing),
        "ignored": [match.head for match in found.ignored],
        "said": {
            name: said for name in ("unit", "occasion", "named") if (said := getattr(found, name))
        },
    }
    return rest | (_read(case, found.form, found) if found.form else dict(NOTHING))


WHOLE = (  # said of a report or of a row, not of one cell
    "checks.empty", "checks.nil_but_filled", "checks.no_previous", "checks.unchanged",
    "checks.row_missing", "checks.row_unknown",
)  # fmt: skip
NOTHING = {"rows": {}, "findings": [], "nil": False, "unchanged": False}


def _read(case: Case, form: Form, found: Found) -> dict[str, object]:
    kept = words(json.loads(json.dumps(payload(found.words))))  # as a receipt keeps it
    context = Context(WEEK, previous=case.previous, names=case.tasks)
    content, wrong = examine(form, kept, context)
    for finding in wrong:
        assert told(finding)  # it is a sentence, and names the cell where it is about one
        key = finding.detail.get("row", ONE).partition(" ")[0]
        cell = content.places.get(key, {}).get(finding.field, "")
        assert finding.detail.get("cell", "") == cell or finding.rule in WHOLE
    return {
        "rows": {key: _told(case, content, key) for key in content.rows},
        "findings": [f"{finding.rule} {finding.field}" for finding in wrong],
        "nil": content.nil,
        "unchanged": content.unchanged,
    }


def _told(case: Case, content: Content, key: str) -> dict[str, tuple[Value, str]]:
    """The cells of a row that say something, each with its address on the case's sheet."""
    sheet = f"{case.sheet}!" if case.sheet else ""
    places = content.places.get(key, {})
    assert all(place.startswith(sheet) for place in places.values())
    return {
        code: (read, places.get(code, "").removeprefix(sheet))
        for code, read in content.rows[key].items()
        if read is not Cell.NOT_REPORTED
    }


def expected(case: Case) -> dict[str, object]:
    """What must come of it."""
    return {
        "form": case.forms[0].code if case.form is None else case.form,
        **{name: getattr(case, name) for name in ("certain", "said", "nil", "unchanged")},
        **{
            name: list(getattr(case, name))
            for name in ("problems", "notes", "missing", "ignored", "findings")
        },
        "rows": {
            key: {code: (value(told), cell) for code, (told, cell) in cells.items()}
            for key, cells in case.rows.items()
        },
    }
