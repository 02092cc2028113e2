"""The ledger of an occasion, as it is written for the office."""

import openpyxl
import pytest

from models import obligation
from models.base import writing
from tasks.ledgers import owed, write_ledger
from tasks.work import Work
from tests.build import NAMES, SLUG, change, nov, some_obligations

AT, WEEK = nov(6, "18:00"), "2026-W45"
WORK = Work(SLUG, "office", WEEK, AT, 0)


@pytest.fixture
def counties(database):
    """Four units of two groups, that take turns in the order of their ids."""
    with writing() as session:
        [first, *_] = some_obligations(session)
        shared = {name: first[name] for name in ("programme", "office", "programme_version_id")}
        shared |= {"form": "weekly-county", "occasion": WEEK, "nominal_due_at": nov(6, "16:00")}
        groups = zip(sorted(NAMES), ["counties", "urban"] * 2, strict=True)
        rows = [{**shared, "debtor": unit, "group_code": group} for unit, group in groups]
        obligation.open_all(session, change(SLUG, at=nov(2)), rows)


def test_units_that_are_compared_stand_side_by_side(counties, home):
    name = write_ledger(WORK, AT)
    book = openpyxl.load_workbook(home / "exports" / SLUG / name)
    [page] = book.worksheets
    groups = [row[0] for row in page.iter_rows(min_row=3, max_row=6, values_only=True)]
    assert groups == ["中心城区"] * 2 + ["县（含偃师区、孟津区）"] * 2


def test_of_an_occasion_nobody_opened_nothing_is_owed(counties):
    assert owed(WORK, AT)
    assert not owed(Work(SLUG, "office", "2026-W10", AT, 0), AT)
