"""What could do harm is refused before it is read: quickly, in little memory, with the remedy."""

import ast
import time
import tracemalloc
from pathlib import Path

import pytest

from domain.sentences import catalogue
from intake import limits
from intake.fault import Unreadable
from intake.preflight import check
from tests.intake import files

INTAKE = Path(__file__).parents[2] / "intake"
PAGE = "<html><table><tr><td>单位</td></tr></table></html>".encode()
TEMPLATE = files.template()
SHEET = "xl/worksheets/sheet1.xml"
REFUSED = {
    "a zip bomb": ("preflight.bomb", "周报.xlsx", files.bomb()),
    "cells far apart": ("preflight.cells", "周报.xlsx", files.sparse()),
    "an external entity": ("preflight.declares", "周报.xlsx", files.XXE),
    "a billion laughs": ("preflight.declares", "周报.xlsx", files.BILLION),
    "a macro's name": ("preflight.macros", "周报.xlsm", TEMPLATE),
    "a macro": ("preflight.macros", "周报.xlsx", files.named("xl/vbaProject.bin")),
    "a macro sheet": ("preflight.macros", "周报.xlsx", files.named("xl/macrosheets/sheet1.xml")),
    "a macro in .xls": ("preflight.macros", "周报.xls", files.compound("_VBA_PROJECT_CUR", "Book")),
    "a password": ("preflight.encrypted", "周报.xlsx", files.compound("EncryptedPackage")),
    "other files' data": (
        "preflight.links",
        "周报.xlsx",
        files.named("xl/externalLinks/externalLink1.xml"),
    ),
    "60 MB": ("preflight.too_large", "周报.xlsx", bytes(60 * 2**20)),
    "nothing": ("preflight.empty", "周报.xlsx", b""),
    "a program": ("preflight.not_table", "周报.xlsx", b"MZ\x90\x00" + bytes(2000)),
    "a program's name": ("preflight.suffix", "周报.exe", b"MZ\x90\x00" + bytes(2000)),
    "no suffix": ("preflight.no_suffix", "周报", TEMPLATE),
    "10,000 sheets": ("preflight.members", "周报.xlsx", files.members(10_000)),
    "10,000 names of a sheet": ("preflight.sheets", "周报.xlsx", files.sheets(10_000)),
    "a way out": ("preflight.paths", "周报.xlsx", files.named("../../etc/cron.d/x")),
    "another way out": ("preflight.paths", "周报.xlsx", files.named("xl\\..\\..\\x")),
    "a place of the system": ("preflight.paths", "周报.xlsx", files.named("/etc/passwd")),
    "a drive": ("preflight.paths", "周报.xlsx", files.named("C:/x")),
    "a folder elsewhere": ("preflight.paths", "周报.xlsx", files.named("../x/")),
    "a list of parts that is missing": (
        "preflight.damaged",
        "周报.xlsx",
        files.zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}),
    ),
    "styles elsewhere": (
        "preflight.damaged",
        "周报.xlsx",
        files.replaced(TEMPLATE, "xl/_rels/workbook.xml.rels", b"styles.xml", b"others.xml"),
    ),
    "two of one name": ("preflight.damaged", "周报.xlsx", files.twice(SHEET)),
    "a zip in it": (
        "preflight.nested",
        "周报.xlsx",
        files.changed(TEMPLATE, {"xl/embeddings/1.xlsx": files.handmade()}),
    ),
    "a zip of tables": ("preflight.zip", "周报.xlsx", files.zipped({"周报.xlsx": TEMPLATE})),
    "a letter": (
        "preflight.not_table",
        "周报.xlsx",
        files.zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}),
    ),
    "a letter in .xls": ("preflight.not_table", "周报.xls", files.compound("WordDocument")),
    "another table": ("preflight.other_table", "a.xlsx", files.zipped({"xl/workbook.bin": "x"})),
    "half of it": ("preflight.damaged", "周报.xlsx", TEMPLATE[: len(TEMPLATE) // 2]),
    "all but its end": ("preflight.damaged", "周报.xlsx", TEMPLATE[:-30]),
    "only its beginning": ("preflight.damaged", "周报.xlsx", b"PK\x03\x04"),
    "broken XML": ("preflight.damaged", "周报.xlsx", files.changed(TEMPLATE, {SHEET: "<a>"})),
    "a cell nowhere": (
        "preflight.damaged",
        "周报.xlsx",
        files.handmade('<row r="1"><c r="1A"><v>1</v></c></row>'),
    ),
    "a style nobody knows": (
        "preflight.damaged",
        "周报.xlsx",
        files.handmade('<row r="1"><c r="A1" s="9"><v>1</v></c></row>'),
    ),
    "a page": ("preflight.markup", "周报.xls", PAGE),
    "a page with a mark": ("preflight.markup", "周报.xls", b"\xef\xbb\xbf\r\n" + PAGE),
    "a page as .csv": ("preflight.markup", "周报.csv", PAGE),
    "text": ("preflight.text", "周报.xls", "单位\t期\n涧西区\t2026-W46\n".encode("gb18030")),
    "text of two bytes": ("preflight.text", "周报.xls", "单位\t期\n".encode("utf-16")),
    "noise": ("preflight.damaged", "周报.et", b"\x09\x08\x00\x00\x00\x05"),
    "a picture": ("preflight.not_table", "周报.csv", b"\x89PNG\r\n"),
}


def refusal(name, content):
    with pytest.raises(Unreadable) as refused:
        check(name, content)
    return refused.value


@pytest.mark.parametrize(("key", "name", "content"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_ledger_is_refused_within_two_seconds_by_its_name(key, name, content):
    begun = time.process_time()
    found = refusal(name, content)
    assert time.process_time() - begun < 2
    assert (found.key, found.values["file"]) == (key, name)
    assert name in str(found)
    assert "请" in str(found)


@pytest.mark.parametrize("content", [files.bomb(), files.sparse(), files.members(10_000)])
def test_refusing_takes_little_memory(content):
    tracemalloc.start()
    refusal("周报.xlsx", content)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 * 2**20


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".et", ".XLS", ".csv"])
def test_a_workbook_is_what_it_is_under_any_name(suffix, kind):
    content = TEMPLATE if kind == "xlsx" else files.compound("Workbook")
    assert check(f"周报{suffix}", content).kind == kind


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_text_is_what_it_is_called(kind):
    assert check(f"周报.{kind.upper()}", b"{}").kind == kind


def test_many_small_parts_are_too_much_together(monkeypatch):
    monkeypatch.setattr(limits, "MOST_UNZIPPED", len(TEMPLATE))
    assert refusal("周报.xlsx", TEMPLATE).key == "preflight.bomb"
    monkeypatch.undo()
    assert check("周报.xlsx", TEMPLATE).kind == "xlsx"


def test_every_byte_of_a_part_is_checked():
    at = TEMPLATE.index(b"xl/worksheets/sheet1.xml") + 60
    assert refusal("周报.xlsx", files.flipped(TEMPLATE, at)).key == "preflight.damaged"


def test_a_part_that_understates_its_size_is_found_out():
    content = bytearray(files.zipped(files.parts(files.handmade("<!-- -->" * 200))))
    at = content.rindex(b"xl/worksheets/sheet1.xml") - 46 + 24
    content[at : at + 4] = (100).to_bytes(4, "little")
    assert refusal("周报.xlsx", bytes(content)).key == "preflight.damaged"


def test_a_part_that_is_called_otherwise_in_the_list_is_found_out():
    content = files.flipped(TEMPLATE, TEMPLATE.rindex(b"xl/styles.xml") + 5, 1)
    assert refusal("周报.xlsx", content).key == "preflight.damaged"


def test_a_list_that_leaves_parts_out_is_found_out():
    at = TEMPLATE.rindex(b"PK\x05\x06") + 10
    assert refusal("周报.xlsx", files.flipped(TEMPLATE, at, 1)).key == "preflight.damaged"


def test_a_part_with_a_password_is_found_out():
    at = TEMPLATE.index(b"PK\x01\x02") + 8
    assert refusal("周报.xlsx", files.flipped(TEMPLATE, at, 1)).key == "preflight.encrypted"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8"])
def test_a_declaration_is_found_in_any_part_however_long_what_comes_before(encoding):
    text = f"<?xml version='1.0'?><!--{'-' * (limits.PIECE - 5)}--><!DOCTYPE a []><a/>"
    content = files.changed(TEMPLATE, {"docProps/app.xml": text.encode(encoding)})
    assert refusal("周报.xlsx", content).key == "preflight.declares"


def test_formatted_cells_far_away_do_no_harm_as_long_as_they_are_empty():
    content = files.handmade(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    )
    assert check("周报.xlsx", content).kind == "xlsx"


def test_a_whole_column_of_numbers_is_within_the_limit_and_two_are_not():
    def cells(last):
        return files.handmade(f'<row r="1048576"><c r="{last}1048576"><v>1</v></c></row>')

    assert check("周报.xlsx", cells("A")).kind == "xlsx"
    assert refusal("周报.xlsx", cells("B")).key == "preflight.cells"


def test_a_part_that_is_packed_otherwise_than_the_list_says_is_found_out():
    content = files.flipped(TEMPLATE, TEMPLATE.index(b"PK\x03\x04") + 8, 8)
    assert refusal("周报.xlsx", content).key == "preflight.damaged"


def test_every_fault_has_its_sentence_and_every_sentence_its_fault():
    said = set()
    for file in INTAKE.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                said |= {node.value} if node.value.startswith(("preflight.", "sandbox.")) else set()
    known = {key for key in catalogue() if key.startswith(("preflight.", "sandbox."))}
    assert said == known
