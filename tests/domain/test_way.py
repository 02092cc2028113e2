"""The whole way of a sheet: found, read, checked, and said with the cell a person has to mend."""

from decimal import Decimal

from domain.checks import Context, examine
from domain.finding import passes, told
from domain.layout import find
from domain.periods import parse
from domain.sent import payload, words
from tests.domain.build import SOURCE
from tests.domain.sheets import HEADS, ROW, book, of, sheet

CHECKS = [
    {"kind": "required", "fields": ["progress", "done"], **SOURCE},
    {"kind": "at_most", "field": "done", "limit": "planned", **SOURCE},
]
PLAN = {"1": "新建口袋公园", "2": "湖滨公园改造"}
TASKS = of("tasks", checks=CHECKS)


def sentences(*rows):
    found = find(book(sheet(["任务编号", "任务", *HEADS], *rows)), [TASKS], PLAN)
    assert found.certain
    kept = words(payload(found.words))
    return examine(TASKS, kept, Context(parse("2026-W47"), names=PLAN))


def test_a_good_ledger_passes():
    content, wrong = sentences(["1", PLAN["1"], *ROW], ["2", PLAN["2"], *ROW])
    assert wrong == []
    assert content.rows["2"]["done"] == Decimal(120)


def test_what_is_wrong_is_said_with_its_cell_and_task():
    _, wrong = sentences(
        ["1", PLAN["1"], None, "约120", *ROW[2:]], ["2", PLAN["2"], "好", Decimal(900), *ROW[2:]]
    )
    assert not passes(wrong)
    assert [told(f).partition("：")[0] for f in wrong] == [
        "周调度!C2（1 新建口袋公园）",
        "周调度!D2（1 新建口袋公园）",
        "周调度!D3（2 湖滨公园改造）",
    ]
