"""The form a unit fills in, as .xlsx: made for one debtor and occasion, filled in from last time.

It is read back by its hidden sheet ``_luoshu`` (``domain.identity``). A form with one set of
fields stands upright, one with rows lies on its side; both begin with a title and a line that
says who owes what by when. The same values give the same bytes.
"""

import re
from io import BytesIO

from documents import lying, upright
from documents.blank import Spec
from documents.draft import Draft
from documents.package import repacked
from documents.sheet import new_book, sheet_name
from domain.grid import address


def template(spec: Spec) -> bytes:
    """The .xlsx file: locked but for the cells to fill, with drop-downs, notes and checks."""
    buffer = BytesIO()
    book = new_book(buffer, spec.created, flat=False)
    draft = Draft(book, sheet_name(spec.form.label))
    shape = upright if spec.form.rows == "one" else lying
    shape.draw(draft, spec)
    draft.finish(spec.identity)
    book.close()
    return repacked(buffer.getvalue(), _growing)


def _growing(name: str, part: bytes) -> bytes:
    """Let rows grow with what is typed: their heights are a beginning, not a person's choice."""
    if not name.startswith("xl/worksheets/sheet"):
        return part
    return re.sub(rb'(<row [^>]*?) customHeight="1"', rb"\1", part)


def places(spec: Spec) -> dict[tuple[str, str], str]:
    """The cell of each field of each row, by row key and field code: 周调度!D4."""
    shape = upright if spec.form.rows == "one" else lying
    page = sheet_name(spec.form.label)
    return {where: address(page, spot) for where, spot in shape.spots(spec).items()}
