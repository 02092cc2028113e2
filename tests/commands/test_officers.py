"""What `luoshu officers` answers, to a person and to a program; people stay masked."""

import pytest

from commands import roster
from domain.sentences import say
from tests.build import SLUG, contents, sql
from tests.commands.wording import is_said

LIST = """单位,角色,姓名,邮箱,手机,起,止,已确认,备注
涧西区,联络员,周八二,zhou@jianxi.example,13900000008,2999-01-01,,否,新
市财政局,联络员,市财政局liaison,liaison@ly-finance.example,,,,,
"""
WRONG = LIST.replace("涧西区", "涧东区").replace("13900000008", "139")


@pytest.fixture
def file(tmp_path):
    def write(text=LIST):
        path = tmp_path / "名单.csv"
        path.write_text(text, "utf-8-sig")
        return str(path)

    return write


def test_a_list_is_entered_and_what_it_did_is_said(books, luoshu, file):
    shown = luoshu("officers", "import", file()).out
    for words in ("新任", "结束", "周**", "2999-01-01", "2998-12-31", "备注"):
        assert words in shown
    assert say("officers.counts", entered=1, changed=0, ended=1, kept=1) in shown
    assert not [word for word in ("周八二", "zhou@", "13900000008") if word in shown]
    again = luoshu("officers", "import", file(), "--json").json
    assert again["counts"] == {"entered": 0, "changed": 0, "ended": 0, "kept": 2}


def test_a_trial_changes_nothing(books, luoshu, file):
    before = contents()
    answer = luoshu("officers", "import", file(), "--dry-run", "--json").json
    assert (answer["dry_run"], answer["counts"]["entered"], answer["changes"][0]["row"]) == (
        True,
        1,
        2,
    )
    assert contents() == before


def test_every_fault_is_said_with_row_and_column_and_nothing_is_entered(books, luoshu, file):
    before = contents()
    answer = luoshu("officers", "import", file(WRONG), "--json")
    assert answer.code == 1
    assert [(f["row"], f["column"]) for f in answer.json["faults"]] == [(2, "单位"), (2, "手机")]
    shown = luoshu("officers", "import", file(WRONG))
    assert (shown.code, "涧西区" in shown.out, contents() == before) == (1, True, True)


def test_pipelines_are_asked_only_when_something_changed_and_a_server_is_up(books):
    assert roster.woken([]) is False
    assert roster.woken([SLUG]) is False  # no server here


def test_the_register_is_listed_masked_unless_asked_for(books, luoshu):
    shown = luoshu("officers", "list", SLUG).out
    assert "liaison@ly-jianxi.example" not in shown
    assert is_said("officers.hidden", shown.splitlines()[-1])
    assert "liaison@ly-jianxi.example" in luoshu("officers", "list", SLUG, "--show-names").out
    rows = luoshu("officers", "list", SLUG, "--json").json
    assert {row["email"] for row in rows if row["unit"] == "涧西区"} >= {"l***@ly-jianxi.example"}
    assert is_said("officers.all_confirmed", luoshu("officers", "list", SLUG, "--unconfirmed").out)


def test_an_empty_register_says_how_to_fill_it(books, luoshu):
    for table in ("appointment", "officer"):
        sql(f"DELETE FROM {table}")
    assert is_said("officers.empty", luoshu("officers", "list", SLUG).out)


def test_what_is_unconfirmed_is_listed_until_it_is_confirmed(books, luoshu, file):
    luoshu("officers", "import", file())
    [row] = luoshu("officers", "list", SLUG, "--unconfirmed", "--json").json
    assert (row["unit"], row["confirmed"]) == ("涧西区", False)
    said = luoshu("officers", "confirm", "涧西区").out
    assert is_said("officers.confirmed", said, "涧西区", "联络员", 1)
    assert luoshu("officers", "list", SLUG, "--unconfirmed", "--json").json == []


def test_the_check_ends_with_1_when_a_unit_cannot_be_reached(books, luoshu):
    answer = luoshu("officers", "check", SLUG, "--json")
    assert (answer.code, {row["gap"] for row in answer.json}) == (1, {"no_office"})
    sql("UPDATE officer SET email = '' WHERE name = '涧西区liaison'")
    sql("UPDATE appointment SET confirmed_at = NULL WHERE unit_id = 'ly-grid'")
    found = {(r["unit"], r["gap"]) for r in luoshu("officers", "check", SLUG, "--json").json}
    assert {("涧西区", "phone_only"), ("国网洛阳供电公司", "unconfirmed")} <= found
    assert say("officers_gap.phone_only") in luoshu("officers", "check", SLUG).out


def test_when_all_can_be_reached_it_says_so_kindly(books, luoshu, file):
    office = "单位,角色,姓名,邮箱\n市住房和城乡建设局,办公室,值班室,office@x.example\n"
    sql("INSERT INTO unit (id, recorded_at) VALUES ('ly-housing', '2026-11-01')")
    assert (
        luoshu("officers", "import", file(office.replace("市住房和城乡建设局", "ly-housing"))).code
        == 0
    )
    answer = luoshu("officers", "check", SLUG)
    assert (answer.code, is_said("officers.reachable", answer.out, 7)) == (0, True)


def test_a_stand_in_is_entered_listed_and_ended(books, luoshu):
    asked = ("officers", "delegate", "涧西区", "--to-officer", "deputy@ly-jianxi.example")
    said = luoshu(*asked, "--to", "2999-12-31", "--reason", "出差").out
    assert is_said("officers.delegated", said, "涧西区", "涧*", "2999-12-31")
    rows = luoshu("officers", "list", SLUG, "--json").json
    [holder] = [r for r in rows if (r["unit"], r["role"]) == ("涧西区", "联络员")]
    assert holder["stand_in"].startswith("涧*")
    assert is_said("officers.cancelled", luoshu("officers", "delegate", "涧西区", "--cancel").out)
    assert luoshu("audit", "verify", "--json").json == []


def test_a_word_that_programmes_understand_differently_needs_the_programme(books, luoshu, file):
    sql("INSERT INTO unit (id, recorded_at) VALUES ('ha-yanshi', '2026-11-01')")
    wrong = LIST.replace("涧西区", "偃师市")
    [fault] = luoshu("officers", "import", file(wrong), "--json").json["faults"]
    assert "ha-yanshi、ly-yanshi" in fault["fault"]
    asked = ("officers", "confirm", "偃师市")
    assert "方案代码" in luoshu(*asked).err
    sql("UPDATE appointment SET confirmed_at = NULL WHERE unit_id = 'ly-yanshi'")
    assert luoshu(*asked, "--programme", SLUG, "--json").json["unit"] == "ly-yanshi"
