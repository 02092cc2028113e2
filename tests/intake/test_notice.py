"""A holiday notice as somebody types it: read whatever the spreadsheet made of it, or refused."""

from datetime import date

import pytest

from domain.errors import Refused
from intake.notice import read

HEADS = "名称,类型,起,止\n"
FIRST = date(2027, 1, 1)


@pytest.fixture
def file(tmp_path):
    def write(content, name="放假.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(content.encode(encoding))
        return read(path)

    return write


@pytest.mark.parametrize(
    "day", ["2027-01-01", "2027/1/1", "2027.1.1", "2027年1月1日", " 2027-1-1 "]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_day_is_read_as_spreadsheets_write_it(file, day, encoding):
    assert file(f"{HEADS}元旦,休,{day},\n", encoding=encoding).off == {FIRST}


def test_empty_lines_and_blanks_in_the_heads_do_no_harm(file):
    notice = file(" 名称 ,类型 , 起,止\n元旦,休,2027-01-01,2027-01-02\n,,,\n , , , \n")
    assert (notice.year, notice.off) == (2027, {FIRST, date(2027, 1, 2)})


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("名称,起\n", "a.csv", "缺少：类型、止"),
        (HEADS + "元旦,放,2027-01-01,\n", "a.csv", "第 2 行的类型写的是“放”"),
        (HEADS + "元旦,休,2027-02-30,\n", "a.csv", "第 2 行（项）的日期写的是“2027-02-30”"),
        (HEADS + "元旦,休,,\n", "a.csv", "的日期写的是“”"),
        (HEADS + "元旦,休,2027-01-03,2027-01-01\n", "a.csv", "止不应早于起"),
        (HEADS, "a.csv", "没有写休息的日子"),
        ("year = 2027\noff = [\n", "a.toml", "不合 TOML 写法"),
        ("off = []\n", "a.toml", "没有写 year"),
        ("year = true\n", "a.toml", "没有写 year"),
        ("year = 2027\n[off]\nfrom = 2027-01-01\n", "a.toml", r"写一个 \[\[off\]\]"),
        ('year = 2027\noff = ["2027-01-01"]\n', "a.toml", r"写一个 \[\[off\]\]"),
        ('year = 2027\n[[off]]\nfrom = "2027-01-01"\n', "a.toml", r"第 1 个 \[\[off\]\]"),
        ("year = 2027\n[[work]]\nto = 2027-01-10\n", "a.toml", r"第 1 个 \[\[work\]\]"),
        ("year = 2027\n[[off]]\nfrom = 2027-01-01T08:00:00\n", "a.toml", r"第 1 个 \[\[off\]\]"),
    ],
)
def test_what_is_wrong_is_told_by_file_and_place(file, text, name, said):
    with pytest.raises(Refused, match=said) as refusal:
        file(text, name)
    assert name in str(refusal.value)
