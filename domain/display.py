"""What a number format writes around a number, or leaves out of a date: 0.012 shown as 0.012亿元.

A cell says what it shows. A format may write words, move the point (0!.0000 shows 12050 as 1.2050)
or leave out thousands and millions; of a date it may show the month only.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from domain.vocabulary import section

PIECE = re.compile(r'"([^"]*)"|[\\!](.)|[_*].|\[([^\]]*)\]|(;)|(.)', re.DOTALL)
POWER = re.compile(r"[eE][+-]")
CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
HOLDS = {
    "<": Decimal.__lt__, ">": Decimal.__gt__, "<=": Decimal.__le__, ">=": Decimal.__ge__,
    "=": Decimal.__eq__, "<>": Decimal.__ne__,
}  # fmt: skip
DIGITS = "0#?"
RATIOS = "%‰‱"


@dataclass(slots=True)
class Section:
    """What a part of a format does to the numbers it is for; ``power`` is taken off them."""

    before: str = ""
    behind: str = ""
    power: int = 0
    digits: bool = False
    condition: tuple[str, Decimal] | None = None
    point: bool = False  # a point that is only written: what follows it is moved behind it
    commas: int = 0  # since the last digit

    def write(self, text: str) -> None:
        """Words that the format writes."""
        if text == "." and self.digits:
            self.point = True
        elif self.digits:
            self.behind += text
        else:
            self.before += text

    def place(self, sign: str) -> None:
        """A sign that stands for digits, a comma or a point among them."""
        if sign in DIGITS:
            self.digits, self.commas = True, 0
            self.power += self.point
        elif sign == ",":
            self.commas += self.digits
        else:
            self.end()
            self.point = False

    def end(self) -> None:
        """Commas behind the last digit leave out thousands."""
        self.power += 3 * self.commas
        self.commas = 0

    @property
    def tells(self) -> bool:
        """Whether it says more of a number than its digits."""
        words = self.before + self.behind
        return self.digits and bool(self.power or any(map(_means, words)))


@lru_cache(1024)
def is_told(code: str) -> bool:
    """Whether a format says something of its cells that their values do not."""
    return _shows(code) != "" or (not _dated(code) and any(s.tells for s in _sections(code)))


def displayed(number: Decimal, code: str) -> tuple[str, int, str]:
    """The words before a number, the power of ten taken off it, and the words behind it."""
    found = _of(number, _sections(code))
    if _dated(code) or found is None or not found.tells:
        return "", 0, ""
    words = [text if any(map(_means, text)) else "" for text in (found.before, found.behind)]
    return words[0].strip(), found.power, words[1].strip()


def month(day: date, code: str) -> str:
    """A date of which the format shows the month or the year only, as far as it does."""
    return day.isoformat()[: {"month": 7, "year": 4}.get(_shows(code), 10)]


def _means(ch: str) -> bool:
    """Whether a sign says something of a number: not blanks, brackets and currencies."""
    return ch in RATIOS or unicodedata.category(ch)[0] in "LN" or unicodedata.category(ch) == "So"


@lru_cache(1024)
def _sections(code: str) -> tuple[Section, ...]:
    found = [Section()]
    for word in section("display")["general"]:
        code = code.replace(word, "0")
    for quoted, escaped, bracket, end, sign in PIECE.findall(POWER.sub("", code)):
        if end:
            found.append(Section())
        elif bracket:
            if match := CONDITION.fullmatch(bracket):
                found[-1].condition = match[1], Decimal(match[2])
        elif sign and sign in f"{DIGITS},.":
            found[-1].place(sign)
        else:
            found[-1].write(quoted or escaped or sign)
    for each in found:
        each.end()
    return tuple(found)


def _of(number: Decimal, sections: tuple[Section, ...]) -> Section | None:
    """The part of a format that is for a number: by its conditions, else by the sign."""
    numeric = sections[:3]
    if numeric[0].condition:
        return next(_holding(number, numeric), numeric[-1])
    at = 0 if number > 0 or len(numeric) < 2 else 1 if number < 0 else 2
    return numeric[at] if at < len(numeric) else numeric[0]


def _holding(number: Decimal, sections: tuple[Section, ...]) -> Iterator[Section]:
    for each in sections:
        if each.condition and HOLDS[each.condition[0]](number, each.condition[1]):
            yield each


@lru_cache(1024)
def _dated(code: str) -> frozenset[str]:
    """The parts of a date or time a format shows; none for a number."""
    first = code.partition(";")[0]
    for word in section("display")["general"]:
        first = first.replace(word, "")
    signs = (sign for *_, sign in PIECE.findall(POWER.sub("", first)))
    return frozenset(sign.lower() for sign in signs) & set("ymdhs")


def _shows(code: str) -> str:
    """What a format shows of a day: "month" or "year" where that is all, else ""."""
    return {"ym": "month", "y": "year"}.get("".join(sorted(_dated(code), reverse=True)), "")
