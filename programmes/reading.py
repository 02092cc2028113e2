"""Reading a file of a programme's folder, and saying what is wrong with it."""

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import zip_longest
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from domain.errors import ProgrammeRefused
from domain.form import Data
from domain.sentences import catalogue, say

Read = TypeVar("Read", bound=Data)


def refused(why: str, file: Path | str, place: str = "", **values: object) -> ProgrammeRefused:
    """The refusal ``programme.<why>``, or ``why`` of another section, about a place in a file."""
    shown = f"{file.parent.name}/{file.name}" if isinstance(file, Path) else file
    key = why if "." in why else f"programme.{why}"
    return ProgrammeRefused(key, file=shown, place=place, **values)


def text(file: Path) -> str:
    """What a UTF-8 file says; raises ProgrammeRefused."""
    try:
        return file.read_text("utf-8-sig")  # a spreadsheet program's UTF-8 begins with a mark
    except UnicodeDecodeError:
        raise refused("not_utf8", file) from None
    except OSError:
        raise refused("no_file", file) from None


def valid(file: Path, place: str, kind: type[Read], tree: dict[str, Any]) -> Read:
    """What was read as ``kind``; raises ProgrammeRefused for its first fault."""
    try:
        return kind.model_validate(tree)
    except ValidationError as error:
        errors = error.errors()
    # an unknown key first: it is usually a misspelt one, and then also "missing" elsewhere
    first = next((e for e in errors if e["type"] == "extra_forbidden"), errors[0])
    values = {"value": str(first["input"])[:40], "allowed": _allowed(kind, first)}
    values["place"] = f"{place} {_dotted(tree, first)}".strip()
    if first["type"] == "value_error":
        rule, *told = str(first["ctx"]["error"]).split("|")
        values |= dict(zip(("place", "value", "allowed"), told, strict=False))
        values["allowed"] = values["allowed"] or say("programme_check.none_yet")
        raise ProgrammeRefused(rule, file=f"{file.parent.name}/{file.name}", **values)
    sentences = (first["type"], first["type"].split("_")[0], "other")
    why = next(s for s in sentences if f"programme.{s}" in catalogue())
    raise refused(why, file, **values)


def rows(file: Path, kind: type[Read], *, optional: bool = False) -> Iterator[tuple[str, Read]]:
    """The rows of a CSV file, each with its place: rows count as a spreadsheet shows them.

    A missing file is refused, or has no rows when it is ``optional``.
    """
    if optional and not file.exists():
        return
    table = csv.reader(StringIO(text(file), newline=""))
    heads, columns = [head.strip() for head in next(table, ())], keys(kind, ())
    if missing := [c for c in columns if c not in heads]:
        raise refused("columns", file, value="、".join(missing), allowed=",".join(columns))
    for number, cells in enumerate(table, start=2):
        place, filled = say("programme.row", n=number), [cell.strip() for cell in cells]
        if surplus := [cell for head, cell in zip_longest(heads, filled) if cell and not head]:
            raise refused("too_many_cells", file, place, value=",".join(surplus))
        if any(filled):  # a spreadsheet program may save rows and columns that are empty
            row = {head: cell for head, cell in zip(heads, filled, strict=False) if head}
            yield place, valid(file, place, kind, row)


def _dotted(tree: Any, error: ErrorDetails) -> str:
    """Where a fault is, as dotted keys; items of a list by their code, or else by their number."""
    parts: list[str] = []
    for step in error["loc"]:
        if isinstance(step, int):
            tree = tree[step]
            code = tree.get("code") if isinstance(tree, dict) else None
            parts.append(str(code or say("programme.item", n=step + 1)))
        elif isinstance(tree, dict) and step in tree:
            tree = tree[step]
            parts.append(step)
        elif error["type"] == "missing" and step == error["loc"][-1]:
            parts.append(step)  # any other step that is not in the tree is a kind of check
    return ".".join(parts)


def _allowed(kind: type[BaseModel], error: ErrorDetails) -> str:
    """What would be right there: the keys, the choices or the limit."""
    if error["type"] == "extra_forbidden":
        return "、".join(keys(kind, error["loc"][:-1]))
    context = error.get("ctx", {})
    rules = ("expected", "expected_tags", "ge", "le")
    rule = next((str(context[name]) for name in rules if name in context), "")
    return "、".join(re.findall(r"'(.*?)'", rule)) or rule


def keys(kind: type[BaseModel], steps: Iterable[int | str]) -> list[str]:
    """The keys that may stand at a place of a model."""
    kinds = [kind]
    for step in (step for step in steps if isinstance(step, str)):
        fields = [k.model_fields[step] for k in kinds if step in k.model_fields]
        within = [k for field in fields for k in _models(field.annotation)]
        kinds = within or [k for k in kinds if step in get_args(k.model_fields["kind"].annotation)]
    return [field.alias or name for k in kinds for name, field in k.model_fields.items()]


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)
