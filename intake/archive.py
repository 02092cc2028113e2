"""A zip file as parts that are inflated piece by piece; nothing it declares of itself is believed.

Parts are known by their names in lower case with forward slashes, as readers look them up.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator

from intake import limits
from intake.fault import Fault

STORED, DEFLATED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED
ENCRYPTED = 0x1
UTF8 = 0x800
END = b"PK\x05\x06"
ZIP = b"PK\x03\x04"
MARKED = (".xml", ".rels", ".vml")
DECLARATIONS = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
LONGEST = max(map(len, DECLARATIONS)) - 1  # what of one may stand at the end of a piece


class Archive:
    """The parts of a zip file; raises Fault for one that is broken, or made to do harm."""

    def __init__(self, content: bytes) -> None:
        count = _count(content)
        try:
            found = zipfile.ZipFile(io.BytesIO(content)).infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError):
            raise Fault("preflight.damaged") from None
        self._content = memoryview(content)
        self._left = limits.MOST_UNZIPPED
        members = {_name(info): info for info in found}
        if not count == len(found) == len(members):
            raise Fault("preflight.damaged")  # two of one name: readers would differ
        self._members = {name: info for name, info in members.items() if name[-1:] != "/"}
        if sum(info.compress_size for info in found) > len(content):
            raise Fault("preflight.damaged")  # they overlap

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part, unzipped; raises Fault once it is too large, broken or not what it should be."""
        info = self._members[name]
        size = crc = 0
        marked, before = name.endswith(MARKED), b""
        for piece in _inflated(self._packed(info), info.compress_type):
            size += len(piece)
            crc = zlib.crc32(piece, crc)
            self._weigh(info, size, len(piece))
            if marked:
                before = _undeclared(before + piece)
            yield piece
        if (size, crc) != (info.file_size, info.CRC):
            raise Fault("preflight.damaged")

    def _weigh(self, info: zipfile.ZipInfo, size: int, more: int) -> None:
        self._left -= more
        dense = size > limits.ANY_RATIO and size > limits.MOST_RATIO * info.compress_size
        if dense or self._left < 0:
            raise Fault("preflight.bomb", most=limits.MOST_UNZIPPED // limits.MB)

    def _packed(self, info: zipfile.ZipInfo) -> memoryview:
        """The zipped bytes of a part whose own head says the same as the list of parts."""
        head = bytes(self._content[info.header_offset : info.header_offset + 30])
        if len(head) < 30 or head[:4] != ZIP:
            raise Fault("preflight.damaged")
        start = info.header_offset + 30
        method, name, extra = (int.from_bytes(head[at : at + 2], "little") for at in (8, 26, 28))
        written = bytes(self._content[start : start + name])
        encoding = "utf-8" if info.flag_bits & UTF8 else "cp437"
        if method != info.compress_type or written != info.orig_filename.encode(encoding):
            raise Fault("preflight.damaged")
        start += name + extra
        packed = self._content[start : start + info.compress_size]
        if len(packed) < info.compress_size:
            raise Fault("preflight.damaged")
        return packed


def _count(content: bytes) -> int:
    """How many members the end of the file says there are, before their list is read."""
    at = content.rfind(END, max(0, len(content) - 65_557))
    if at < 0 or len(content) < at + 22:
        raise Fault("preflight.damaged")
    count = int.from_bytes(content[at + 10 : at + 12], "little")
    size = int.from_bytes(content[at + 12 : at + 16], "little")
    if count > limits.MOST_MEMBERS or size > limits.MOST_DIRECTORY:
        raise Fault("preflight.members", most=limits.MOST_MEMBERS)
    return count


def _name(info: zipfile.ZipInfo) -> str:
    name = info.orig_filename.replace("\\", "/")
    if info.flag_bits & ENCRYPTED:
        raise Fault("preflight.encrypted")
    if info.compress_type not in (STORED, DEFLATED):
        raise Fault("preflight.damaged")
    if name.startswith("/") or ":" in name or "\0" in name or ".." in name.split("/"):
        raise Fault("preflight.paths")
    return name.lower()


def _inflated(packed: memoryview, method: int) -> Iterator[bytes]:
    parts = (packed[at : at + limits.PIECE] for at in range(0, len(packed), limits.PIECE))
    if method == STORED:
        yield from map(bytes, parts)
        return
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for part in parts:
            rest: bytes | memoryview = part
            while rest:
                yield unpacking.decompress(rest, limits.PIECE)
                rest = unpacking.unconsumed_tail
        if last := unpacking.flush():
            yield last
    except zlib.error:
        raise Fault("preflight.damaged") from None
    if not unpacking.eof:
        raise Fault("preflight.damaged")


def _undeclared(text: bytes) -> bytes:
    """The end of a piece that declares no entities: nothing here is ever expanded or fetched."""
    if any(word in text for word in DECLARATIONS):
        raise Fault("preflight.declares")
    return text[-LONGEST:]
