"""Made-up reports as the files units send: most as a program does, some as our form filled in."""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from zlib import crc32

from documents.template import template
from domain.content import ONE, Cell, Content, Value
from domain.form import Field, Form
from domain.simulation import Report
from settings import Settings
from tasks.templates import Asked, papers

FORMS = 20  # one unit in so many fills in the form; making one takes as long as many .json
Filed = tuple[str, str, Report]  # with its occasion and form


def drop(slug: str, sent: Iterable[Filed]) -> None:
    """Put reports into the inbox as files written at the instant they were sent."""
    folder = Settings().folder("inbox", slug)
    for occasion, form, report in sent:
        name = f"{occasion}-{form}-{report.unit}-{report.at:%d%H%M%S}"
        filled = _filled(slug, occasion, form, report)
        path = folder / f"{name}{'.xlsx' if filled else '.json'}"
        path.write_bytes(filled or _object(occasion, form, report))
        os.utime(path, (report.at.timestamp(), report.at.timestamp()))


def _object(occasion: str, form: str, report: Report) -> bytes:
    content: dict[str, object] = {"单位": report.unit, "期": occasion, "表": form}
    if not report.rows:
        content["无事项"] = "无"
    elif ONE in report.rows:
        content["values"] = report.rows[ONE]
    else:
        content["rows"] = [{"任务编号": code, **row} for code, row in report.rows.items()]
    return json.dumps(content, ensure_ascii=False).encode()


def _filled(slug: str, occasion: str, form: str, report: Report) -> bytes | None:
    """The unit's form with the report in it; None when it is none that fills in forms, or nil."""
    if crc32(report.unit.encode()) % FORMS or not report.rows:
        return None
    asked = Asked([report.unit], occasion)
    for paper in papers(slug, asked, report.at):
        if paper.spec.identity.form == form:
            said = {key: _row(paper.spec.form, row) for key, row in report.rows.items()}
            return template(replace(paper.spec, now=Content(said)))
    return None  # it is let off


def _row(form: Form, said: Mapping[str, str]) -> dict[str, Value]:
    return {field.code: _value(field, said[field.label]) for field in form.fields}


def _value(field: Field, word: str) -> Value:
    if not word:
        return Cell.NOT_REPORTED
    return Decimal(word) if field.kind == "number" else word
