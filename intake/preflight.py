"""What a file really is, whatever it is called, and whether it may be read at all.

Nothing here trusts the name, nor what the file says of its own size. Limits are in ``limits``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from intake import limits
from intake.fault import Fault
from intake.package import examine
from intake.traits import Traits

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
ZIPS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
TABLES = (".xlsx", ".xls", ".et", ".csv", ".json")  # each may hold any of the kinds
FOREIGN = (
    b"MZ",
    b"\x7fELF",
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
)
MARKUP = re.compile(rb"\s*<(?:!doctype|html|head|meta|table|style|\?xml|!--|div)", re.IGNORECASE)
BOM = b"\xef\xbb\xbf"
ENTRY = 128  # bytes of an entry in the list of a compound file; all of them stand at multiples
NAMES = {
    "preflight.encrypted": ("EncryptedPackage", "DRMEncryptedDataSpace"),
    "preflight.macros": ("_VBA_PROJECT_CUR",),
}
BOOKS = ("Workbook", "Book")
LETTERS = ("WordDocument", "PowerPoint Document", "Current User")


@dataclass(frozen=True, slots=True)
class Passed:
    """A file that may be read: its kind, and of an .xlsx what its XML says of each sheet."""

    kind: str  # xlsx, xls, csv, json
    traits: Mapping[str, Traits] = field(default_factory=dict)


def check(name: str, content: bytes) -> Passed:
    """What the file is; raises Unreadable, with the remedy, for one that is not to be read."""
    try:
        return _checked(PurePath(name.strip()).suffix.lower(), content)
    except Fault as fault:
        raise fault.of(name) from None


def _checked(suffix: str, content: bytes) -> Passed:
    if not content:
        raise Fault("preflight.empty")
    if len(content) > limits.MOST_BYTES:
        raise Fault("preflight.too_large", most=limits.MOST_BYTES // limits.MB)
    if suffix in (".xlsm", ".xltm", ".xlam"):
        raise Fault("preflight.macros")
    if suffix not in TABLES:
        raise Fault("preflight.suffix" if suffix else "preflight.no_suffix", suffix=suffix)
    if content.startswith(ZIPS):
        return Passed("xlsx", examine(content))
    if content.startswith(OLE):
        return _compound(content)
    return _plain(suffix, content)


def _compound(content: bytes) -> Passed:
    for key, names in NAMES.items():
        if any(_holds(content, name) for name in names):
            raise Fault(key)
    if any(_holds(content, name) for name in BOOKS):
        return Passed("xls")
    letter = any(_holds(content, name) for name in LETTERS)
    raise Fault("preflight.not_table" if letter else "preflight.damaged")


def _holds(content: bytes, name: str) -> bool:
    """Whether a compound file lists something of this name."""
    sought = f"{name}\0".encode("utf-16-le")
    at = content.find(sought)
    while at % ENTRY and at >= 0:
        at = content.find(sought, at + 1)
    return at >= 0


def _plain(suffix: str, content: bytes) -> Passed:
    if content.startswith(FOREIGN):
        raise Fault("preflight.not_table")
    if MARKUP.match(content.removeprefix(BOM)):
        raise Fault("preflight.markup")
    if suffix not in (".csv", ".json"):
        raise Fault("preflight.text" if _is_text(content) else "preflight.damaged")
    return Passed(suffix[1:])


def _is_text(content: bytes) -> bool:
    """Whether the beginning looks like words rather than a broken workbook."""
    start = content[:1000]
    return start.startswith((b"\xff\xfe", b"\xfe\xff")) or start.translate(None, b"\0") == start
