"""The year reads back as it was meant: dates as dates, moved ones said in words, the same bytes."""

import shutil
import subprocess
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO

import openpyxl
import pytest

from documents.year import say_shift, year_workbook
from domain.sentences import say
from tests.build import ZONE, nov
from tests.documents.build import EARLIER, EXEMPT, LATER, PROVISIONAL, ROW, five_programmes, weekly

AT = nov(1)
TITLE = "2026年报送时限一览"
HEADS = say("year.heads").split("|")


def file(*rows, notes=None, demo=False):
    return year_workbook(TITLE, rows, notes or {}, AT, zone=ZONE, demo=demo)


def book(*rows, **more):
    return openpyxl.load_workbook(BytesIO(file(*rows, **more)))


def line(row):
    """The cells of the one row of a sheet, by their heads."""
    page = book(row)["全年"]
    return dict(zip(HEADS, [cell for cell in page[4]], strict=True))


def words(row):
    return {head: cell.value for head, cell in line(row).items()}


def test_a_deadline_is_a_row_under_its_heads():
    page = book(ROW)["全年"]
    assert page["A1"].value == TITLE
    assert [cell.value for cell in page[3]] == HEADS
    assert [cell.value for cell in page[4]] == [
        "洛阳市城市更新", "市城市更新工作领导小组办公室", "周调度", "县区", "2026-W47",
        "11月16日—11月22日", datetime(2026, 11, 20, 16), datetime(2026, 11, 20, 16),  # noqa: DTZ001
        "周五", None, None, "确定",
    ]  # fmt: skip


def test_a_moved_deadline_says_so_in_words_and_in_its_fill():
    assert words(EARLIER)["移动天数"] == "提前2天"
    assert words(LATER)["移动天数"] == "顺延2天"
    assert words(EARLIER)["说明"] == say("due.previous")
    assert words(EARLIER)["星期"] == "周三"
    fills = {line(row)["报送时限"].fill.start_color.rgb for row in (EARLIER, LATER)}
    assert len(fills) == 1
    assert fills != {line(ROW)["报送时限"].fill.start_color.rgb}
    assert line(EARLIER)["报送时限"].font.bold


def test_an_exempt_week_is_grey_and_says_so_where_the_deadline_would_stand():
    found = words(EXEMPT)
    assert (found["报送时限"], found["星期"], found["状态"]) == ("免报", None, "免报")
    assert found["说明"] == say("due.no_workday")
    assert line(EXEMPT)["期"].font.color.rgb == "FF595959"


@pytest.mark.parametrize("row", [PROVISIONAL, replace(EARLIER, status="provisional")])
def test_a_provisional_deadline_is_called_so(row):
    assert words(row)["状态"] == "暂定"


def test_midnight_is_the_twenty_fourth_hour_of_the_day_before():
    midnight = replace(ROW, due_at=nov(21))
    assert words(midnight)["报送时限"] == "2026-11-20 24:00"
    assert words(midnight)["星期"] == "周五"


def test_rows_come_by_the_instant_they_are_due_and_an_exempt_one_in_its_week():
    page = book(ROW, LATER, EXEMPT, EARLIER)["全年"]
    found = [row[4] for row in page.iter_rows(min_row=4, values_only=True)]
    assert found == [row.occasion for row in (EXEMPT, LATER, EARLIER, ROW)]


def test_a_thick_line_stands_where_a_month_begins():
    page = book(ROW, replace(ROW, due_at=nov(27)), replace(ROW, due_at=nov(30) + timedelta(5)))[
        "全年"
    ]
    assert [page.cell(n, 1).border.top.style for n in (4, 5, 6)] == ["thick", "thin", "thick"]


def test_one_programme_is_one_sheet_and_several_have_one_each():
    other = replace(ROW, programme="铜梁区城市更新提升")
    assert book(ROW).sheetnames == ["全年"]
    made = book(ROW, other, EARLIER)
    assert made.sheetnames == ["全年", "1 洛阳市城市更新", "2 铜梁区城市更新提升"]
    assert [page.max_row for page in made] == [6, 5, 4]
    assert made.worksheets[2]["A1"].value == f"{TITLE}　铜梁区城市更新提升"


def test_what_no_office_has_confirmed_stands_at_the_foot_of_every_sheet():
    other = replace(ROW, programme="铜梁区城市更新提升")
    notes = {ROW.programme: ["节假日提前", "整周免报"], other.programme: ["钟点暂定"]}
    made = book(ROW, other, notes=notes)
    foots = [[c.value for c in page["A"]][-n:] for page, n in zip(made, (4, 3, 2), strict=True)]
    every = [note for its in notes.values() for note in its]
    assert foots == [[say("undecided.head"), *its] for its in (every, *notes.values())]
    assert book(ROW)["全年"].max_row == 4


def test_a_sheet_prints_landscape_with_its_head_on_every_page():
    page = book(*weekly())["全年"]
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.page_setup.fitToHeight == 0
    assert page.print_title_rows == "$3:$3"
    assert page.freeze_panes == "A4"
    assert page.auto_filter.ref == "A3:L55"
    assert page.oddFooter.center.text == "第 &P 页，共 &N 页"


def test_a_name_is_never_a_formula():
    assert line(replace(ROW, office="=1+1"))["办公室"].data_type == "s"


def test_the_same_year_gives_the_same_bytes():
    rows = five_programmes()
    assert file(*rows) == file(*rows)


def test_a_demonstration_marks_every_sheet():
    other = replace(ROW, programme="铜梁区城市更新提升")
    made = book(ROW, other, demo=True)
    assert all(page["A1"].value.startswith("【演示数据】") for page in made)


def test_a_year_without_deadlines_is_still_a_file():
    assert book().sheetnames == ["全年"]


@pytest.mark.parametrize(("days", "said"), [(None, ""), (0, ""), (-1, "提前1天"), (8, "顺延8天")])
def test_a_shift_is_said_with_its_direction(days, said):
    assert say_shift(days) == said


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice (soffice) is not installed")
@pytest.mark.skipif(not shutil.which("pdfinfo"), reason="pdfinfo is not installed")
def test_an_office_suite_prints_it_one_page_wide(tmp_path):
    (tmp_path / "year.xlsx").write_bytes(file(*weekly()))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*convert, str(tmp_path / "year.xlsx")], check=True, capture_output=True)
    told = subprocess.run(["pdfinfo", tmp_path / "year.pdf"], check=True, capture_output=True)
    facts = dict(part.split(":", 1) for part in told.stdout.decode().splitlines())
    assert int(facts["Pages"]) <= 3
    assert "841.89 x 595.3" in facts["Page size"]
