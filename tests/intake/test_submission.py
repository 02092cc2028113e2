"""What a unit sends is read as it meant it, or the problem is named; no bytes raise an error."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.sentences import catalogue
from intake.submission import Submission, read

SENT = {"单位": "涧西区", "期": "2026-W46", "项目开竣工情况": "开工3个"}
EXPECTED = Submission("涧西区", "2026-W46", "", {"项目开竣工情况": "开工3个"})
JSON = json.dumps(SENT, ensure_ascii=False)
CSV = "单位,期,项目开竣工情况\n涧西区,2026-W46,开工3个\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
@pytest.mark.parametrize(("name", "text"), [("a.json", JSON), ("a.csv", CSV), ("A.CSV", CSV)])
def test_a_report_is_read_in_every_usual_encoding(name, text, encoding):
    assert read(name, text.encode(encoding)) == EXPECTED


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", ""])
def test_a_table_is_read_with_any_end_of_line(end):
    assert (
        read("a.csv", ("\ufeff" + CSV.strip().replace("\n", end or "\n") + end).encode())
        == EXPECTED
    )


@pytest.mark.parametrize(
    "sent",
    [
        {"unit": "涧西区", "occasion": "2026-W46", "values": {"项目开竣工情况": "开工3个"}},
        {"报送单位": " 涧西区 ", "期号": "2026-W46", "项目开竣工情况": "开工3个"},
    ],
)
def test_the_words_for_unit_and_occasion_may_be_said_otherwise(sent):
    assert read("a.json", json.dumps(sent).encode()) == EXPECTED


def test_the_form_is_read_where_it_is_written():
    sent = read("a.json", json.dumps({**SENT, "表": "weekly-county"}, ensure_ascii=False).encode())
    assert (sent.form, sent.values) == ("weekly-county", EXPECTED.values)


def test_nothing_to_report_is_understood_in_both_languages():
    for word in ("nil", "无事项"):
        content = json.dumps({"单位": "涧西区", "期": "2026-W46", word: "无"}).encode()
        assert read("a.json", content).values == {"nil": "无"}


def test_numbers_stay_as_they_were_written_and_lists_are_no_cells():
    cells = {"a": 12, "b": 0.5, "c": "1,234", "d": ["1"], "e": None, "f": {"g": 1}}
    content = json.dumps({"单位": "涧西区", "期": "2026-W46", "values": cells}).encode()
    assert read("a.json", content).values == {"a": "12", "b": "0.5", "c": "1,234"}


BAD = {
    "intake.not_text": [("a.json", b"\xff\xfe\xff"), ("a.csv", b"\x80" * 10)],
    "intake.not_json": [
        ("a.json", b""),
        ("a.json", b"{"),
        ("a.json", b"[]"),
        ("a.json", b"[" * 100_000),
        ("a.json", b'{"a": ' + b"1" * 5000 + b"}"),
    ],
    "intake.not_csv": [
        ("a.csv", b""),
        ("a.csv", "单位,期\n".encode()),
        ("a.csv", "单位,期\n涧西区,2026-W46\n偃师区,2026-W46\n".encode()),
        ("a.csv", "单位,期\n涧西区,2026-W46,多一格\n".encode()),
        ("a.csv", '单位,期\n"涧西区,2026-W46\n'.encode()),
        ("a.csv", b"a" * 200_000 + b"\nb"),
    ],
    "intake.no_unit": [("a.json", b"{}"), ("a.csv", "期,进展\n2026-W46,好\n".encode())],
    "intake.no_occasion": [("a.json", '{"单位": "涧西区"}'.encode())],
}


@pytest.mark.parametrize(
    ("problem", "name", "content"), [(key, *case) for key, cases in BAD.items() for case in cases]
)
def test_what_cannot_be_read_has_its_problem_named(problem, name, content):
    assert read(name, content) == Submission(problem=problem)
    assert problem in catalogue()


@pytest.mark.parametrize("mark", ["\x00", "\ud800", "\x1b"])
@pytest.mark.parametrize("field", ["单位", "期", "表", "项目开竣工情况"])
def test_characters_that_no_database_takes_are_left_out(field, mark):
    sent = SENT | {"表": "weekly-county"}
    found = read("a.json", json.dumps(sent | {field: sent[field] + mark}).encode())
    assert found == read("a.json", json.dumps(sent).encode())


def test_a_label_may_hold_characters_that_no_database_takes():
    content = json.dumps(SENT | {"\x00项目\ud800": "开工3个"}).encode()
    assert read("a.json", content).values == {"项目开竣工情况": "开工3个", "项目": "开工3个"}


@given(st.sampled_from(["a.json", "a.csv"]), st.binary() | st.text().map(str.encode))
def test_no_bytes_raise_an_error(name, content):
    found = read(name, content)
    assert found.problem in {"", *catalogue()}
    json.dumps(dict(found.values), ensure_ascii=False).encode()


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.floats() | st.booleans()))
def test_what_was_read_can_always_be_stored(cells):
    found = read("a.json", json.dumps({**SENT, "values": cells}).encode())
    words = [found.unit, found.occasion, found.form, *found.values, *found.values.values()]
    assert b"\0" not in "".join(map(str, words)).encode()
