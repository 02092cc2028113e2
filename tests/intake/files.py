"""Files as units send them, and as nobody should, byte by byte where it must be."""

import io
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
HEAD = ["序号", "填报项目", "计量单位", "本期填报", "上期填报", "说明"]
IDENTITY = {"programme": "luoyang-renewal", "office": "office", "form": "weekly-county"}


def written(fill, **options):
    """An .xlsx that ``fill`` writes into."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, **options}) as book:
        fill(book)
    return target.getvalue()


def template(start=0, rows=20):
    """A ledger like the ones that are given out: title, line, head, fields, a very hidden sheet."""

    def fill(book):
        sheet = book.add_worksheet("周调度")
        number = book.add_format({"num_format": 'General"%"', "border": 1})
        percent = book.add_format({"num_format": "0.0%"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.merge_range("A1:F1", "城市更新周调度表")
        sheet.write_row("A3", HEAD)
        for row in range(rows):
            sheet.write_row(3 + row, 0, [row + 1, f"项目{row}", "个", row * 1.5 + start, row, "好"])
        sheet.write_number("D10", 85, number)
        sheet.write_number("D11", 0.85, percent)
        sheet.write_datetime("D12", date(2026, 11, 30), day)
        sheet.data_validation("D4:D30", {"validate": "list", "source": ["是"]})
        hidden = book.add_worksheet("_luoshu")
        hidden.very_hidden()
        for row, pair in enumerate(IDENTITY.items()):
            hidden.write_row(row, 0, pair)

    return written(fill)


def numbered(rows, columns, first="A1"):
    """A sheet of whole numbers from a cell on."""

    def fill(book):
        sheet = book.add_worksheet("表")
        top, left = xl_cell_to_rowcol(first)
        for row in range(rows):
            sheet.write_row(top + row, left, [row * columns + c for c in range(columns)])

    return written(fill)


def uncalculated():
    """Formulas as programs write them that never calculate: openpyxl leaves their results out."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["B1"], sheet["C1"] = 3, "=A1*2", date(2026, 11, 30)
    return saved(book)


def saved(book):
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def zipped(parts, method=zipfile.ZIP_DEFLATED):
    """A zip file of parts by name."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def parts(content):
    """The parts of a zip file by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(content, changes):
    """A workbook with some parts replaced or added."""
    return zipped(parts(content) | changes)


def replaced(content, part, old, new):
    """A workbook with other words in one part."""
    whole = parts(content)
    assert old in whole[part]
    return zipped(whole | {part: whole[part].replace(old, new)})


def handmade(*cells, styles=None, before="", after=""):
    """An .xlsx with one sheet of just this XML between ``sheetData``."""
    sheet = f'<worksheet xmlns="{MAIN}">{before}<sheetData>{"".join(cells)}</sheetData>{after}'
    styled = (
        {"xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'} if styles else {}
    )
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": (
                f'<Relationships><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
                'Target="xl/workbook.xml"/></Relationships>'
            ),
            "xl/workbook.xml": (
                f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
                '<sheets><sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>'
            ),
            "xl/_rels/workbook.xml.rels": (
                f'<Relationships><Relationship Id="r1" Type="{OFFICE}/worksheet" '
                'Target="worksheets/sheet1.xml"/></Relationships>'
            ),
            "xl/worksheets/sheet1.xml": f"{sheet}</worksheet>",
        }
        | styled
    )


def sparse():
    """Five kilobytes whose two cells are as far apart as two can be."""
    return handmade(
        '<row r="1"><c r="A1"><v>1</v></c></row>',
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    )


def bomb(megabytes=60):
    """One cell of spaces: sixty kilobytes to send."""
    text = " " * (megabytes * 2**20)
    return handmade(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>')


def declaring(declaration):
    """A sheet that begins with a declaration, and shows what it stands for."""
    whole = parts(handmade('<row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row>'))
    sheet = whole["xl/worksheets/sheet1.xml"].decode()
    return zipped(whole | {"xl/worksheets/sheet1.xml": f"<!DOCTYPE x [{declaration}]>{sheet}"})


LAUGHS = "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 10))
XXE = declaring('<!ENTITY x SYSTEM "file:///etc/passwd">')
BILLION = declaring(f'<!ENTITY x0 "ha">{LAUGHS}<!ENTITY x "&x9;">')


def compound(*names):
    """The beginning of a compound file that lists these names."""
    entries = b"".join(f"{name}\0".encode("utf-16-le").ljust(128, b"\0") for name in names)
    return OLE + b"\0" * (512 - len(OLE)) + entries.ljust(1024, b"\0")


def sheets(count):
    """A workbook whose list of sheets is long, though all of them are the same part."""
    whole = parts(handmade())
    listed = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="r1"/>' for n in range(1, count + 1))
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>'
    return zipped(whole | {"xl/workbook.xml": book})


def members(count):
    """A workbook of that many sheets, each a part of its own."""
    more = {f"xl/worksheets/sheet{n}.xml": "<worksheet/>" for n in range(2, count + 1)}
    return zipped(parts(handmade()) | more, zipfile.ZIP_STORED)


def named(name):
    """A workbook with one more part, of this name."""
    return zipped(parts(handmade()) | {name: "x"})


def twice(name):
    """A workbook with two parts of one name, in different letters."""
    return zipped(parts(handmade()) | {name.upper(): parts(handmade())[name]})


def flipped(content, at, mask=0xFF):
    """The same with one byte changed."""
    return content[:at] + bytes([content[at] ^ mask]) + content[at + 1 :]


def office_suite():
    """The program that writes the older formats, where it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def converted(content: bytes, folder: Path, to="xls:MS Excel 97") -> bytes:
    """An .xlsx as an office suite saves it in another format."""
    source = folder / "book.xlsx"
    source.write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [office_suite(), profile, "--headless", "--convert-to", to, "--outdir", str(folder)]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=120)
    return source.with_suffix("." + to.partition(":")[0]).read_bytes()
