"""A receipt is checked once, and beside what had been accepted by then."""

import pytest
from sqlalchemy import text

from domain.history import Kind
from models import obligation, receipt
from models.base import reading, writing
from tasks.verdicts import unchecked, validate
from tasks.work import Work
from tests.build import SLUG, change, nov, sql
from tests.tasks.weeks import UNIT, arrive

NOW = nov(18, "09:00")
WORK = Work(SLUG, "office", "2026-W47", NOW, 0)
FULL = {"rows": {"": {"projects": "开工三个", "milestones": "均按期", "projects-started": "3"}}}
SAME = {"rows": {"": {}}, "unchanged": True}


def checks(receipts):
    return dict(validate.fn(WORK, receipts))


def findings(number):
    with reading() as session:
        return [finding.rule for finding in receipt.findings_of(session, [number])[number]]


def verdicts(number):
    found = "SELECT kind FROM obligation_event WHERE receipt_id = :id AND actor = 'checks'"
    return sorted(kind for (kind,) in sql(found, id=number))


def test_a_week_may_refer_to_the_one_before_it_that_comes_with_it(owed):
    later = arrive(owed[UNIT, "2026-W47"], nov(18, "08:00"), SAME)
    earlier = arrive(owed[UNIT, "2026-W46"], nov(18, "08:01"), FULL)
    assert checks([later, earlier]) == {"checked": 2, "accepted": 2}
    assert findings(later) == []


def test_what_another_run_has_checked_meanwhile_is_left_alone(owed):
    later = arrive(owed[UNIT, "2026-W47"], nov(18, "08:00"), SAME)
    seen_by_both = [later]
    assert checks(seen_by_both) == {"checked": 1, "returned": 1}
    checks([arrive(owed[UNIT, "2026-W46"], nov(18, "08:01"), FULL)])
    assert checks(seen_by_both) == {}
    assert verdicts(later) == ["checked", "returned"]


def test_fields_may_be_called_as_what_else_a_receipt_keeps(owed):
    flat = {"projects": "开工三个", "milestones": "均按期", "problems": "无", "notes": "无"}
    number = arrive(owed[UNIT, "2026-W46"], nov(12), flat)  # as it was kept once
    assert checks([number]) == {"checked": 1, "accepted": 1}


def test_of_a_table_sent_back_unread_only_the_reason_is_told(owed):
    unread = {"rows": {}, "problems": [["check.office", {"reason": "请用模板填写"}]]}
    number = arrive(owed[UNIT, "2026-W46"], nov(12), unread)
    assert unchecked(WORK) == [number]
    assert checks([number]) == {"checked": 1, "returned": 1}
    assert findings(number) == ["check.office"]


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_report_may_be_kept_while_the_one_before_it_is_checked(owed):
    checked = owed[UNIT, "2026-W46"]
    with writing() as checking:
        obligation.lock(checking, [checked])
        with writing() as collecting:  # holds the audit's head, which the checks need next
            collecting.execute(text("SET LOCAL lock_timeout = '2s'"))
            row = obligation.event_row(checked, Kind.RECEIVED, key="1", at=nov(12))
            obligation.add_events(collecting, change(SLUG, "unit"), [row])
