"""The summary an operator reads: who has not reported comes by name, empty parts do not come."""

import pytest
from jinja2 import UndefinedError

from documents.footnotes import footnotes
from documents.text import render
from domain.sentences import say

COUNTS = {"total": 2, "on_time": 1, "late": 0, "missing": 1, "pending": 0, "exempt": 0}
NOBODY = {"count": 0, "names": ""}
CONTEXT = {
    "demo": False,
    "label": "周调度",
    "occasion": "2026-W46",
    "period": "11月9日—11月15日",
    "programme": "洛阳市城市更新",
    "due": "11月13日（周五）16:00",
    "due_notes": [],
    "as_of": "11月13日（周五）16:00",
    "groups": [{"name": "中心城区", **COUNTS}],
    "missing": {"count": 1, "names": "涧西区"},
    "waiting": NOBODY,
    "returned": NOBODY,
    "late": NOBODY,
    "unmatched": [],
    "held": [],
    "file_name": "2026-W46.xlsx",
    "file_url": "",
    "notes": [],
}


def test_the_summary_says_who_has_not_reported():
    text = render("weekly", **CONTEXT)
    assert text.startswith("# 周调度 2026-W46（11月9日—11月15日）")
    assert "| 中心城区 | 2 | 1 | 0 | 1 | 0 | 0 |" in text
    assert "## 未报的单位（1）\n\n涧西区" in text


@pytest.mark.parametrize(
    ("part", "head"),
    [
        ("waiting", "时限未到"),
        ("returned", "还没有重报"),
        ("late", "迟报的单位"),
        ("unmatched", "没对上"),
        ("held", "等人核对表头"),
    ],
)
def test_a_part_comes_only_when_it_has_something_to_say(part, head):
    item = {
        "number": "000001",
        "file": "abcdef01",
        "problem": "单位名称不在名册里。",
    }
    filled = [item] if part in ("unmatched", "held") else {"count": 1, "names": "偃师区"}
    assert head not in render("weekly", **CONTEXT)
    assert head in render("weekly", **CONTEXT | {part: filled})


def test_the_link_to_the_ledger_is_there_when_something_serves_it():
    assert "台账文件：2026-W46.xlsx（在数据目录的“exports”文件夹里）" in render("weekly", **CONTEXT)
    text = render("weekly", **CONTEXT | {"file_url": "http://127.0.0.1/a.xlsx"})
    assert "[2026-W46.xlsx](http://127.0.0.1/a.xlsx)" in text


def test_what_no_office_has_confirmed_stands_at_the_foot():
    notes = footnotes(["时限暂按周五", "口径暂按首次合格"])
    text = render("weekly", **CONTEXT | {"notes": notes})
    assert text.endswith(f"\n\n{say('undecided.head')}\n\n- 时限暂按周五\n- 口径暂按首次合格\n")
    assert say("undecided.head") not in render("weekly", **CONTEXT)


def test_a_demonstration_says_so_first():
    assert render("weekly", **CONTEXT | {"demo": True}).startswith("> **演示数据**")


def test_a_name_nobody_gave_is_an_error():
    with pytest.raises(UndefinedError):
        render("weekly", **{k: v for k, v in CONTEXT.items() if k != "due"})


def test_markdown_keeps_a_name_as_it_is():
    assert "A&B · 报送时限" in render("weekly", **CONTEXT | {"programme": "A&B"})
