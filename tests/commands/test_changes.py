"""What `extend`, `exempt`, `calendar` and `matter` answer, to a person and to a program."""

import pytest

from deployments.prepare import prepare
from tests.build import SLUG, WEEK, contents, nov, sql
from tests.commands.wording import is_said

AHEAD = "2999-01-01 12:00"
FINANCE = ("--occasion", WEEK, "--unit", "市财政局")
NOTICE = "名称,类型,起,止\n元旦,休,2027-01-01,2027-01-03\n元旦,班,2027-01-10,\n"
PROVINCE = "henan-baicheng"


@pytest.fixture
def narrow(monkeypatch, luoshu):
    """The same command on a page of 100 columns."""
    monkeypatch.setenv("COLUMNS", "100")
    return luoshu


@pytest.fixture
def notice(tmp_path):
    file = tmp_path / "放假.csv"
    file.write_text(NOTICE, "utf-8-sig")
    return str(file)


def test_more_time_is_said_with_the_old_and_the_new_deadline(books, luoshu):
    asked = ("extend", SLUG, *FINANCE, "--until", AHEAD, "--reason", "核对口径")
    assert luoshu(*asked, "--json").json == [
        {
            "office": "office",
            "form": "weekly-county",
            "unit": "市财政局",
            "occasion": WEEK,
            "nominal_due_at": "2026-11-13T16:00:00+08:00",
            "due_at": "2999-01-01T12:00:00+08:00",
            "state": "pending",
            "told": "还没有告知",
        }
    ]
    shown = luoshu(*asked[:-4], "--until", "2999-01-02 12:00", "--reason", "核对口径").out
    for words in ("洛阳市城市更新", "11月13日（周五）16:00", "1月2日（周三）12:00", "待报"):
        assert words in shown


def test_letting_off_shows_no_deadline_any_more(books, luoshu):
    asked = ("exempt", SLUG, "--occasion", WEEK, "--unit", "国网洛阳供电公司", "--reason", "停工")
    [row] = luoshu(*asked, "--json").json
    assert (row["state"], row["due_at"]) == ("exempt", None)
    again = luoshu(*asked)
    assert (again.code, "已免报" in again.err) == (1, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--until", "2026-01-01 12:00", "--reason", "x"), "已经过去"),
        (("--until", AHEAD, "--reason", " "), "写明原因"),
        (("--until", AHEAD, "--reason", "x", "--form", "weekly-member"), "没有已开期的报送任务"),
        (("--until", AHEAD, "--reason", "x", "--unit", "市才政局"), "相近的有：市财政局"),
    ],
)
def test_what_cannot_be_given_is_refused_and_nothing_is_written(books, luoshu, words, said):
    before = contents()
    answer = luoshu("extend", SLUG, *FINANCE, *words)
    assert (answer.code, said in answer.err) == (1, True)
    assert contents() == before


def test_a_time_that_is_not_later_is_refused_with_the_one_there_is(books, luoshu):
    unit = ("--occasion", WEEK, "--unit", "国网洛阳供电公司", "--reason", "检修")
    luoshu("extend", SLUG, *unit, "--until", AHEAD)
    answer = luoshu("extend", SLUG, *unit, "--until", AHEAD)
    assert (answer.code, "不晚于现在的时限（1月1日（周二）12:00）" in answer.err) == (1, True)


def test_a_notice_is_tried_taken_in_and_known_the_second_time(home, narrow, notice):
    prepare(nov(2), demo=False)
    before = contents()
    trial = narrow("calendar", "import", notice, "--dry-run")
    assert contents() == before
    assert "这是试算，没有写入" in trial.out.replace("\n", "")
    for words in ("洛阳市城市更新", "1月1日（周五）16:00", "12月31日（周四）16:00"):
        assert words in trial.out.replace("\n", "")
    done = narrow("calendar", "import", notice, "--json").json
    assert done["days"] == 2
    moved = {
        (r["occasion"], r["was"], r["due_at"]) for r in done["moved"] if r["programme"] == SLUG
    }
    assert moved == {("2026-W53", "2027-01-01T16:00:00+08:00", "2026-12-31T16:00:00+08:00")}
    again = narrow("calendar", "import", notice)
    assert is_said("output.calendar_same", again.out, 2027)
    assert narrow("calendar", "import", notice, "--json").json == {
        "days": 0,
        "moved": [],
        "opened": [],
    }


def test_a_matter_is_opened_and_listed_until_all_have_reported(home, narrow):
    prepare(nov(2), demo=False)
    assert is_said("output.no_matters", narrow("matter", "list", PROVINCE).out)
    words = ("--unit", "鄭州市", "--unit", "洛陽市")
    opened = narrow("matter", "open", PROVINCE, "城區積水情況", *words, "--json").json
    assert (opened["occasion"][-3:], opened["units"]) == ("-M1", ["ha-zhengzhou", "ha-luoyang"])
    [row] = narrow("matter", "list", PROVINCE, "--json").json
    assert (row["title"], row["unit"]) == ("城區積水情況", ["鄭州市", "洛陽市"])
    shown = narrow("matter", "list", PROVINCE).out
    assert [word in shown for word in ("城區積水情況", "鄭州市", "还没报的单位")] == [True] * 3
    said = narrow("matter", "open", PROVINCE, "橋涵", "--due", AHEAD).out
    assert is_said("output.matter", said, "-M2", "1月1日")
    refused = narrow("matter", "open", SLUG, "x", "--json")
    assert (refused.code, refused.json["error"]) == (1, "matters.no_form")


def test_without_a_database_each_says_how_to_make_one(luoshu, home, notice):
    for words in (
        ("extend", SLUG, *FINANCE, "--until", AHEAD, "--reason", "x"),
        ("exempt", SLUG, *FINANCE, "--reason", "x"),
        ("calendar", "import", notice),
        ("matter", "list", PROVINCE),
    ):
        answer = luoshu(*words)
        assert (answer.code, "luoshu up" in answer.err) == (1, True)
    assert [path.name for path in home.iterdir() if path.name != "放假.csv"] == []


def test_a_deadline_in_the_zone_of_the_programme_is_meant_when_none_is_written(books, luoshu):
    luoshu("extend", SLUG, *FINANCE, "--until", AHEAD, "--reason", "核对")
    [(due,)] = sql(
        "SELECT due_at FROM obligation_event WHERE actor = 'office' AND kind = 'due_set'"
    )
    assert str(due)[:16] == "2999-01-01 04:00"
