"""What a unit last reported is what stands accepted, with what it took over from before."""

from decimal import Decimal

from domain.content import ONE, Cell
from domain.history import Kind
from models import obligation
from models.base import reading, writing
from models.report import Span, accepted, last_accepted
from tasks.previous import all_before, last_before
from tasks.work import programme
from tests.build import NAMES, SLUG, change, nov, sql
from tests.desk import keep
from tests.tasks.weeks import FORM, UNIT, due


def sent(owed, week, said, unit=UNIT, findings=(), at=None):
    """A report of a week, an hour before it is due."""
    name = f"{unit}{week}{len(sql('SELECT id FROM receipt'))}"
    payload = {"rows": {ONE: said}} if "rows" not in said else said
    return keep(owed[unit, week], name, name.encode(), payload, at or due(week), findings)


def verdict(owed, week, number, kind, at, unit=UNIT):
    row = obligation.event_row(owed[unit, week], kind, key=f"office:{at}", receipt_id=number, at=at)
    with writing() as session:
        obligation.add_events(session, change(SLUG, "office", at), [row])


def last(span, units=(UNIT,)):
    rules = programme(SLUG)
    with reading() as session:
        return last_before(session, rules, rules.form(FORM), units, span)


def numbers(span):
    """The number told for the projects that were started, by unit."""
    values = last(span, tuple(NAMES))
    return {unit: its.content.rows[ONE]["projects-started"] for unit, its in values.items()}


def test_it_is_the_newest_one_before_the_occasion_and_of_each_unit_its_own(owed):
    sent(owed, "2026-W44", {"projects-started": "1"})
    sent(owed, "2026-W45", {"projects-started": "2"})
    sent(owed, "2026-W46", {"projects-started": "3"})
    sent(owed, "2026-W44", {"projects-started": "9"}, "ly-yanshi")
    assert numbers(Span(before=due("2026-W46"))) == {UNIT: 2, "ly-yanshi": 9}
    assert numbers(Span(before=due("2026-W47"))) == {UNIT: 3, "ly-yanshi": 9}
    assert last(Span(before=due("2026-W46")))[UNIT].occasion == "2026-W45"
    assert numbers(Span(before=due("2026-W44"))) == {}


def test_a_version_that_was_replaced_or_returned_is_not_it(owed):
    from domain.finding import Finding

    wrong = [Finding("check.required", "projects", "error", {"label": "项目"})]
    sent(owed, "2026-W45", {"projects-started": "1"})
    sent(owed, "2026-W45", {"projects-started": "2"}, at=due("2026-W45").replace(hour=17))
    sent(owed, "2026-W46", {"projects-started": "3"}, findings=wrong)
    assert numbers(Span()) == {UNIT: 2}


def test_what_the_office_sends_back_is_all_it_has_seen_until_it_takes_it_back(owed):
    sent(owed, "2026-W44", {"projects-started": "1"})
    first = sent(owed, "2026-W45", {"projects-started": "2"})
    verdict(owed, "2026-W45", first, Kind.RETURNED, nov(9))
    assert numbers(Span()) == {UNIT: 1}
    assert numbers(Span(as_of=nov(8))) == {UNIT: 2}
    verdict(owed, "2026-W45", first, Kind.ACCEPTED, nov(10))
    assert numbers(Span()) == {UNIT: 2}


def test_what_is_declared_unchanged_says_what_was_said_before_it_however_long_ago(owed):
    sent(owed, "2026-W44", {"projects-started": "7", "policy": "一项"})
    for week in ("2026-W45", "2026-W46"):
        sent(owed, week, {"rows": {ONE: {}}, "unchanged": True})
    found = last(Span(before=due("2026-W47")))[UNIT]
    assert (found.occasion, found.content.rows[ONE]["projects-started"]) == ("2026-W46", Decimal(7))
    assert found.content.unchanged


def test_a_week_with_nothing_to_report_is_passed_over(owed):
    sent(owed, "2026-W44", {"projects-started": "7"})
    sent(owed, "2026-W45", {"rows": {}, "nil": True})
    found = last(Span())[UNIT]
    assert (found.occasion, found.content.rows[ONE]["projects-started"]) == ("2026-W44", Decimal(7))
    sent(owed, "2026-W46", {"rows": {ONE: {}}, "unchanged": True})
    found = last(Span())[UNIT]
    assert (found.occasion, found.content.rows[ONE]["projects-started"]) == ("2026-W46", Decimal(7))


def test_who_has_only_ever_had_nothing_to_report_said_so_last(owed):
    sent(owed, "2026-W45", {"rows": {}, "nil": True})
    found = last(Span())[UNIT]
    assert (found.occasion, found.content.nil, dict(found.content.rows)) == ("2026-W45", True, {})


def test_a_report_from_before_there_were_rows_is_read_too(owed):
    number = keep(owed[UNIT, "2026-W44"], "old", b"old", {"累计开工项目数": 4}, due("2026-W44"))
    found = last(Span())[UNIT]
    assert (found.receipt, found.content.rows[ONE]["projects-started"]) == (number, 4)
    assert found.content.rows[ONE]["projects-completed"] is Cell.NOT_REPORTED


def test_every_accepted_report_comes_oldest_first(owed):
    for number, week in enumerate(("2026-W46", "2026-W44", "2026-W45")):
        sent(owed, week, {"projects-started": str(number)})
    rules = programme(SLUG)
    with reading() as session:
        its = all_before(session, rules, rules.form(FORM), [UNIT], Span())[UNIT]
        assert [one.occasion for one in its] == ["2026-W44", "2026-W45", "2026-W46"]
        since = accepted(session, SLUG, FORM, Span(since=due("2026-W45")))
        assert [one.occasion for one in since] == ["2026-W45", "2026-W46"]


def test_many_units_are_asked_for_in_one_statement(owed, monkeypatch):
    from sqlalchemy import event

    from models.base import engine

    for unit in NAMES:
        sent(owed, "2026-W44", {"projects-started": "1"}, unit)
    said = []
    event.listen(engine(), "before_cursor_execute", lambda *a: said.append(a[2]))
    with reading() as session:
        assert len(last_accepted(session, SLUG, FORM, list(NAMES), Span())) == 4
    assert len([s for s in said if s.lstrip().upper().startswith("SELECT")]) == 1
