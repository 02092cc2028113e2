"""`luoshu ledger read`: a file looked at before it is sent; nothing is stored."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from commands.cells import findings_json, remark_lines, rows_json, rows_shown
from commands.output import Json, console, show, show_json
from commands.ready import ready_if_any
from domain.finding import told
from domain.sentences import say

if TYPE_CHECKING:
    from tasks.readings import Reading

HEADS = "desk_head"


def _said(key: str) -> Parameter:
    return Parameter(help=say(f"desk_help.{key}"))


@Parameter(name="*")
@dataclass(frozen=True)
class Known:
    """What the person who looks knows; the rest is left to the file."""

    programme: Annotated[str, _said("programme")] = ""
    form: Annotated[str, _said("form")] = ""
    unit: Annotated[str, _said("whose")] = ""
    occasion: Annotated[str, Parameter(help=say("form.occasion"))] = ""


def read(
    file: Annotated[Path, _said("file")], *, known: Known | None = None, json: Json = False
) -> None:
    """Show what would be read of a file; ends with 1 when it would not just be taken."""
    ready_if_any()
    from tasks.readings import Meant, look

    known = known or Known()
    meant = Meant(known.programme, known.form, known.unit, known.occasion)
    found = look(file, meant, datetime.now(UTC))
    if json:
        show_json(_plain(found))
    else:
        _tell(found)
    if found.verdict != "good":
        sys.exit(1)


def _tell(found: "Reading") -> None:
    form = found.found.form
    if form and found.period:
        unit, label = found.unit or say("desk.nobody"), form.label
        words = {"form": form.code, "unit": unit, "occasion": found.period.id}
        console.print(say("desk.read_as", file=found.file, label=label, **words), soft_wrap=True)
        for line in _otherwise(found):
            console.print(line, soft_wrap=True)
        show(list(_mapping(found)), False, title=say("desk.mapping"), heads=HEADS)
        empty = say("desk.nil" if found.content.nil else "desk.no_values")
        rows = rows_shown(form, found.content)
        show(rows, False, title=say("desk.values"), empty=empty, heads=HEADS)
    for remark in (*found.found.problems, *found.found.notes):
        console.print(told(remark), soft_wrap=True, highlight=False)
    for line in [*([say(found.astray)] if found.astray else []), *remark_lines(found.findings)]:
        console.print(line, soft_wrap=True, highlight=False)
    console.print(say(f"desk.verdict_{found.verdict}"), soft_wrap=True)


def _otherwise(found: "Reading") -> list[str]:
    """That the file itself names another unit than the one it was tried for."""
    words = {"other": found.other_unit, "unit": found.unit}
    return [say("desk.other_unit", **words)] if found.other_unit else []


def _mapping(found: "Reading") -> Iterator[dict[str, Any]]:
    """Each field with the head it was read under, and how sure that is."""
    assert found.found.form is not None
    for field in found.found.form.fields:
        match = found.found.mapping.get(field.code)
        sure = say("desk.exact") if match and match.sure == 1 else ""
        sure = sure or (say("desk.sure", percent=round(match.sure * 100)) if match else "")
        head, cell = (match.head, match.cell) if match else (say("desk.no_head"), "")
        yield {"field": field.label, "read_from": head, "cell": cell, "sure": sure}
    for match in found.found.ignored:
        ignored = say("desk.ignored")
        yield {"field": ignored, "read_from": match.head, "cell": match.cell, "sure": ""}


def _plain(found: "Reading") -> dict[str, Any]:
    said = found.found
    form = said.form
    return {
        "file": found.file,
        "kind": found.kind,
        "programme": found.rules.slug,
        "form": form.code if form else None,
        "unit": found.unit or None,
        "occasion": found.period.id if found.period else None,
        "verdict": found.verdict,
        "certain": said.certain,
        "mapping": {
            code: {"head": match.head, "cell": match.cell, "sure": match.sure}
            for code, match in said.mapping.items()
        },
        "missing": list(said.missing),
        "ignored": [{"head": match.head, "cell": match.cell} for match in said.ignored],
        **rows_json(found.content),
        "findings": findings_json(found.findings),
        "problems": [
            *([say(found.astray)] if found.astray else []),
            *(told(remark) for remark in said.problems),
        ],
        "notes": [*_otherwise(found), *(told(remark) for remark in said.notes)],
    }
