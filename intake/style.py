"""How cells are shown, as far as it says what their number means: percentages and durations."""

import re
from collections.abc import Iterable
from functools import lru_cache

from intake.markup import Attributes, elements

BUILT_IN = ("9", "10")  # 0% and 0.00%
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


def percents(pieces: Iterable[bytes]) -> dict[str, bool]:
    """Of each style in a list of them, by its number, whether it shows a percentage."""
    formats = dict.fromkeys(BUILT_IN, True)
    styles: list[str] = []
    inside = ""

    def style(name: str, found: Attributes) -> None:
        nonlocal inside
        if name in LISTS:
            inside = name
        elif name == "numFmt":
            formats[found.get("numFmtId", "")] = is_percent(found.get("formatCode", ""))
        elif name == "xf" and inside == "cellXfs":
            styles.append(found.get("numFmtId", "0"))

    elements(pieces, style)
    return {str(n): formats.get(key, False) for n, key in enumerate(styles or ["0"])}
