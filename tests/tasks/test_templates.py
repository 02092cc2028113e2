"""A template knows the unit's tasks, what it last said of each, and its own deadline."""

from io import BytesIO

import openpyxl
import pytest

from domain.errors import Refused
from domain.history import Kind
from models import obligation
from models.base import writing
from tasks.ledgers import write_ledger
from tasks.templates import Asked, papers
from tasks.work import Work
from tests.build import SLUG, change, nov, sql
from tests.desk import blank, filled, opened, store

PLAN, HOST = "luoyang-351", "annex-1"
NOW = nov(16, "09:00")


@pytest.fixture
def plan(home):
    """An office whose leads report task by task, two weeks of them opened."""
    opened("2026-W45", "2026-W46", slug=PLAN, host=HOST)
    return home


def paper(unit, occasion="2026-W46"):
    [found] = papers(PLAN, Asked([unit], occasion, HOST), NOW)
    return found


def test_a_unit_has_a_row_for_each_task_it_leads_and_what_it_last_said_of_it(plan):
    first = paper("市商务局", "2026-W45")
    tasks = first.spec.tasks
    assert len(tasks) > 1
    assert tasks["1-2"].startswith("机场")
    said = {(code, "progress"): f"{code}进展" for code in tasks}
    number = store("商务局.xlsx", filled(first, said), first.spec.identity.unit, nov(6), PLAN)
    assert sql("SELECT kind FROM obligation_event WHERE receipt_id = :id ORDER BY id", id=number)[
        -1
    ] == ("accepted",)
    book = openpyxl.load_workbook(BytesIO(paper("市商务局").content()))
    page = book[book.sheetnames[0]]
    told = {row[0].value: row[2].value for row in page.iter_rows(min_row=5) if row[0].value}
    assert told == {code: f"{code}进展" for code in tasks}


def test_the_ledger_of_such_a_form_has_a_line_a_task(plan):
    first = paper("市商务局", "2026-W45")
    said = {(code, "progress"): f"{code}进展" for code in first.spec.tasks}
    store("商务局.xlsx", filled(first, said), first.spec.identity.unit, nov(6), PLAN)
    name = write_ledger(Work(PLAN, HOST, "2026-W45", NOW, 0), NOW)
    [page] = openpyxl.load_workbook(plan / "exports" / PLAN / name).worksheets
    rows = [row for row in page.values if row[1] == "市商务局"]
    assert [row[6] for row in rows] == list(first.spec.tasks)
    assert {row[2] for row in rows} == {"按时"}


def test_a_unit_of_several_offices_has_a_template_for_each_under_its_own_name(home):
    found = papers(PLAN, Asked(["市发展和改革委员会"], "2026-W46"), NOW)
    assert len(found) > 1
    assert len({one.name for one in found}) == len(found)


def test_a_template_prints_the_deadline_as_it_stands(home):
    opened("2026-W46")
    [id] = [id for (id,) in sql("SELECT id FROM obligation WHERE debtor = 'ly-jianxi'")]
    later = obligation.event_row(id, Kind.DUE_SET, key="office:1", due_at=nov(16, "12:00"))
    with writing() as session:
        obligation.add_events(session, change(SLUG, "office", nov(10)), [later])
    assert [found.spec.due for found in papers(SLUG, Asked(["涧西区"], "2026-W46"), NOW)] == [
        "11月16日（周一）12:00"
    ]
    assert blank("伊川县", "2026-W46").spec.due == "11月13日（周五）16:00"


def test_who_is_exempt_gets_no_template(home):
    opened("2026-W46")
    count = len(papers(SLUG, Asked(occasion="2026-W46"), NOW))
    [id] = [id for (id,) in sql("SELECT id FROM obligation WHERE debtor = 'ly-jianxi'")]
    free = obligation.event_row(id, Kind.EXEMPTED, reason="防汛")
    with writing() as session:
        obligation.add_events(session, change(SLUG, "office", nov(10)), [free])
    assert len(papers(SLUG, Asked(occasion="2026-W46"), NOW)) == count - 1
    with pytest.raises(Refused) as refused:
        papers(SLUG, Asked(["涧西区"], "2026-W46"), NOW)
    assert refused.value.key == "desk.nothing_owed"


def test_a_word_that_names_no_unit_is_answered_with_the_nearest_names(home):
    with pytest.raises(Refused) as refused:
        papers(SLUG, Asked(["涧东区"], "2026-W46"), NOW)
    assert (refused.value.key, refused.value.values["near"]) == ("unit.unknown", "涧西区")


def test_the_same_template_made_twice_is_the_same_file(home):
    one, other = (papers(SLUG, Asked(["涧西区"], "2026-W46"), at)[0] for at in (NOW, nov(17)))
    assert one.content() == other.content()
