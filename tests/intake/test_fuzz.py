"""Real files with a few bytes changed: refused or read, never a wrong number, a crash or a wait."""

import random
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from domain.grid import Workbook
from intake.fault import Unreadable
from intake.sandbox import Reader
from tests.intake import files

SEED = 20261122
PATIENCE = 5  # seconds for one file
TAGS = [b'r="', b's="', b"<v>", b"</c>", b"<row", b't="', b"<f>", b"<mergeCell", b"</worksheet>"]


def bases():
    """What is changed: files of three programs, with percentages, dates, formulas and text."""
    other = openpyxl.load_workbook(BytesIO(files.template(start=7)))
    other.active["D5"] = "=1+1"
    return [files.template(), files.saved(other), files.numbered(30, 12, "C5"), files.handmade()]


def flipped(chance, content):
    """Some bytes are others."""
    for _ in range(chance.choice([1, 1, 1, 2, 8, 64])):
        content = files.flipped(content, chance.randrange(len(content)), chance.randrange(1, 256))
    return content


def truncated(chance, content):
    """The end is missing."""
    return content[: chance.randrange(len(content))]


def spliced(chance, content):
    """A piece is missing, twice there, or at another place."""
    at, end, to = sorted(chance.randrange(len(content)) for _ in range(3))
    return chance.choice(
        [
            content[:at] + content[end:],
            content[:to] + content[at:end] + content[to:],
            content[:at] + content[end:to] + content[at:end] + content[to:],
        ]
    )


DAMAGES = (flipped, truncated, spliced)


def repacked(chance, content, sheets):
    """One part is damaged, and the zip file is in order: a sheet, or anything but a sheet."""
    whole = files.parts(content)
    names = [name for name in whole if name.startswith("xl/worksheets/sheet") is sheets]
    name = chance.choice(names)
    return files.zipped(whole | {name: chance.choice(DAMAGES)(chance, whole[name])})


def edited(chance, content):
    """The XML of a sheet says something else at one of the places that matter."""
    whole = files.parts(content)
    name = chance.choice([name for name in whole if name.startswith("xl/worksheets/sheet")])
    found = [tag for tag in TAGS if tag in whole[name]]
    tag = chance.choice(found or [b"<"])
    new = chance.choice([b"", b'"', tag * 2, tag + b"9", tag + b"-1", tag + b"XFD1048576", b"<x>"])
    parts = whole[name].split(tag)
    at = chance.randrange(1, len(parts)) if len(parts) > 1 else 0
    rest = tag.join(parts[at:])
    return files.zipped(whole | {name: tag.join(parts[:at]) + new + rest})


def numbers(sheet):
    """The numbers of a sheet by where they stand."""
    cells = ((r, c, cell) for r, row in enumerate(sheet.rows) for c, cell in enumerate(row))
    return {(row, column): cell for row, column, cell in cells if isinstance(cell, Decimal)}


def same(one, other):
    """Whether no number differs; other styles may make a date of one, or a number of a date."""
    return all(one[spot] == other[spot] for spot in one.keys() & other.keys())


def tried(chance, content):
    """A changed file, and what must still hold of it if it is read."""
    kind = chance.randrange(6)
    if kind < 3:
        return DAMAGES[kind](chance, content), unchanged
    if kind == 3:
        return repacked(chance, content, sheets=False), kept
    changed = edited(chance, content) if kind == 4 else repacked(chance, content, sheets=True)
    return changed, lambda found, known: True


def unchanged(found, known):
    """Every part has a checksum: what is read at all is the same."""
    return found == known


def kept(found, known):
    """Sheets may have other names, but no number is another one."""
    originals = [numbers(sheet) for sheet in known.sheets]
    return all(any(same(numbers(sheet), each) for each in originals) for sheet in found.sheets)


def survives(runs, seed):
    """Try so many changed files on one reader; how many of them were read after all."""
    chance = random.Random(seed)
    contents = bases()
    read = 0
    with Reader(seconds=PATIENCE) as reader:
        known = [reader.read("周报.xlsx", content) for content in contents]
        for run in range(runs):
            at = chance.randrange(len(contents))
            content, holds = tried(chance, contents[at])
            found = reader.read("周报.xlsx", content)
            if isinstance(found, Unreadable):
                assert found.key != "sandbox.slow", (seed, run)
            else:
                read += 1
                assert holds(found, known[at]), (seed, run)
    return read


def test_two_hundred_changed_files_are_refused_or_read_right():
    assert 0 < survives(200, SEED) < 200


@pytest.mark.slow
@pytest.mark.parametrize("part", range(10))
def test_ten_thousand_changed_files_are_refused_or_read_right(part):
    assert 0 < survives(1_000, SEED + 1 + part) < 1_000


@pytest.fixture(scope="module")
def older(tmp_path_factory):
    return files.converted(files.template(), tmp_path_factory.mktemp("older"))


def survives_older(content, runs):
    """Older files have no checksum: they may be read otherwise, but must be read or refused."""
    chance = random.Random(SEED)
    with Reader(seconds=PATIENCE) as reader:
        for run in range(runs):
            found = reader.read("周报.et", chance.choice(DAMAGES)(chance, content))
            if isinstance(found, Unreadable):
                assert found.key != "sandbox.slow", run
            else:
                assert isinstance(found, Workbook)


@pytest.mark.skipif(not files.office_suite(), reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("runs", [100, pytest.param(2_000, marks=pytest.mark.slow)])
def test_changed_older_files_are_refused_or_read(older, runs):
    survives_older(older, runs)


@pytest.mark.parametrize("name", ["周报.csv", "周报.json"])
def test_changed_text_is_refused_or_read(name):
    chance = random.Random(SEED)
    text = '{"单位": "涧西区", "rows": [{"项目": "甲", "数": 1.50}, {"项目": "乙"}]}'
    content = (text if name.endswith("json") else "单位,项目,数\n涧西区,“甲”,1.50\n" * 20).encode()
    with Reader(seconds=PATIENCE) as reader:
        for run in range(100):
            found = reader.read(name, chance.choice(DAMAGES)(chance, content))
            assert getattr(found, "key", "").partition(".")[0] != "sandbox", run
