"""What the command line prints: tables for people, JSON for programs."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from cyclopts import Parameter
from rich.console import Console
from rich.table import Table

from domain.sentences import say
from models.base import Row

Json = Annotated[bool, Parameter(name="--json", negative="", help=say("help.json"))]
console = Console()
errors = Console(stderr=True)


def show(
    rows: Sequence[Row], as_json: bool, *, title: str = "", empty: str = "", heads: str = "head"
) -> None:
    """Print rows under Chinese heads (a section of the catalogue), or as JSON under their keys."""
    if as_json:
        show_json(rows)
    elif rows:
        console.print(_table(rows, title, heads))
    else:
        console.print(empty or say("output.empty"))


def show_json(value: Any) -> None:
    """Print a value as JSON, Chinese as it is, instants in ISO 8601."""
    print(json.dumps(value, ensure_ascii=False, indent=1, default=_plain))  # noqa: T201


def _table(rows: Sequence[Row], title: str, heads: str) -> Table:
    table = Table(title=title, title_justify="left")
    for name in rows[0]:
        table.add_column(say(f"{heads}.{name}"), overflow="fold")  # nothing is cut off
    for row in rows:
        table.add_row(*(_word(value) for value in row.values()))
    return table


def _word(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "、".join(str(v) for v in value)
    return f"{value:%Y-%m-%d %H:%M:%S}" if isinstance(value, datetime) else str(value)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
