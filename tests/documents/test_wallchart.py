"""One page for the wall: every deadline once, what was moved is seen, nothing overflows."""

import re
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from datetime import date, time, timedelta
from html.parser import HTMLParser

import pytest

from documents.wallchart import WallChart, wall_chart
from domain.workdays import Workdays
from tests.build import ZONE, local, nov
from tests.documents.build import (
    EARLIER,
    EXEMPT,
    LATER,
    PROVISIONAL,
    ROW,
    five_programmes,
    monthly,
    weekly,
)
from tests.domain.build import CALENDAR

CHART = WallChart(
    title="2026年报送时限一览",
    office="市城市更新工作领导小组办公室",
    year=2026,
    rows=(),
    workdays=CALENDAR,
    zone=ZONE,
    printed_on=date(2026, 11, 22),
    notes=(),
    demo=False,
)
NOTE = "一条待办公室确认的规则，写明节假日、钟点和报送单位，" * 3
UNKNOWN = replace(CALENDAR, years=frozenset())


class Table(HTMLParser):
    """The body cells of the chart as rows of words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.feed(text.split("</thead>")[1].split("<footer>")[0])

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] = " ".join([*self.rows[-1][-1].split(), *data.split()])


def chart(*rows, **changes):
    return wall_chart(replace(CHART, rows=rows, **changes))


def cells(*rows, **changes):
    """The office cell and the twelve months of the only row."""
    [row] = Table(chart(*rows, **changes)).rows
    return row[1:]


def strip(text):
    head = text.split("</thead>")[0].split('class="days"')[1]
    return [" ".join(re.sub("<[^>]+>", " ", cell).split()) for cell in head.split("<td>")[1:]]


def test_a_weekly_form_is_its_rule_and_the_days_of_each_month():
    office, *months = cells(*weekly())
    assert office.startswith("每周五 16:00")
    assert (months[0], months[2], months[9]) == (
        "2→ 12月31日 9 16 23 30", "6 13 20 27", "2→ 9月30日 9 16 23 30",
    )  # fmt: skip
    assert months[1] == "6 13 20 免报 27"
    assert months[5] == "5 12 19→ 18 周四 26"


def test_every_deadline_of_the_year_is_on_the_page_once():
    text = chart(*weekly())
    found = Counter(re.findall(r'class="chip( [^"]*)?"', text.split("<footer>")[0]))
    assert found == {"": 46, " moved": 2, " moved far": 3, " exempt": 1}


def test_a_monthly_form_has_room_for_the_weekday():
    office, *months = cells(*monthly())
    assert office.startswith("每月25日 18:00")
    assert months[:4] == ["25→ 23 周五", "25 周三", "25 周三", "25→ 24 周五"]


def test_a_form_that_began_in_autumn_is_still_seen_to_be_weekly():
    office, *months = cells(*weekly()[40:])
    assert office.startswith("每周五 16:00")
    assert months[:9] == [""] * 9


def test_deadlines_without_a_rule_stand_with_weekday_and_clock():
    again = replace(LATER, nominal_due_at=local("2026-05-05 18:00"))
    office, *months = cells(again, replace(ROW, due_at=nov(20, "16:00")))
    assert office.startswith("时限见各月")
    assert (months[4], months[10]) == ("5→ 6 周三 18:00", "20 周五 16:00")


def test_a_form_due_once_a_month_has_its_clock_at_the_head():
    office, *months = cells(*weekly()[5:31:5])
    assert office.startswith("每月一次 16:00")
    assert months[1:4] == ["6 周五", "13 周五", "17 周五"]


def test_few_rows_are_printed_large_a_line_a_deadline():
    assert '<table class="roomy">' in chart(*weekly())
    assert "<table>" in chart(*five_programmes())


def test_midnight_belongs_to_the_day_that_ends():
    night = timedelta(hours=8)
    office, *months = cells(
        *(
            replace(row, nominal_due_at=row.nominal_due_at + night, due_at=row.due_at + night)
            for row in weekly()
            if row.due_at
        )
    )
    assert office.startswith("每周五 24:00")
    assert months[2] == "6 13 20 27"


def test_forms_of_an_office_that_are_always_due_together_share_a_row():
    for_members = [replace(row, debtors="成员单位") for row in weekly()]
    office, *_ = cells(*weekly(), *for_members)
    assert "周调度（县区、成员单位） → 市城市更新工作领导小组办公室" in office
    later = [replace(row, debtors="成员单位") for row in weekly(at=time(18))]
    assert len(Table(chart(*weekly(), *later)).rows) == 2


def test_the_offices_of_a_programme_stand_together_under_its_name():
    other = [replace(row, programme="铜梁区城市更新提升") for row in monthly()]
    same = [replace(row, office="市交通运输局") for row in weekly()]
    rows = Table(chart(*weekly(), *other, *same)).rows
    assert [row[0] for row in rows if len(row) == 14] == ["洛阳市城市更新", "铜梁区城市更新提升"]
    assert [len(row) for row in rows] == [14, 13, 14]


def test_holidays_and_make_up_workdays_stand_over_their_month():
    found = strip(chart(*weekly()))
    assert found[0] == "休 1—3日 班 4日"
    assert found[1] == "休 15—23日 班 14，28日"
    assert (found[2], found[9]) == ("", "休 1—7日 班 10日")


def test_a_year_without_a_notice_says_so_over_every_month_and_at_the_foot():
    rows = [replace(row, status="provisional") for row in weekly() if row.due_at]
    text = chart(*rows, workdays=UNKNOWN)
    assert strip(text) == ["放假通知未发布"] * 12
    assert "含暂定时限" in text
    assert cells(*rows)[0].startswith("每周五 16:00 暂定")
    assert "暂定" not in chart(*weekly())


def test_a_single_provisional_deadline_is_called_so_in_its_month():
    assert cells(ROW, replace(PROVISIONAL, nominal_due_at=nov(27), due_at=nov(28)))[11].endswith(
        "暂定"
    )
    assert 'class="chip provisional"' in chart(PROVISIONAL).split("<footer>")[0]


def test_an_exempt_deadline_is_struck_out_and_said_to_be_so():
    assert 'class="chip exempt">20<' in chart(EXEMPT).split("<footer>")[0]
    assert cells(EXEMPT)[2] == "20 免报"


def test_the_legend_names_only_what_stands_on_the_page_or_may():
    assert "放假通知发布后可能调整" in chart(PROVISIONAL)
    assert "放假通知发布后可能调整" not in chart(EARLIER)


def test_what_no_office_has_confirmed_is_listed_as_far_as_there_is_room():
    text = chart(ROW, notes=[f"规则{number}" for number in range(1, 10)])
    assert re.findall(r"<li>(规则\d+)</li>", text) == [f"规则{n}" for n in range(1, 7)]
    assert "另有 3 条，见 luoshu programme check" in text
    assert "待办公室确认" not in chart(ROW)


def test_the_page_says_whose_it_is_when_it_was_printed_and_that_it_is_a_demonstration():
    text = chart(ROW, demo=True)
    assert "市城市更新工作领导小组办公室" in text
    assert "2026年11月22日印制" in text
    assert text.count("【演示数据】") == 2
    assert "演示" not in chart(ROW)


def test_the_page_needs_nothing_from_outside_and_runs_nothing():
    text = chart(*five_programmes())
    assert not re.search(r"https?:|<script|<link|<img|url\(|@import", text)


def test_a_name_is_shown_and_never_run():
    text = chart(replace(ROW, office="<script>alert(1)</script>"))
    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def test_the_same_year_gives_the_same_page():
    assert chart(*five_programmes()) == chart(*five_programmes())


def test_a_year_without_deadlines_is_still_a_page():
    assert Table(chart()).rows == []


def test_what_a_weekend_notice_leaves_alone_is_not_called_a_holiday():
    plain = Workdays(frozenset(), frozenset(), frozenset({2026}))
    assert strip(chart(ROW, workdays=plain)) == [""] * 12


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("chromium"), reason="chromium is not installed")
@pytest.mark.skipif(not shutil.which("pdfinfo"), reason="pdfinfo is not installed")
@pytest.mark.parametrize("provisional", [False, True])
@pytest.mark.parametrize("offices", [1, 10, 20])
def test_it_prints_on_one_page_of_a3(tmp_path, offices, provisional):
    rows = five_programmes(offices)
    if provisional:
        rows = [replace(row, status="provisional") if row.due_at else row for row in rows]
    notes = [NOTE + str(number) for number in range(8)]
    (tmp_path / "chart.html").write_text(chart(*rows, notes=notes, demo=True), "utf-8")
    command = ["chromium", "--headless", "--no-sandbox", "--no-pdf-header-footer", "--disable-gpu"]
    paths = [f"--user-data-dir={tmp_path}/profile", f"--print-to-pdf={tmp_path}/chart.pdf"]
    url = (tmp_path / "chart.html").as_uri()
    subprocess.run([*command, *paths, url], check=True, capture_output=True, timeout=120)
    told = subprocess.run(["pdfinfo", tmp_path / "chart.pdf"], check=True, capture_output=True)
    facts = dict(part.split(":", 1) for part in told.stdout.decode().splitlines())
    assert int(facts["Pages"]) == 1
    assert "(A3)" in facts["Page size"]
