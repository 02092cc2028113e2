"""What stands in a file is what comes out: each value exact, at the address it is shown at."""

import json
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal
from time import process_time as time_of_process

import openpyxl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.grid import Workbook, address
from intake.fault import Unreadable
from intake.value import word
from intake.workbook import read
from tests.intake import files

MOMENT = datetime.fromisoformat("2026-11-30 16:00")
needs_office = pytest.mark.skipif(
    not files.office_suite(), reason="LibreOffice (soffice) is not installed"
)


def messy(book):
    """One of everything that a cell can hold, from C5 on."""
    sheet = book.add_worksheet("周调度")
    formats = ("0%", "0.00%", 'General"%"', "yyyy-mm-dd hh:mm", "hh:mm", "[h]:mm:ss", "[Red]0")
    percent, fine, literal, day, clock, hours, red = (
        book.add_format({"num_format": code}) for code in formats
    )
    sheet.merge_range("C5:D6", "合并")
    cells = [("E5", 0.1 + 0.2, None), ("F5", 3, red), ("G5", 1e-7, None), ("H5", 2.5e20, None)]
    cells += [("E6", 0.85, percent), ("F6", 0.123456, fine), ("G6", 85, literal)]
    cells += [("E7", 46356, book.add_format({"num_format": 14})), ("F7", 46356 + 2 / 3, day)]
    cells += [("G7", 0.25, clock), ("H7", 1.5, hours)]
    for cell, value, style in cells:
        sheet.write_number(cell, value, style)
    sheet.write_string("E8", "85%", percent)
    sheet.write_boolean("F8", True)
    sheet.write_string("G8", "一行\n二行\x01")
    sheet.write_formula("E9", "=1/0", None, "#DIV/0!")
    sheet.write_formula("F9", "=E5*2", None, 0.6)
    sheet.set_row(9, None, None, {"hidden": True})
    sheet.write("E10", "藏")
    book.add_worksheet("隐藏").hide()
    book.add_worksheet("_luoshu").very_hidden()


EXPECTED = {
    "C5": "合并", "E5": Decimal("0.3"), "F5": Decimal(3), "G5": Decimal("1E-7"),
    "H5": Decimal("2.5E+20"), "E6": Decimal("0.85"), "F6": Decimal("0.123456"), "G6": Decimal(85),
    "E7": date(2026, 11, 30), "F7": MOMENT, "G7": time(6), "H7": "36:00:00", "E8": "85%",
    "F8": True, "G8": "一行\n二行", "F9": Decimal("0.6"), "E10": "藏",
}  # fmt: skip


def filled(sheet):
    """Every cell that has something, by its address."""
    return {
        address("", (row, column)): value
        for row, cells in enumerate(sheet.rows)
        for column, value in enumerate(cells)
        if value is not None
    }


def spots(found):
    return sorted(address("", spot) for spot in found)


def check_messy(book):
    sheet, hidden, very = book.sheets
    assert filled(sheet) == EXPECTED
    assert spots(sheet.percents) == ["E6", "F6"]
    assert {address("", spot): text for spot, text in sheet.errors.items()} == {"E9": "#DIV/0!"}
    assert (sheet.merged, sheet.hidden_rows) == (((4, 2, 5, 3),), {9})
    assert [each.name for each in book.sheets] == ["周调度", "隐藏", "_luoshu"]
    assert (sheet.visible, hidden.visible, very.visible) == (True, False, False)


def test_each_kind_of_cell_is_read_at_its_address():
    book = read("周报.xlsx", files.written(messy))
    assert book.kind == "xlsx"
    check_messy(book)
    assert not book.sheets[0].formulas


@pytest.fixture(scope="module")
def older(tmp_path_factory):
    """The same as an office suite saves it in the older format, and one with its own calendar."""
    folder = tmp_path_factory.mktemp("older")
    calendar = files.written(
        lambda book: book.add_worksheet().write_datetime(
            "A1", date(2026, 11, 30), book.add_format({"num_format": "yyyy-mm-dd"})
        ),
        date_1904=True,
    )
    return [files.converted(content, folder) for content in (files.written(messy), calendar)]


@needs_office
def test_what_an_office_suite_saved_anew_says_the_same(tmp_path):
    check_messy(read("周报.xlsx", files.converted(files.written(messy), tmp_path, "xlsx")))


@pytest.mark.parametrize("count", [3, 5_000])
def test_a_file_of_many_styles_is_read_as_quickly_and_as_well(count):
    kinds = [f'<xf numFmtId="{10 if n % 2 else 0}"/>' for n in range(count)]
    rows = (
        f'<row r="{n}"><c r="A{n}" s="{n % count}"><v>0.5</v></c><c r="B{n}"><v>{n}</v></c></row>'
        for n in range(1, 5_001)
    )
    content = files.handmade(*rows, styles=f"<cellXfs>{''.join(kinds)}</cellXfs>")
    begun = time_of_process()
    sheet = read("周报.xlsx", content).sheets[0]
    assert time_of_process() - begun < 1
    assert sheet.percents == {(n - 1, 0) for n in range(1, 5_001) if n % count % 2}


def test_a_calculated_percentage_is_one_too():
    styles = '<numFmts><numFmt numFmtId="170" formatCode="0%&quot;约&quot;"/></numFmts>'
    styles += '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs>'
    cells = '<row r="1"><c r="B1" s="1"><f>1/2</f><v>0.5</v></c><c r="C1" s="0"><v>1</v></c></row>'
    sheet = read("周报.xlsx", files.handmade(cells, styles=styles)).sheets[0]
    assert (filled(sheet), spots(sheet.percents)) == ({"B1": Decimal("0.5"), "C1": 1}, ["B1"])


@needs_office
@pytest.mark.parametrize("name", ["周报.xls", "周报.et", "周报.xlsx"])
def test_the_older_format_says_the_same_under_each_of_its_names(older, name):
    book = read(name, older[0])
    assert book.kind == "xls"
    check_messy(book)


@needs_office
def test_dates_of_the_other_calendar_are_right_in_the_older_format_too(older):
    assert filled(read("周报.xls", older[1]).sheets[0]) == {"A1": date(2026, 11, 30)}


@needs_office
def test_an_older_file_with_a_password_or_cut_off_says_so(older):
    broken = {"preflight.encrypted": older[0].replace(b"\x5c\x00\x70\x00", b"\x2f\x00\x70\x00", 1)}
    broken["preflight.damaged"] = older[0][:2000]
    for key, content in broken.items():
        with pytest.raises(Unreadable) as refused:
            read("周报.xls", content)
        assert refused.value.key == key


def test_dates_of_the_other_calendar_are_right():
    def fill(book):
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        book.add_worksheet().write_datetime("A1", date(2026, 11, 30), day)

    content = files.written(fill, date_1904=True)
    assert filled(read("周报.xlsx", content).sheets[0]) == {"A1": date(2026, 11, 30)}


def test_a_formula_without_a_saved_result_is_no_value():
    sheet = read("周报.xlsx", files.uncalculated()).sheets[0]
    assert filled(sheet) == {"A1": Decimal(3), "C1": date(2026, 11, 30)}
    assert sheet.formulas == {(0, 1): "=A1*2"}


def test_a_zero_that_a_program_put_in_place_of_a_result_is_no_value():
    content = files.written(lambda book: book.add_worksheet().write_formula("A1", "=1+1"))
    assert b"<v>0</v>" in files.parts(content)["xl/worksheets/sheet1.xml"]
    sheet = read("周报.xlsx", content).sheets[0]
    assert (filled(sheet), sheet.formulas) == ({}, {(0, 0): "=1+1"})


def test_a_calculated_zero_is_a_value():
    cells = '<row r="1"><c r="A1"><f>1-1</f><v>0</v></c></row>'
    assert filled(read("周报.xlsx", files.handmade(cells)).sheets[0]) == {"A1": Decimal(0)}


def test_a_chart_is_no_sheet_and_a_text_result_may_be_empty():
    def fill(book):
        book.add_worksheet("表").write("A1", 1)
        book.add_chartsheet("图")

    assert [each.name for each in read("周报.xlsx", files.written(fill)).sheets] == ["表"]
    cells = '<row r="1"><c r="A1" t="str"><f>IF(1,"")</f><v></v></c></row>'
    assert not read("周报.xlsx", files.handmade(cells)).sheets[0].formulas


def test_a_shared_formula_without_results_is_told_for_each_of_its_cells():
    cells = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1*2</f></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v/></c></row>'
    )
    sheet = read(
        "周报.xlsx", files.handmade(cells, after="<headerFooter>页</headerFooter>")
    ).sheets[0]
    assert sheet.formulas == {(0, 0): "=B1*2", (1, 0): "=B1*2"}


def test_other_prefixes_and_cells_that_do_not_say_where_they_are_change_nothing():
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="10"/></cellXfs>'
    cells = (
        '<row><c t="inlineStr"><is><t>甲</t></is></c><c s="1"><v>0.5</v></c></row>'
        '<row><c t="b"><v>1</v></c><c><f>A1</f></c><extLst><f>x</f></extLst></row>'
    )
    for content in (cells, cells.replace("<", "<x:").replace("<x:/", "</x:")):
        sheet = read("周报.xlsx", files.handmade(content, styles=styles)).sheets[0]
        assert filled(sheet)["A1"] == "甲"
        assert spots(sheet.percents) == ["B1"]
        assert sheet.formulas == {(1, 1): "=A1"}


@pytest.mark.parametrize("first", ["A1", "C5", "ZZ3"])
def test_a_table_stays_where_it_is(first):
    rows = read("周报.xlsx", files.numbered(3, 2, first)).sheets[0]
    found = filled(rows)
    assert next(iter(found)) == first
    assert sorted(found.values()) == [0, 1, 2, 3, 4, 5]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_is_read_as_a_spreadsheet_shows_it(value):
    cells = f'<row r="1"><c r="A1"><v>{value!r}</v></c></row>'
    found = filled(read("周报.xlsx", files.handmade(cells)).sheets[0])["A1"]
    assert found == Decimal(f"{value:.15g}")


def test_what_another_library_writes_is_read_alike():
    book = openpyxl.Workbook()
    book.active.append(["项目", 1.5, True, date(2026, 11, 30)])
    book.active["B1"].number_format = "0.0%"
    sheet = read("周报.xlsx", files.saved(book)).sheets[0]
    assert sheet.rows == [["项目", Decimal("1.5"), True, date(2026, 11, 30)]]
    assert spots(sheet.percents) == ["B1"]


TABLE = [
    ["单位", "期", "进展"],
    ["涧西区", "2026-W46", "一行\n“二行”, 三;四"],
    ["偃师区", None, "无"],
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_csv_is_read_in_every_usual_form(encoding, delimiter, end):
    quoted = ([f'"{cell or ""}"' for cell in row] for row in TABLE)
    text = end.join(delimiter.join(row) for row in quoted) + end
    book = read("周报.csv", text.encode(encoding))
    assert (book.kind, book.sheets[0].name, book.sheets[0].rows) == ("csv", "", TABLE)


def test_a_csv_may_name_its_delimiter_and_its_title_needs_none():
    assert read("a.csv", b"sep=;\na,b;c\n1,2;3\n").sheets[0].rows == [["a,b", "c"], ["1,2", "3"]]
    rows = read("a.csv", "周调度\n单位\t期\n甲;乙\t1\n".encode()).sheets[0].rows
    assert rows == [["周调度"], ["单位", "期"], ["甲;乙", "1"]]


def test_text_without_what_no_one_sees():
    assert read("a.csv", "单位,期\n涧西\0区\x1b,1".encode()).sheets[0].rows[1] == ["涧西区", "1"]


JSON = {
    '{"单位": "涧西区", "期": "2026-W46", "进展": 3}': [
        ["单位", "期", "进展"],
        ["涧西区", "2026-W46", Decimal(3)],
    ],
    '{"unit": "涧西区", "values": {"a": 0.10, "b": true, "c": [1], "d": null}}': [
        ["unit", "a", "b", "c", "d"],
        ["涧西区", Decimal("0.10"), True, "1"],
    ],
    '{"单位": "涧西区", "rows": [{"项目": "甲", "数": 1}, {"项目": "乙", "额": 12345678901234}]}': [
        ["单位", "项目", "数", "额"],
        ["涧西区", "甲", Decimal(1)],
        ["涧西区", "乙", None, Decimal(12345678901234)],
    ],
    '{"单位": "涧西区", "rows": []}': [["单位"], ["涧西区"]],
    '{"rows": "三排", "\\u0000x ": "\\ud800", "n": NaN, "e": 1e999999}': [
        ["rows", "x", "n", "e"],
        ["三排", None, "nan", "1e999999"],
    ],
}


@pytest.mark.parametrize(("text", "rows"), JSON.items())
def test_a_json_is_a_head_and_its_rows(text, rows):
    book = read("周报.json", text.encode())
    assert (book.kind, book.sheets[0].rows) == ("json", rows)


BAD = {
    "preflight.not_text": [("a.csv", b"\x80" * 10), ("a.json", b"a\0" * 10)],
    "preflight.csv": [("a.csv", '"单位,期\n'.encode()), ("a.csv", b"a" * 200_000 + b"\nb")],
    "preflight.no_rows": [
        ("a.csv", b"\n\n"),
        ("a.csv", b"sep=;"),
        ("a.json", b"{}"),
        ("a.json", b'{"": ""}'),
    ],
    "preflight.cells": [("a.csv", b",".join([b"1"] * 9_000) + b"\n1" * 1_000)],
    "preflight.json": [
        ("a.json", b"{"),
        ("a.json", b"[]"),
        ("a.json", b"[" * 100_000),
        ("a.json", b'{"rows": [1]}'),
    ],
    "preflight.json_twice": [("a.json", b'{"a": 1, "a": 2}')],
}


@pytest.mark.parametrize(
    ("key", "name", "content"), [(key, *case) for key, cases in BAD.items() for case in cases]
)
def test_text_that_is_no_table_is_refused(key, name, content):
    with pytest.raises(Unreadable) as refused:
        read(name, content)
    assert refused.value.key == key
    assert name in str(refused.value)


@given(st.sampled_from(["a.json", "a.csv", "a.xls"]), st.binary() | st.text().map(str.encode))
def test_no_bytes_raise_another_error(name, content):
    with suppress(Unreadable):
        assert isinstance(read(name, content), Workbook)


CELLS = st.text() | st.integers() | st.floats() | st.booleans()


@given(st.dictionaries(st.text(), CELLS))
def test_every_object_is_read_to_words_that_can_be_stored(cells):
    assume(len({(word(label) or "").strip() for label in cells} - {"单位"}) == len(cells))
    sheet = read("a.json", json.dumps({**cells, "单位": "涧西区"}).encode()).sheets[0]
    words = "".join(map(str, [*sheet.rows[0], *sheet.rows[1]]))
    assert "涧西区" in words
    assert "\0" not in words.encode().decode()
