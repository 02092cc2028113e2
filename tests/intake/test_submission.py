"""What a unit sends is read as it meant it, or the problem is named; no bytes raise an error."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.submission import UNSTORABLE, Submission, read

SENT = {"单位": "涧西区", "期": "2026-W46", "项目开竣工情况": "开工3个"}
JSON = json.dumps(SENT, ensure_ascii=False)


def kept(**cells):
    """What a receipt keeps of cells that stand in no table."""
    return {"rows": {"": cells}}


EXPECTED = Submission("涧西区", "2026-W46", "", kept(项目开竣工情况="开工3个"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_a_report_is_read_in_every_usual_encoding(encoding):
    assert read(JSON.encode(encoding)) == EXPECTED


@pytest.mark.parametrize(
    "sent",
    [
        {"unit": "涧西区", "occasion": "2026-W46", "values": {"项目开竣工情况": "开工3个"}},
        {"报送单位": " 涧西区 ", "期号": "2026-W46", "项目开竣工情况": "开工3个"},
    ],
)
def test_the_words_for_unit_and_occasion_may_be_said_otherwise(sent):
    assert read(json.dumps(sent).encode()) == EXPECTED


def test_the_form_is_read_where_it_is_written():
    sent = read(json.dumps({**SENT, "表": "weekly-county"}, ensure_ascii=False).encode())
    assert (sent.form, sent.values) == ("weekly-county", EXPECTED.values)


@pytest.mark.parametrize(
    ("word", "flag"),
    [("nil", "nil"), ("无事项", "nil"), ("unchanged", "unchanged"), ("本周无变化", "unchanged")],
)
def test_an_answer_without_cells_is_understood_in_both_languages(word, flag):
    content = json.dumps({"单位": "涧西区", "期": "2026-W46", word: "是"}).encode()
    assert read(content).values == kept() | {flag: True}


def test_a_cell_may_be_called_as_what_else_a_receipt_keeps():
    cells = {name: "无" for name in ("problems", "notes", "match", "places", "problem")}
    assert read(json.dumps(SENT | cells).encode()).values == kept(**cells, 项目开竣工情况="开工3个")


def test_numbers_stay_as_they_were_written():
    cells = '{"a": 12, "b": 0.50, "c": "1,234", "d": 0.1234567890123456789, "e": 1e400, "f": NaN}'
    said = {"a": "12", "b": "0.50", "c": "1,234", "d": "0.1234567890123456789", "e": "1e400"}
    content = f'{{"单位": "涧西区", "期": "2026-W46", "values": {cells}}}'.encode()
    assert read(content).values == kept(**said, f="NaN")


def test_what_is_no_single_cell_keeps_its_words_and_nothing_is_not_reported():
    cells = {"a": ["开工", 3], "b": {"g": 1.5}, "c": True, "d": None}
    content = json.dumps({"单位": "涧西区", "期": "2026-W46", "values": cells}).encode()
    assert read(content).values == kept(a='["开工", "3"]', b='{"g": "1.5"}', c="true")


def test_an_object_that_says_something_twice_is_left_to_the_reader_of_tables():
    assert read('{"单位": "涧西区", "期": "2026-W46", "开工": 1, "开工": 2}'.encode()) is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"[" * 100_000,
        b"\xff\xfe\xff",
        b'{"rows": []}',
    ],
)
def test_what_is_not_one_object_is_left_to_the_reader_of_tables(content):
    assert read(content) is None


@pytest.mark.parametrize("mark", ["\x00", "\ud800", "\x1b"])
@pytest.mark.parametrize("field", ["单位", "期", "表", "项目开竣工情况"])
def test_characters_that_no_database_takes_are_left_out(field, mark):
    sent = SENT | {"表": "weekly-county"}
    found = read(json.dumps(sent | {field: sent[field] + mark}).encode())
    assert found == read(json.dumps(sent).encode())


def test_a_label_may_hold_characters_that_no_database_takes():
    content = json.dumps(SENT | {"\x00项目\ud800": "开工3个"}).encode()
    assert read(content).values == kept(项目开竣工情况="开工3个", 项目="开工3个")


@given(st.binary() | st.text().map(str.encode))
def test_no_bytes_raise_an_error(content):
    found = read(content)
    assert found is None or json.dumps(dict(found.values), ensure_ascii=False).encode()


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.floats() | st.booleans()))
def test_what_was_read_can_always_be_stored(cells):
    found = read(json.dumps({**SENT, "values": cells}).encode())
    labels = {UNSTORABLE.sub("", label).strip() for label in (*SENT, *cells)}
    if len(labels) < len(SENT) + len(cells):  # said twice: the reader of tables tells
        assert found is None
        return
    [said] = found.values["rows"].values()
    words = [found.unit, found.occasion, found.form, *said, *said.values()]
    assert b"\0" not in "".join(map(str, words)).encode()
