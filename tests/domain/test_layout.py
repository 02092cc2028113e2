"""The table of a form is found wherever it stands, and what is only alike is never taken."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.content import ONE
from domain.layout import find
from domain.sent import SAME
from domain.sentences import say
from tests.domain.sheets import FIELDS, HEADS, ROW, SAID, book, of, sheet
from tests.domain.test_properties import holds

ONE_ROW, TASKS, MANY = of(), of("tasks"), of("many")


def read(*sheets, form=ONE_ROW, tasks=None, **keys):
    return find(book(*sheets, **keys), [form], tasks)


def said(found, key=ONE):
    return {code: word for code, word in found.words.rows[key].items() if word}


def rules(remarks):
    for remark in remarks:
        assert say(remark.rule, **remark.detail)  # every one is a sentence
    return [remark.rule for remark in remarks]


def vertical(values=ROW):
    labels = [str(f["label"]) for f in FIELDS]
    return [[label, value] for label, value in zip(labels, values, strict=True)]


def template(values=ROW, nil=None, same=None):
    """A template with one row a field, as the office hands it out."""
    return sheet(
        ["城市更新周调度"],
        ["涧西区 · 2026-W47 · 11月20日 16:00 前报"],
        ["序号", "填报项目", "计量单位", "本期填报", "上期填报", "说明"],
        *(
            [Decimal(n), f["label"], f.get("unit"), value, "旧", None]
            for n, (f, value) in enumerate(zip(FIELDS, values, strict=True), start=1)
        ),
        [None, "本期无变化", None, same],
        [None, "无事项（本期没有需要报送的内容）", None, nil],
    )


IDENTITY = sheet(
    ["programme", "luoyang-renewal"],
    ["office", "office"],
    ["form", "weekly"],
    ["unit", "涧西区"],
    ["occasion", "2026-W47"],
    ["version", "abc"],
    name="_luoshu",
    visible=False,
)

PLACED = {
    "at the corner": sheet(HEADS, ROW),
    "below a title": sheet(["洛阳市城市更新周调度表"], [], HEADS, ROW),
    "not at the corner": sheet([], [None, None], [None, None, *HEADS], [None, None, *ROW]),
    "under labels without units": sheet([f["label"] for f in FIELDS], ROW),
    "under codes": sheet([f["code"] for f in FIELDS], ROW),
    "under aliases": sheet(["工作进展", *HEADS[1:]], ROW),
    "with blanks and width": sheet([" 本周 进展", "已完成投资(万元)", *HEADS[2:]], ROW),
    "with line breaks": sheet(["本周\n进展", "已完成投资\n（万元）", *HEADS[2:]], ROW),
    "with the unit without brackets": sheet(["本周进展", "已完成投资 万元", *HEADS[2:]], ROW),
    "in another order": sheet(HEADS[::-1], ROW[::-1]),
    "with numbers before": sheet(["序号", *HEADS], [Decimal(1), *ROW]),
    "downwards": sheet(*vertical()),
    "downwards below a title": sheet(["周调度表"], ["填报单位：涧西区"], *vertical()),
    "downwards with numbers": sheet(*([f"{n}.{a}", b] for n, (a, b) in enumerate(vertical(), 1))),
    "downwards in two halves": sheet(
        [*vertical()[0], *vertical()[1]], [*vertical()[2], *vertical()[3]], vertical()[4]
    ),
    "as a template": template(),
    "with a footer": sheet(HEADS, ROW, [], ["填表人：", "某某"], ["注：本表每周五报送。"]),
    "in two lines of heads": sheet(
        ["本周进展", "投资（万元）", None, "形象进度", "完工日期"],
        [None, "已完成", "计划", None, None],
        ROW,
        merged=[(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 1, 3), (0, 4, 1, 4)],
    ),
}


@pytest.mark.parametrize("name", PLACED)
def test_a_table_is_found_wherever_and_however_it_stands(name):
    found = read(PLACED[name])
    assert said(found) == SAID
    assert (found.certain, found.problems, found.missing) == (True, [], [])


def test_every_word_has_its_cell():
    assert read(PLACED["not at the corner"]).words.places[ONE]["done"] == "周调度!D4"
    assert read(template()).words.places[ONE]["done"] == "周调度!D5"


def test_a_template_says_whose_it_is_under_any_name():
    found = find(book(template(), IDENTITY), [of(code="monthly"), ONE_ROW])
    assert found.identity is not None
    assert (found.identity.programme, found.identity.version) == ("luoyang-renewal", "abc")
    assert (found.form, found.unit, found.occasion) == (ONE_ROW, "涧西区", "2026-W47")
    assert found.certain


def test_a_template_of_another_form_is_refused():
    found = find(book(template(), IDENTITY), [of(code="monthly")])
    assert (found.form, rules(found.problems)) == (None, ["layout.other_form"])


@pytest.mark.parametrize(("nil", "same"), [("是", None), (None, "是"), (None, None), ("否", "否")])
def test_a_template_declares_nothing_to_report_or_nothing_changed(nil, same):
    found = read(template([None] * 5, nil=nil, same=same))
    assert (found.words.nil, found.words.unchanged) == (nil == "是", same == "是")
    assert said(found) == {}


def test_a_head_that_is_only_alike_is_proposed_and_makes_it_uncertain():
    found = read(sheet(["本周进展", "完成投资额（万元）", *HEADS[2:]], ROW))
    match = found.mapping["done"]
    assert (match.head, match.cell) == ("完成投资额（万元）", "周调度!B1")
    assert 0.6 <= match.sure < 1
    assert not found.certain
    assert said(found) == SAID


def test_a_head_nobody_knows_is_ignored_and_named():
    found = read(sheet([*HEADS, "天气"], [*ROW, "晴"]))
    assert [(m.head, m.cell) for m in found.ignored] == [("天气", "周调度!F1")]
    assert found.certain


def test_a_head_nobody_knows_beside_a_field_without_one_is_asked_about():
    found = read(sheet(["天气", *HEADS[1:]], ["晴", *ROW[1:]]))
    assert (found.missing, found.certain) == (["progress"], False)


@pytest.mark.parametrize("above", ["重点项目表（单位：个）", "单位：户"])
def test_what_is_counted_is_not_whose_report_it_is(above):
    lines = sheet([above], ["填报单位：涧西区"], HEADS, ROW)
    assert find(book(lines), [ONE_ROW]).unit == "涧西区"


def test_a_remark_in_brackets_is_not_the_unit():
    found = read(sheet(["本周进展", "已完成投资（累计）", *HEADS[2:]], ROW))
    assert (found.mapping["done"].sure < 1, found.certain) == (True, False)


@pytest.mark.parametrize(
    "lines",
    [
        [["本周进展", "已完成投资（亿元）", *HEADS[2:]], ROW],
        [["本周进展", "完成投资额（亿元）", *HEADS[2:]], ROW],
        [["单位：亿元"], ["本周进展", "已完成投资", *HEADS[2:]], ROW],
        [
            ["填报项目", "计量单位", "本期填报"],
            ["本周进展", None, "进场"],
            ["已完成投资", "亿元", Decimal(120)],
        ],
    ],
)
def test_a_figure_under_another_unit_carries_it(lines):
    assert said(read(sheet(*lines)))["done"] == "120亿元"


def test_two_heads_of_one_field_are_a_problem():
    found = read(sheet([*HEADS, "已完成投资"], [*ROW, Decimal(1)]))
    assert (rules(found.problems), found.certain) == (["layout.head_twice"], False)


def test_two_tables_that_fit_alike_are_a_problem():
    found = read(sheet(HEADS, ROW), sheet(HEADS, ROW, name="周调度 (2)"))
    assert (rules(found.problems), found.certain) == (["layout.two_tables"], False)


def test_of_two_tables_the_one_that_is_filled_in_is_taken():
    found = read(sheet(HEADS, name="空表"), sheet(HEADS, ROW))
    assert (said(found), found.certain) == (SAID, True)


def test_two_tables_on_one_sheet_are_a_problem_and_a_better_one_is_not():
    assert rules(read(sheet(HEADS, ROW, [], HEADS, ROW)).problems) == ["layout.two_tables"]
    found = read(sheet(HEADS[:2], ROW[:2], [], HEADS, ROW))
    assert (said(found), found.certain) == (SAID, True)


def test_two_forms_with_the_same_heads_are_a_problem():
    found = find(book(sheet(HEADS, ROW)), [ONE_ROW, of(code="monthly", label="月报")])
    assert (rules(found.problems), found.certain) == (["layout.which_form"], False)


def test_the_form_whose_heads_fit_better_is_taken():
    small = of(code="small", fields=FIELDS[:2])
    assert find(book(sheet(HEADS, ROW)), [small, ONE_ROW]).form == ONE_ROW
    assert find(book(sheet(HEADS[:2], ROW[:2])), [ONE_ROW, small]).form == small


def test_a_file_without_a_table_is_refused_with_what_is_asked_for():
    found = read(sheet(["通讯录"], ["姓名", "电话"]))
    assert (found.form, rules(found.problems)) == (None, ["layout.no_table"])
    assert "周调度" in say(found.problems[0].rule, **found.problems[0].detail)
    assert rules(read().problems) == rules(read(sheet()).problems) == ["layout.no_table"]


def test_hidden_sheets_are_not_read():
    assert read(replace(sheet(HEADS, ROW), visible=False)).form is None


def test_hidden_rows_are_read_and_noted():
    found = read(sheet(HEADS, ROW, hidden_rows=frozenset({1})))
    assert (said(found), rules(found.notes), found.certain) == (SAID, ["layout.hidden_rows"], True)


def test_a_second_row_of_a_form_with_one_is_a_problem():
    assert rules(read(sheet(HEADS, ROW, ROW)).problems) == ["layout.many_rows"]


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (Decimal("0.1") + Decimal("0.2"), "0.3"),
        (Decimal("120.00"), "120"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.30000000000000004"), "0.3"),
        (True, "是"),
        (date(2026, 11, 30), "2026-11-30"),
        (datetime(2026, 11, 30), "2026-11-30"),  # noqa: DTZ001
        (datetime(2026, 11, 30, 16), "2026-11-30 16:00:00"),  # noqa: DTZ001
        (" 原样 ", " 原样 "),
    ],
)
def test_a_cell_is_the_word_a_spreadsheet_shows(raw, word):
    assert read(sheet(HEADS, [raw, *ROW[1:]])).words.rows[ONE]["progress"] == word


def test_a_cell_shown_as_a_percentage_says_so():
    share = sheet(HEADS, [*ROW[:3], Decimal("0.855"), ROW[4]], percents=frozenset({(1, 3)}))
    assert said(read(share))["share"] == "85.5%"


@pytest.mark.parametrize(
    ("keys", "trouble"),
    [
        ({"formulas": {(1, 1): "=A1+B1"}}, "trouble.no_result"),
        ({"errors": {(1, 1): "#REF!"}}, "trouble.error_value"),
        ({"merged": [(1, 1, 1, 2)]}, "trouble.merged"),
    ],
)
def test_a_cell_in_trouble_says_which(keys, trouble):
    row = [ROW[0], None if "merged" not in keys else ROW[1], *ROW[2:]]
    found = read(sheet(HEADS, row, **keys))
    assert found.words.troubles[ONE]["done"] == trouble


CAPTIONS = {
    "报送单位：涧西区": ("涧西区", ""),
    "填报单位(盖章)： 涧西区": ("涧西区", ""),
    "填报单位：涧西区    期：2026-W47": ("涧西区", "2026-W47"),
    "涧西区 2026 年第 47 周周调度表": ("", "2026-W47"),
    "2026年11月上半月": ("", "2026-11-H1"),
    "2026年11月份月报": ("", "2026-11"),
    "2026年第四季度": ("", "2026-Q4"),
    "2026年上半年": ("", "2026-S1"),
    "2026年度": ("", "2026"),
    "2026年第60周": ("", ""),
    "填报日期：2026年11月20日": ("", ""),
    "单位：万元": ("", ""),
    "单位：个、万元": ("", ""),
}


@pytest.mark.parametrize("line", CAPTIONS)
def test_the_lines_above_a_table_say_whose_it_is_and_when(line):
    found = read(sheet([line], HEADS, ROW))
    assert (found.unit, found.occasion) == CAPTIONS[line]


def test_the_words_above_may_stand_in_cells_of_their_own():
    found = read(sheet(["报送单位", "涧西区", None, "期号", "2026-W47"], HEADS, ROW))
    assert (found.unit, found.occasion) == ("涧西区", "2026-W47")


def test_a_text_file_has_heads_for_them():
    heads = ["unit", "occasion", "form", *(f["code"] for f in FIELDS)]
    found = read(sheet(heads, ["涧西区", "2026-W47", "weekly", *ROW], name=""), kind="json")
    assert (found.unit, found.occasion, found.named) == ("涧西区", "2026-W47", "weekly")
    assert (said(found), found.words.places[ONE]["progress"]) == (SAID, "D2")


def test_a_text_file_may_say_only_that_there_is_nothing():
    found = read(sheet(["单位", "期", "无事项"], ["涧西区", "2026-W47", "无"], name=""), kind="csv")
    assert (found.words.nil, found.unit, found.certain) == (True, "涧西区", True)


@holds
@given(
    order=st.permutations(range(5)),
    down=st.integers(0, 4),
    right=st.integers(0, 4),
    across=st.booleans(),
    title=st.booleans(),
)
def test_every_cell_of_a_table_is_found(order, down, right, across, title):
    heads, row = [HEADS[n] for n in order], [ROW[n] for n in order]
    lines = [heads, row] if across else [list(pair) for pair in zip(heads, row, strict=True)]
    above = [["标题"] if title else [] for _ in range(down)]
    found = read(sheet(*above, *([*[None] * right, *line] for line in lines)))
    assert said(found) == SAID
    assert found.certain


CELLS = st.none() | st.text(max_size=8) | st.sampled_from([*HEADS, "任务编号", "无事项", "合计"])


@holds
@given(rows=st.lists(st.lists(CELLS, max_size=6), max_size=8))
def test_no_sheet_makes_the_search_fail(rows):
    for form in (ONE_ROW, TASKS, MANY):
        read(sheet(*rows), form=form, tasks={"1": "旧城更新"})


def test_a_row_may_be_declared_unchanged():
    found = read(sheet(["任务编号", *HEADS, "本期无变化"], ["1", *[None] * 5, "是"]), form=TASKS)
    assert found.words.rows["1"][SAME] == "是"


def test_of_two_columns_beside_the_labels_none_is_guessed():
    lines = [[*line, Decimal(7)] for line in vertical()]
    found = read(sheet(*lines))
    assert (rules(found.problems), found.certain) == (["layout.which_column"], False)
    headed = read(sheet(["指标", "上期", "本期"], *([a, Decimal(7), b] for a, b in vertical())))
    assert (said(headed), headed.certain) == (SAID, True)
    noted = read(sheet(["指标", "本期", "备注"], *lines))
    assert (said(noted), noted.certain) == (SAID, True)


@pytest.mark.parametrize(("above", "certain"), [("投资情况", True), ("上年", False)])
def test_a_group_over_a_head_does_not_change_it_unless_it_says_of_when(above, certain):
    found = read(
        sheet(
            ["本周进展", above, None, "形象进度", "完工日期"],
            [None, "已完成投资", "投资计划", None, None],
            ROW,
            merged=[(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 1, 3), (0, 4, 1, 4)],
        )
    )
    assert found.certain is certain


def test_a_file_that_only_declares_something_is_nobodys_form_of_two():
    nothing = book(sheet(["单位", "期", "无事项"], ["涧西区", "2026-W47", "无"], name=""))
    found = find(nothing, [ONE_ROW, of(code="small", fields=FIELDS[:2])])
    assert (rules(found.problems), found.words.nil) == (["layout.which_form"], True)


def test_words_in_another_order_are_proposed():
    found = read(sheet(["本周进展", "已完成投资", "计划投资", *HEADS[3:]], ROW))
    assert (found.mapping["planned"].head, found.certain) == ("计划投资", False)


def test_a_head_a_person_has_confirmed_is_certain():
    lines = sheet(["本周进展", "完成投资额（万元）", *HEADS[2:4], "何时完"], ROW)
    confirmed = {"完成投资额（万元）": "done", "何时完": "finish", "别的": "nowhere"}
    found = find(
        book(lines), [ONE_ROW], confirmed={ONE_ROW.code: confirmed, "another": {"何时完": "start"}}
    )
    assert (said(found), found.certain) == (SAID, True)


def test_a_confirmed_head_still_says_in_which_unit_its_numbers_are():
    lines = sheet(["本周进展", "完成投资额（亿元）", *HEADS[2:]], ROW)
    asked, confirmed = find(book(lines), [ONE_ROW]), {ONE_ROW.code: {"完成投资额（亿元）": "done"}}
    found = find(book(lines), [ONE_ROW], confirmed=confirmed)
    assert (said(asked)["done"], asked.certain) == ("120亿元", False)
    assert (said(found)["done"], found.certain) == ("120亿元", True)


@pytest.mark.parametrize("mark", ["—", "/"])
def test_a_report_of_nothing_but_dashes_is_still_a_report(mark):
    assert said(read(sheet(HEADS, [mark] * 5)))["progress"] == mark
    assert said(read(sheet(*vertical([mark] * 5))))["progress"] == mark


@pytest.mark.parametrize("word", ["无事项", "本周无变化"])
def test_a_table_that_says_nothing_but_this_needs_no_asking(word):
    found = find(book(sheet(["单位", "涧西区"], ["期", "2026-W47"], [word, "是"])), [ONE_ROW])
    flags = (found.words.nil, found.words.unchanged)
    assert (flags, found.certain) == ((word == "无事项", word != "无事项"), True)
    other = find(book(sheet(["单位", "涧西区"], [word, "见附件"])), [ONE_ROW])
    assert (other.words.nil, other.words.unchanged, other.certain) == (False, False, False)
