"""The case library of a programme: what its units wrote as good practice (A0.17)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time

from documents.cases import Case, cases_page, cases_workbook, library, practice
from domain.checks import content, words
from domain.errors import Refused
from domain.form import Form
from domain.programme import Programme
from domain.sentences import say
from models import report
from models.base import Session, reading
from models.installation import is_demo
from models.report import Accepted, Span
from models.unit import printed_names
from tasks.masking import mask
from tasks.summaries import group_names
from tasks.work import programme


@dataclass(frozen=True, slots=True)
class Library:
    """The texts, and the files they are in by name."""

    cases: list[Case]
    files: dict[str, bytes]


def case_library(slug: str, since: str, now: datetime) -> Library:
    """What accepted reports say in the fields that collect practice, since an occasion or ever.

    Raises Refused when no form has such a field, or nobody has written anything yet.
    """
    rules = programme(slug)
    forms = [form for form in rules.forms if any(field.practice for field in form.fields)]
    if not forms:
        raise Refused("desk.no_practice", slug=slug)
    start = datetime.combine(rules.period(since).start, time(0), rules.zone) if since else None
    with reading() as session:
        demo = is_demo(session)
        names = printed_names(session, now.astimezone(rules.zone).date())
        told = [case for form in forms for case in _cases(session, rules, form, start, names)]
    cases = library(told)
    if not cases:
        told_of = say("desk.since", occasion=since) if since else say("desk.ever")
        raise Refused("desk.no_cases", slug=slug, since=told_of)
    title = say("desk.cases_title", programme=rules.name)
    name = say("desk.cases", programme=rules.name)
    files = {
        f"{name}.xlsx": cases_workbook(title, cases, now, demo=demo),
        f"{name}.html": cases_page(title, cases, demo=demo).encode(),
    }
    return Library(cases, files)


def _cases(
    session: Session,
    rules: Programme,
    form: Form,
    since: datetime | None,
    names: Mapping[str, str],
) -> Iterator[Case]:
    groups = group_names(rules)
    for found in report.accepted(session, rules.slug, form.code, Span(since=since)):
        for field, text in _texts(rules, form, found):
            yield Case(
                programme=rules.name,
                form=form.label,
                unit=names.get(found.debtor, found.debtor),
                group=groups.get(found.group or form.code, found.group),
                field=field,
                text=mask(text),  # it is passed on
                on=found.received_at.astimezone(rules.zone).date(),
                occasion=found.occasion,
            )


def _texts(rules: Programme, form: Form, found: Accepted) -> list[tuple[str, str]]:
    """What was written this time; what is only declared unchanged has been said before."""
    said, _ = content(form, words(found.payload), rules.period(found.occasion))
    return practice(form, said)
