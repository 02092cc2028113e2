"""`luoshu ledger template`, `reply`, `cases` and `carry`: the files of the office's desk."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter
from rich.progress import track

from commands.output import Json, console, errors, show_json
from commands.papers import YEARS, saved
from commands.ready import ready, ready_if_any
from domain.errors import Refused
from domain.sentences import say

if TYPE_CHECKING:
    from documents.blank import Spec

FEW = 20  # files written before anybody wonders whether it goes on


def _said(key: str) -> Parameter:
    return Parameter(help=say(f"desk_help.{key}"))


Slug = Annotated[str, Parameter(help=say("form.programme"))]
Out = Annotated[Path | None, _said("out")]


def template(
    slug: Slug,
    *units: Annotated[str, _said("units")],
    occasion: Annotated[str, Parameter(help=say("form.occasion"))] = "",
    office: Annotated[str, Parameter(help=say("form.office"))] = "",
    out: Out = None,
    json: Json = False,
) -> None:
    """Write the template of each debtor of an occasion, filled in from what it last reported."""
    ready_if_any()
    from tasks.templates import Asked, papers

    found = papers(slug, Asked(units, occasion, office), datetime.now(UTC))
    place = out or _folder(slug, "templates", found[0].spec.identity.occasion)
    shown = track(found, say("desk.making"), console=errors, disable=json or len(found) < FEW)
    files = [saved(place / paper.name, paper.content()) for paper in shown]
    if json:
        pairs = zip(found, files, strict=True)
        show_json([_row(paper.spec, file) for paper, file in pairs])
    else:
        filled = sum(bool(paper.spec.before) for paper in found)
        console.print(say("desk.templates", count=len(files), filled=filled, path=place))


def _row(spec: "Spec", file: str) -> dict[str, str | None]:
    told = {"before_of": spec.before_of or None, "file": file}
    return {**dict(spec.identity.rows()), **told}


def reply(
    receipt: Annotated[int, Parameter(help=say("help.receipt"))],
    *,
    out: Out = None,
    json: Json = False,
) -> None:
    """Write what a sender is given back: the marked copy and the read-back page."""
    ready()
    from tasks.replies import reply as given_back

    found = given_back(receipt, datetime.now(UTC))
    paths = _put_all(out or _folder(found.programme, "replies"), found.files)
    told = found.returned
    words = {"number": told.number, "received_at": told.received_at, "sha256": told.sha256}
    if json:
        show_json({"receipt": receipt, **words, "own": found.own, "files": paths})
        return
    console.print(say("desk.reply", unit=found.unit, **words), soft_wrap=True)
    console.print(say("desk.marked" if found.own else "desk.filled"), soft_wrap=True)
    _tell(paths)


def cases(
    slug: Slug,
    *,
    since: Annotated[str, _said("since")] = "",
    out: Out = None,
    json: Json = False,
) -> None:
    """Write the case library: a workbook and a page of what units wrote as good practice."""
    ready()
    from tasks.cases import case_library

    found = case_library(slug, since, datetime.now(UTC))
    paths = _put_all(out or _folder(slug), found.files)
    if json:
        show_json({"cases": len(found.cases), "files": paths})
        return
    console.print(say("desk.cases_found", count=len(found.cases)))
    _tell(paths)


def carry(
    slug: Slug,
    unit: Annotated[str, _said("unit")],
    *,
    year: Annotated[int | None, _said("year")] = None,
    out: Out = None,
    json: Json = False,
) -> None:
    """Write what a unit has said over a year, and what its next form will begin with."""
    ready()
    from tasks.carrying import carried
    from tasks.work import programme

    now = datetime.now(UTC)
    number = now.astimezone(programme(slug).zone).year if year is None else year
    if number not in YEARS:
        raise Refused("deadlines.year", year=number)
    name, content = carried(slug, unit, number, now)
    paths = _put_all(out or _folder(slug), {name: content})
    show_json({"file": paths[0]}) if json else _tell(paths)


def _folder(*parts: str) -> Path:
    """Where files go when nobody says where: among the exports."""
    from settings import Settings

    return Settings().folder("exports", *parts)


def _put_all(place: Path, files: Mapping[str, bytes]) -> list[str]:
    return [saved(place / name, content) for name, content in files.items()]


def _tell(paths: Iterable[str]) -> None:
    for path in paths:
        console.print(say("output.written", path=path), soft_wrap=True)
