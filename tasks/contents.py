"""What files say: a program's .json as it is, a person's table by the words of its heads."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any, cast

from domain.form import Form
from domain.grid import Workbook
from domain.layout import Found, find
from domain.programme import Programme
from domain.remark import Remark
from domain.sent import payload
from intake import submission
from intake.fault import Unreadable
from intake.sandbox import read_all
from intake.submission import Submission

TO_CONFIRM = "intake.to_confirm"  # a person says first whether the heads were understood


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says at first sight, and the table itself, to be read as the form it answers."""

    sent: Submission
    book: Workbook | None = None
    line: str = ""  # the unit that a template's own line names, in words


def readings(rules: Programme, files: Sequence[tuple[str, bytes]]) -> list[Reading]:
    """Read files, in the order they are given; tables in limited processes, some side by side."""
    plain = {n: sent for n, (name, content) in enumerate(files) if (sent := _sent(name, content))}
    tables = read_all(file for n, file in enumerate(files) if n not in plain)
    return [
        Reading(_complete(plain[n])) if n in plain else _first(rules, next(tables))
        for n in range(len(files))
    ]


def _sent(name: str, content: bytes) -> Submission | None:
    return submission.read(content) if PurePath(name).suffix.lower() == ".json" else None


def _first(rules: Programme, answer: Workbook | Unreadable) -> Reading:
    if isinstance(answer, Unreadable):
        detail = {name: value for name, value in answer.values.items() if name != "file"}
        return Reading(Submission(problem=answer.key, detail=detail))
    found = find(answer, rules.forms)
    if found.identity and found.identity.programme != rules.slug:
        return Reading(Submission(problem="intake.other_programme"))
    if found.form is None:
        return Reading(_troubled(found))
    sent = _complete(Submission(found.unit, found.occasion, found.named))
    return Reading(sent, answer, found.line)


def _complete(sent: Submission) -> Submission:
    if sent.problem or (sent.unit and sent.occasion):
        return sent
    return replace(sent, problem="intake.no_occasion" if sent.unit else "intake.no_unit")


def read_as(
    reading: Reading,
    forms: Collection[Form],
    titles: Mapping[str, str],
    confirmed: Mapping[str, Mapping[str, str]],
) -> Submission:
    """A table read as the forms its unit owes; a program's report is what it was.

    What is wrong with it is kept for the checks, which return it to its sender. What is only alike
    is kept with how it was understood, for a person to confirm.
    """
    if reading.book is None:
        return reading.sent
    found = find(reading.book, forms, titles, confirmed)
    if found.form is None:
        return _troubled(found)
    values = kept(found)
    if not (found.problems or found.certain):
        values["match"] = match(found)
    problem = TO_CONFIRM if "match" in values else ""
    return replace(reading.sent, form=found.form.code, values=values, problem=problem)


def faulted(sent: Submission, remark: Remark) -> Submission:
    """A table with one thing more that is wrong with it; then nobody is asked about its heads."""
    values = {name: value for name, value in sent.values.items() if name != "match"}
    problems = [*cast("list[object]", values.get("problems", [])), [remark.rule, remark.detail]]
    return replace(sent, values=values | {"problems": problems}, problem="")


def kept(found: Found) -> dict[str, Any]:
    """What a receipt keeps of a table: its words, and what is to be said of the table itself."""
    said = {"notes": found.notes, "problems": found.problems}
    remarks = {name: [[r.rule, dict(r.detail)] for r in of] for name, of in said.items() if of}
    return payload(found.words) | remarks


def match(found: Found) -> dict[str, object]:
    """How the heads of a table were understood, as a receipt keeps it."""
    fields = {code: [m.head, m.cell, m.sure] for code, m in found.mapping.items()}
    ignored = [[m.head, m.cell] for m in found.ignored]
    return {"fields": fields, "ignored": ignored, "missing": list(found.missing)}


def _troubled(found: Found) -> Submission:
    remark = found.problems[0]
    return Submission(problem=remark.rule, detail=dict(remark.detail))
