"""The small XML parts of a workbook, element by element."""

from collections.abc import Callable, Iterable
from xml.parsers import expat

from intake.fault import Fault

Attributes = dict[str, str]


def elements(pieces: Iterable[bytes], heard: Callable[[str, Attributes], None]) -> None:
    """Tell of each element's name, without its prefix, and its attributes; Fault for broken XML."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, found: heard(name.rpartition(":")[2], found)
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise Fault("preflight.damaged") from None
