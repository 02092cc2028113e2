"""A sender's own .xlsx given back with what is wrong written into it, and a sheet that lists it.

Nothing else is changed: values, formulas, drop-downs, conditional formats, protection and names
stay. What openpyxl cannot keep is lost in this copy, never in the file as it was received:
results of formulas until it is opened in a spreadsheet program, charts, shapes and form controls,
pictures, threaded comments, and rules of conditional formats and drop-downs that only newer
programs know. A copy that comes back is marked anew: notes and colours of the last time go.
"""

import re
import warnings
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook

from documents.blank import Spec
from documents.marks import cell_at, mark, unmark
from documents.package import repacked
from documents.remarks import Returned
from documents.result import put_result, remove_result
from documents.template import places, template
from domain.content import Content

CORE, SHEETS = "docProps/core.xml", "xl/worksheets/sheet"
NEVER = b"1980-01-01T00:00:00Z"  # of a file that does not say when it was written


class Unmarkable(Exception):
    """A file openpyxl cannot open, though others can: give it back with ``filled`` instead."""


def marked(content: bytes, returned: Returned) -> bytes:
    """The sender's own .xlsx with a note and a colour on each cell that has a remark.

    A first sheet 校验结果 lists all of them with links. The same values give the same bytes.
    Raises Unmarkable.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it cannot keep, see above
        book = _opened(content)
        remove_result(book)
        unmark(book)
        found = [(remark, cell_at(book, remark.place)) for remark in returned.remarks]
        mark(found)
        put_result(book, returned, found)
        buffer = BytesIO()
        book.save(buffer)
    return repacked(buffer.getvalue(), _as_before(content))


def filled(spec: Spec, now: Content, returned: Returned) -> bytes:
    """The template filled with what was read, marked in the same way: for what is no .xlsx."""
    known = places(replace(spec, now=now))
    placed = [replace(r, place=known.get((r.row, r.field), "")) for r in returned.remarks]
    return marked(template(replace(spec, now=now)), replace(returned, remarks=placed))


def _opened(content: bytes) -> Workbook:
    try:
        return load_workbook(BytesIO(content), rich_text=True)
    except Exception as error:  # it raises whatever it stumbles over: KeyError, TypeError, …
        raise Unmarkable(type(error).__name__) from error


def _as_before(content: bytes) -> Callable[[str, bytes], bytes]:
    """Put back what openpyxl writes of its own: instants of saving, and heights as if chosen."""
    with ZipFile(BytesIO(content)) as old:
        core = old.read(CORE) if CORE in old.namelist() else b""
        sheets = [old.read(name) for name in old.namelist() if name.startswith(SHEETS)]
    chosen = any(re.search(rb"<row [^>]*customHeight", sheet) for sheet in sheets)

    def change(name: str, part: bytes) -> bytes:
        if name == CORE:
            for instant in (b"created", b"modified"):
                known = re.search(rb"<dcterms:%b[^>]*>([^<]*)" % instant, core)
                here = known[1] if known else NEVER
                part = re.sub(rb"(<dcterms:%b[^>]*>)[^<]*" % instant, rb"\g<1>" + here, part)
        elif name.startswith(SHEETS) and not chosen:
            part = re.sub(rb'(<row [^>]*?) customHeight="1"', rb"\1", part)
        return part

    return change
