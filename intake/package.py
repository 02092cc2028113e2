"""An .xlsx before its sheets are read: its parts and their names, its styles, and its formulas."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from intake import limits
from intake.archive import ZIP, Archive
from intake.fault import Fault
from intake.markup import Attributes, elements
from intake.style import formats
from intake.traits import Traits, traits

ROOT, WORKBOOK, RELATIONS = "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
STYLES = "xl/styles.xml"
PLACES = {  # the reader of values looks nowhere else, whatever the relations say
    "officeDocument": WORKBOOK,
    "styles": STYLES,
    "sharedStrings": "xl/sharedstrings.xml",
}
MACROS = ("xl/vbaproject.bin", "xl/macrosheets/")
LINKS = "xl/externallinks/"
LIBRARY = "124519"  # the version of programs that write formulas, but never calculate them


@dataclass(frozen=True, slots=True)
class Plan:
    """Which part is which sheet, and what reading the sheets needs to know beforehand."""

    sheets: Mapping[str, str]  # the part of each sheet, by the sheet's name
    formats: Mapping[str, str]  # what the format of each style says
    unsaved: str  # what a formula holds that was never calculated, besides nothing


def examine(content: bytes) -> dict[str, Traits]:
    """The traits of each sheet, once every part of the file was found harmless; raises Fault."""
    archive = Archive(content)
    _admit(archive)
    plan = _plan(archive)
    found = {
        part: traits(_outer(archive, part), plan.formats, plan.unsaved)
        for part in dict.fromkeys(plan.sheets.values())
    }
    for name in archive:
        if name not in found and name not in (ROOT, WORKBOOK, RELATIONS, STYLES):
            for _ in _outer(archive, name):
                pass
    return {sheet: found[part] for sheet, part in plan.sheets.items()}


def _admit(archive: Archive) -> None:
    """Refuse by the names of the parts what is no workbook, or more than one."""
    names = tuple(archive)
    if any(name.startswith(MACROS) for name in names):
        raise Fault("preflight.macros")
    if any(name.startswith(LINKS) for name in names):
        raise Fault("preflight.links")
    if "xl/workbook.bin" in archive or "content.xml" in archive:
        raise Fault("preflight.other_table")
    if WORKBOOK not in archive:
        raise Fault("preflight.not_table" if "[content_types].xml" in archive else "preflight.zip")


def _outer(archive: Archive, name: str) -> Iterator[bytes]:
    """A part that is not itself a zip file."""
    for number, piece in enumerate(archive.pieces(name)):
        if not number and piece.startswith(ZIP):
            raise Fault("preflight.nested")
        yield piece


def _plan(archive: Archive) -> Plan:
    """Read the three small parts that say what the others are."""
    names: dict[str, str] = {}
    targets: dict[str, str] = {}
    calculation: Attributes = {}

    def workbook(name: str, found: Attributes) -> None:
        if name == "sheet":
            _enter(names, found)
        elif name == "calcPr":
            calculation.update(found)

    if ROOT not in archive or RELATIONS not in archive:
        raise Fault("preflight.damaged")
    elements(_outer(archive, ROOT), lambda name, found: _relate({}, "", found))
    elements(_outer(archive, WORKBOOK), workbook)
    elements(_outer(archive, RELATIONS), lambda name, found: _relate(targets, "xl/", found))
    sheets = {name: targets.get(key, "") for name, key in names.items()}
    if not sheets or not all(part in archive for part in sheets.values()):
        raise Fault("preflight.damaged")
    stale = calculation.get("fullCalcOnLoad") == "1" and calculation.get("calcId") == LIBRARY
    known = formats(_outer(archive, STYLES)) if STYLES in archive else {"0": ""}
    return Plan(sheets, known, "0" if stale else "")


def _enter(names: dict[str, str], sheet: Attributes) -> None:
    name = sheet.get("name", "")
    if name in names:
        raise Fault("preflight.damaged")
    names[name] = next((sheet[key] for key in sheet if key.endswith(":id")), "")
    if len(names) > limits.MOST_SHEETS:
        raise Fault("preflight.sheets", most=limits.MOST_SHEETS)


def _relate(targets: dict[str, str], base: str, relation: Attributes) -> None:
    target = relation.get("Target", "").replace("\\", "/")
    place = target.lstrip("/") if target.startswith("/") else base + target
    part = posixpath.normpath(place).lower()
    targets[relation.get("Id", "")] = part
    if PLACES.get(posixpath.basename(relation.get("Type", "")), part) != part:
        raise Fault("preflight.damaged")
