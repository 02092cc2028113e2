"""What was read is shown with its cells, what is wrong beside it, and nothing from outside."""

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from documents.readback import ReadBack, parts, read_back, said
from documents.remarks import Remark, Returned
from domain.content import ONE, Cell, Content
from domain.form import Field
from tests.documents.blanks import LAST, SOURCE, TASKS, form

WRONG = Remark("error", "“累计开工项目数”没有填写；请填数字。", "周调度!D6", ONE, "started")
DOUBT = Remark("warning", "“年度投资完成率”比上期低；请核对。", "周调度!D7", ONE, "rate")
READ = Content(
    {ONE: LAST | {"started": Cell.NOT_REPORTED, "problems": Cell.NOT_APPLICABLE}},
    places={ONE: {"projects": "周调度!D4", "started": "周调度!D6", "rate": "周调度!D7"}},
)


def told(*remarks, content=READ, of=None, names=None, demo=False, **keys):
    returned = Returned("000123", "11月20日（周五）15:12", "ab" * 32, remarks, demo)
    return ReadBack(
        **{
            "returned": returned,
            "programme": "洛阳市城市更新",
            "label": "周调度",
            "unit": "涧西区",
            "occasion": "2026-W47",
            "period": "11月16日—11月22日",
            "due": "11月20日（周五）16:00",
            "state": "按时",
            "file": "周报 终稿(2).xlsx",
            "parts": parts(of or form(), content, remarks, names or {}),
            "nil": content.nil,
            "unchanged": content.unchanged,
            "stands": False,
            "resend_by": "11月24日（周二）24:00",
            "office": "市城市更新工作领导小组办公室",
            "contact": "0379-00000000",
        }
        | keys
    )


def text(html):
    """What somebody reads of a page."""
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", html.split("<body>")[1]))


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("number", Decimal("12"), "12 个"),
        ("percent", Decimal("61.50"), "61.50%"),
        ("date", date(2026, 11, 30), "2026-11-30"),
        ("text", "开工", "开工"),
        ("number", Cell.NOT_APPLICABLE, "不适用"),
        ("number", Cell.NOT_REPORTED, "（未填）"),
        ("number", Decimal("1E+3"), "1000 个"),
    ],
)
def test_a_value_is_said_with_its_unit(kind, value, words):
    unit = "个" if kind == "number" else ""
    field = Field(code="f", label="数", kind=kind, unit=unit, source=SOURCE)
    assert said(field, value) == words


def test_every_field_is_shown_as_read_with_its_cell():
    [part] = told().parts
    shown = {line.label: (line.value, line.place) for line in part.lines}
    assert part.name == ""
    assert shown["项目开竣工情况"] == (LAST["projects"], "周调度!D4")
    assert shown["需要协调解决的事项"] == ("不适用", "")
    assert shown["累计开工项目数"] == ("（未填）", "周调度!D6")
    assert shown["年度投资完成率"] == ("61.5%", "周调度!D7")
    page = text(read_back(told()))
    assert all(f"{label}{place}" in page for label, (_, place) in shown.items())


def test_what_was_written_and_not_understood_is_shown_as_it_was_sent():
    wrong = replace(WRONG, sentence="“累计开工项目数”填的是“十二个”，不是数字。", value="十二个")
    [part] = told(wrong).parts
    shown = {line.label: line.value for line in part.lines}
    assert shown["累计开工项目数"] == "十二个（没有读入）"


def test_what_is_wrong_stands_on_top_and_beside_its_field():
    page = read_back(told(DOUBT, WRONG))
    assert page.count(WRONG.sentence) == 2
    assert page.index(WRONG.sentence) < page.index(DOUBT.sentence)
    assert 'class="line error"' in page
    assert 'class="line warning"' in page


@pytest.mark.parametrize(
    ("remarks", "keys", "words"),
    [
        ((WRONG, DOUBT), {}, ["有1处要改", "请在11月24日（周二）24:00前修改"]),
        ((WRONG,), {"stands": True}, ["此前通过的一份仍然有效"]),
        ((WRONG,), {"resend_by": ""}, ["报送时限已过"]),
        ((DOUBT,), {}, ["已收到并通过，有1处请核对", "如需更正"]),
        ((), {}, ["已收到并通过，没有发现问题", "如需更正"]),
    ],
)
def test_it_says_what_to_do(remarks, keys, words):
    page = text(read_back(told(*remarks, **keys)))
    assert all(word in page for word in words)
    assert ("怎样重报" in page) == (WRONG in remarks)


def test_number_time_and_hash_are_there():
    page = text(read_back(told()))
    for fact in ("000123", "11月20日（周五）15:12", "ab" * 32, "周报终稿(2).xlsx"):
        assert fact in page


def test_a_row_has_the_code_and_title_of_its_task():
    content = Content({"1-1": LAST, "9-9": LAST})
    names = [part.name for part in told(content=content, of=form("tasks"), names=TASKS).parts]
    assert names == [f"1-1 {TASKS['1-1']}", "9-9"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (Content({}, nil=True), "按“无事项”登记"),
        (Content({}, unchanged=True), "按“本期无变化”登记"),
        (Content({}), "没有读到任何内容"),
    ],
)
def test_a_report_without_fields_says_what_was_understood(content, words):
    assert words in text(read_back(told(content=content)))


def test_what_was_sent_is_shown_and_never_run():
    evil = "<script>alert(1)</script>"
    page = read_back(told(content=Content({ONE: LAST | {"projects": evil}}), file=evil))
    assert "<script" not in page
    assert page.count("&lt;script&gt;") == 2


def test_nothing_is_asked_for_from_outside():
    page = read_back(told(WRONG))
    assert not re.search(r"https?:|//|@import|url\(", page)
    assert "default-src 'none'" in page


def test_a_demonstration_says_so_on_top_and_at_the_foot():
    page = text(read_back(told(demo=True)))
    assert page.startswith("【演示数据】")
    assert page.count("【演示数据】") == 2
    assert "演示" not in text(read_back(told()))


def test_the_same_values_give_the_same_page():
    assert read_back(told(WRONG)) == read_back(told(WRONG))
    assert read_back(told(WRONG)) != read_back(replace(told(WRONG), unit="偃师区"))


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("chromium"), reason="Chromium is not installed")
def test_a_phone_needs_no_scrolling_sideways(tmp_path):
    wide = Content({ONE: LAST | {"projects": "很长" * 90, "problems": "x" * 300}})
    page = read_back(told(WRONG, DOUBT, content=wide, file="名称很长的文件" * 9 + ".xlsx"))
    # the frame is as wide as a phone; the page says how much wider it would like to be
    sizes = "const e = document.documentElement; document.title = e.scrollWidth - e.clientWidth"
    script = f"<script>{sizes}</script>"
    allowed = page.replace("default-src 'none';", "default-src 'unsafe-inline';")
    (tmp_path / "page.html").write_text(allowed.replace("</body>", f"{script}</body>"), "utf-8")
    frame = '<iframe src="page.html" width="360" height="900" style="border:0"></iframe>'
    probe = "<script>onload = () => document.body.dataset.wide = frames[0].document.title</script>"
    (tmp_path / "frame.html").write_text(frame + probe, "utf-8")
    words = ["--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files"]
    words += [f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom"]
    shown = subprocess.run(
        ["chromium", *words, str(tmp_path / "frame.html")], check=True, capture_output=True
    )
    assert 'data-wide="0"' in shown.stdout.decode()
