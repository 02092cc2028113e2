"""An officers' list is read as spreadsheets write it; what is none is refused with the remedy."""

import pytest

from domain.errors import Refused
from intake.officers import COLUMNS, read

TEXT = "单位,角色,姓名,邮箱,备注\n涧西区,联络员,张三,zhang@x.example,新\n\n偃师区,联络员,李四,,\n"
ROWS = {
    2: {"unit": "涧西区", "role": "联络员", "name": "张三", "email": "zhang@x.example"},
    4: {"unit": "偃师区", "role": "联络员", "name": "李四", "email": ""},
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_it_is_read_in_the_encodings_and_with_the_delimiters_of_spreadsheets(
    encoding, newline, delimiter
):
    sheet = read("x.csv", TEXT.replace("\n", newline).replace(",", delimiter).encode(encoding))
    assert (dict(sheet.rows), sheet.ignored) == (ROWS, ("备注",))


def test_english_heads_are_understood():
    heads = "unit,role,name,email,phone,from,to,confirmed,programme,office"
    [(_, cells)] = read("x.csv", f"{heads}\na,b,c,d,e,f,g,h,i,j".encode()).rows
    assert tuple(cells) == COLUMNS


def test_a_line_break_in_a_cell_is_one_row_as_in_a_spreadsheet():
    text = '单位,角色,姓名\n"涧\n西",联络员,张三\n偃师区,联络员,李四\n'
    assert [number for number, _ in read("x.csv", text.encode()).rows] == [2, 3]


def test_a_row_with_more_cells_than_heads_is_named():
    text = "单位,角色,姓名\n涧西区,联络员,张三,\n偃师区,联络员,李,四\n"
    assert read("x.csv", text.encode()).longer == (3,)


REFUSED = {
    "a column is missing": ("单位,姓名\n涧西区,张三\n".encode(), "officers.heads", "角色"),
    "a column stands twice": (
        "单位,角色,姓名,unit\na,b,c,d\n".encode(),
        "officers.head_twice",
        "单位",
    ),
    "only heads": ("单位,角色,姓名\n".encode(), "officers.no_rows", "x.csv"),
    "nothing": (b"", "officers.no_rows", "x.csv"),
    "a workbook": (b"PK\x03\x04\x00\x00\xff\xfe", "officers.not_text", "CSV UTF-8"),
    "a quotation mark too few": (
        '单位,角色,姓名\n"涧西区,联络员,张三\n'.encode(),
        "officers.not_csv",
        "引号",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_is_no_list_is_refused_with_the_remedy(case):
    content, key, right = REFUSED[case]
    with pytest.raises(Refused) as refusal:
        read("x.csv", content)
    assert (refusal.value.key, right in str(refusal.value)) == (key, True)
