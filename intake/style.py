"""How cells are shown, as far as it says what their number means: percentages, units, months."""

import re
from collections.abc import Iterable
from functools import lru_cache

from domain.display import is_told
from intake.markup import Attributes, elements

PERCENT = "%"
MONTH = "yyyy-mm"
BUILT_IN = dict.fromkeys(("9", "10"), PERCENT) | dict.fromkeys(
    ("17", "27", "36", "50", "52", "57"),
    MONTH,  # those beyond 22 as a Chinese system has them
)
REPEATED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')  # what a format only writes beside it
DURATION = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
LISTS = ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs")


@lru_cache(1024)
def is_percent(code: str) -> bool:
    """Whether a format multiplies by 100; a quoted % is only written behind the number."""
    return "%" in REPEATED.sub("", code)


@lru_cache(1024)
def is_duration(code: str) -> bool:
    """Whether a format shows hours, minutes or seconds beyond a day."""
    return DURATION.search(code) is not None


def told(code: str) -> str:
    """What a format says of a number: "%" that it is a percentage, its code if it says more."""
    return PERCENT if is_percent(code) else code if is_told(code) else ""


def formats(pieces: Iterable[bytes]) -> dict[str, str]:
    """Of each style in a list of them, by its number, what its format says."""
    known = dict(BUILT_IN)
    styles: list[str] = []
    inside = ""

    def style(name: str, found: Attributes) -> None:
        nonlocal inside
        if name in LISTS:
            inside = name
        elif name == "numFmt":
            known[found.get("numFmtId", "")] = told(found.get("formatCode", ""))
        elif name == "xf" and inside == "cellXfs":
            styles.append(found.get("numFmtId", "0"))

    elements(pieces, style)
    return {str(n): known.get(key, "") for n, key in enumerate(styles or ["0"])}
