"""The year on screen and on paper: readable as it stands, and made of nothing where it may be."""

from io import BytesIO

import openpyxl
import pytest
from icalendar import Calendar

from domain.sentences import say
from tests.build import SLUG, WEEK, demo, sql
from tests.commands.wording import is_said

KEYS = [
    "programme", "office", "form", "unit_class", "occasion", "period_start", "period_end",
    "nominal_due_at", "due_at", "shift_days", "reason", "status",
]  # fmt: skip
HEAD = say("undecided.head")
YEAR = ("--year", "2026")


@pytest.fixture
def paper(tmp_path_factory):
    """A place for files that is not the data folder."""
    return tmp_path_factory.mktemp("paper")


def rows(book):
    """Every row of the first sheet of an .xlsx file."""
    return [*openpyxl.load_workbook(BytesIO(book.read_bytes())).worksheets[0].values]


def test_to_a_program_a_deadline_has_its_keys_and_nothing_is_made(luoshu, home):
    found = luoshu("deadlines", SLUG, *YEAR, "--json").json
    assert {tuple(row) for row in found} == {tuple(KEYS)}
    assert len(found) == 156
    assert not (home / "luoshu.db").exists()


def test_the_table_fits_a_hundred_columns_and_names_everybody(luoshu, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr("commands.output.console._width", 100)
    shown = luoshu("deadlines", SLUG, *YEAR).out
    lines = [line for line in shown.splitlines() if line.startswith("│")]
    assert len(lines) == 52  # none is broken in two
    assert "成员单位" in shown
    assert "weekly-member" not in shown
    assert "2025年12月31日（周三）16:00 │ 提前2天，原定1月2日（周五）" in lines[0]
    assert [say("year.exempt") in line for line in lines].count(True) == 1
    assert "共 52 期，提前 5 期，免报 1 期" in shown.splitlines()[0]
    assert HEAD in shown


def test_only_what_was_moved_and_the_exempt_are_listed_when_asked(luoshu):
    shown = luoshu("deadlines", SLUG, *YEAR, "--moved").out
    assert sum(line.startswith("│") for line in shown.splitlines()) == 6
    found = luoshu("deadlines", SLUG, *YEAR, "--moved", "--json").json
    assert {row["status"] for row in found if not row["shift_days"]} == {"exempt"}


def test_an_office_is_shown_alone(luoshu):
    found = luoshu("deadlines", "luoyang-351", *YEAR, "--office", "annex-3", "--json").json
    assert {row["office"] for row in found} == {"annex-3"}
    shown = luoshu("deadlines", "luoyang-351", *YEAR, "--office", "annex-3").out
    assert "青年安居乐业" in shown
    assert "城市风貌" not in shown


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (("luoyang-estates", "--year", "2026"), "deadlines.ended"),
        (("luoyang-351", "--year", "2021"), "deadlines.not_begun"),
        (("luoyang-351", "--year", "2026", "--office", "annex-4"), "deadlines.no_forms"),
    ],
)
def test_a_year_without_deadlines_says_why(luoshu, words, key):
    assert is_said(key, luoshu("deadlines", *words).out.strip(), words[2])
    assert luoshu("deadlines", *words, "--json").json == []


def test_a_year_without_a_notice_is_called_provisional(luoshu):
    shown = luoshu("deadlines", "tongliang-renewal", "--year", "2030").out
    assert shown.count(say("year.provisional")) >= 13


def test_every_programme_of_the_year_goes_on_one_table_and_one_page(luoshu, home, paper):
    files = (paper / "全年.xlsx", paper / "挂图.html")
    asked = ("deadlines", *YEAR, "--xlsx", str(files[0]), "--chart", str(files[1]))
    told = luoshu(*asked)
    assert (told.code, [str(file) in told.out for file in files]) == (0, [True, True])
    page = files[1].read_text("utf-8")
    for name in ("洛阳市城市更新", "铜梁区城市更新提升", "“351”工程", "河南省百城建設"):
        assert name in page
        assert any(name in str(row[0]) for row in rows(files[0]))
    assert HEAD in page
    assert "另有 4 条，见 luoshu programme check" in page
    assert "演示" not in page
    before = [file.read_bytes() for file in files]
    assert luoshu(*asked, "--json").json == {"xlsx": str(files[0]), "chart": str(files[1])}
    assert [file.read_bytes() for file in files] == before
    assert not (home / "luoshu.db").exists()
    assert {file.name for file in paper.iterdir()} == {file.name for file in files}


def test_a_demonstration_marks_its_papers(books, luoshu, paper):
    demo()
    chart, table = paper / "a.html", paper / "a.xlsx"
    luoshu("deadlines", SLUG, *YEAR, "--chart", str(chart), "--xlsx", str(table))
    assert chart.read_text("utf-8").count(say("demo.mark")) == 2
    assert rows(table)[0][0].startswith(say("demo.mark"))


def test_a_confirmed_rule_is_no_longer_noted_on_any_paper(books, luoshu, paper):
    def noted():
        chart, table = paper / "a.html", paper / "a.xlsx"
        luoshu("deadlines", SLUG, *YEAR, "--chart", str(chart), "--xlsx", str(table))
        luoshu("ledger", "export", SLUG, "--occasion", WEEK)
        ledger = rows(books / "exports" / SLUG / f"{WEEK}.xlsx")
        screen = luoshu("deadlines", SLUG, *YEAR).out
        found = [HEAD in {row[0] for row in part} for part in (rows(table), ledger)]
        return [*found, HEAD in chart.read_text("utf-8"), HEAD in screen]

    assert noted() == [True] * 4
    luoshu("programme", "confirm", SLUG, "offices", "clocks", "counting", "--by", "办公室主任")
    assert noted() == [False] * 4


def test_a_ledger_as_it_was_known_keeps_the_note_it_had(books, luoshu):
    luoshu("programme", "confirm", SLUG, "clocks", "counting", "--by", "办公室主任")
    past = ("--as-of", "2026-11-13T15:00:00")
    file = luoshu("ledger", "export", SLUG, "--occasion", WEEK, *past, "--json").json["file"]
    assert HEAD in {row[0] for row in openpyxl.load_workbook(file).worksheets[0].values}


def test_each_liaison_gets_a_calendar_and_units_without_one_are_named(books, luoshu, paper):
    sql("UPDATE appointment SET valid_to = '2026-06-01 00:00:00' WHERE unit_id = 'ly-grid'")
    told = luoshu("deadlines", SLUG, *YEAR, "--ics", str(paper / "日历"))
    files = sorted((paper / "日历").iterdir())
    assert [file.name.split("-")[4] for file in files] == ["finance", "jianxi", "yanshi"]
    assert is_said("deadlines.handed", told.out.splitlines()[0], 3)
    assert is_said("deadlines.unreached", told.out.splitlines()[1], "国网洛阳供电公司")
    assert all(Calendar.from_ical(file.read_bytes()).walk("VEVENT") for file in files)
    asked = ("deadlines", SLUG, *YEAR, "--ics", str(paper / "日历"), "--json")
    assert luoshu(*asked).json["unreached"] == ["国网洛阳供电公司"]


def test_calendars_without_any_liaison_are_refused(books, luoshu, paper):
    sql("DELETE FROM appointment")
    answer = luoshu("deadlines", SLUG, *YEAR, "--ics", str(paper / "日历"))
    assert (answer.code, is_said("deadlines.no_liaisons", answer.err.strip())) == (1, True)
    assert not (paper / "日历").exists()


def test_a_year_without_its_notice_says_so_under_every_table(luoshu):
    for words in (("--year", "2027"), ("--year", "2027", "--moved")):
        assert "2027 年的放假通知还没有录入" in luoshu("deadlines", SLUG, *words).out
    assert "放假通知" not in luoshu("deadlines", SLUG, "--year", "2026").out
