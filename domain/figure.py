"""Numbers and percentages as hundreds of hands write them: read exactly, or not at all."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from domain.folding import fold, plain
from domain.vocabulary import section

MAX_DIGITS = 30  # a power such as 1e999999999 is finite and fills the memory once written out
NUMBER = re.compile(
    r"(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?(?:[eE][+-]?\d{1,3})?)(?P<unit>.*)",
    re.ASCII | re.DOTALL,
)
Scale = tuple[str, int]  # what is measured, and its power of ten


@dataclass(frozen=True, slots=True)
class Slip:
    """Why a word is no value: a sentence of the catalogue, and what fills it beside the label."""

    rule: str
    detail: Mapping[str, str] = field(default_factory=dict)


def number(text: str, unit: str = "") -> Decimal | Slip:
    """The number a word says in ``unit``, exactly; a unit behind it must be that one, or be known.

    "1.2万" is 12000; "3.5亿元" in 万元 is 35000; "12万" in 万元 is not clear, and no number.
    """
    word = plain(text)
    match = NUMBER.fullmatch(word)
    figure = _exact(match["number"]) if match else None
    if match is None or figure is None:
        return Slip(_why_not(word))
    if match["unit"][:1] in tuple("0123456789.,+-:/~"):  # 1,5 and 1.2.3 and 3/5 are slips
        return Slip("check.not_a_number")
    power = _power(match["unit"].strip(), unit)
    return power if isinstance(power, Slip) else shifted(figure, power)


def percent(text: str) -> Decimal | Slip:
    """The percent points a word says: 85%, 85 and 百分之八十五 are 85."""
    word = plain(text)
    begins = section("numeral")["of_hundred"]
    if word.startswith(begins):
        word = _spelled(word.removeprefix(begins))
    match = NUMBER.fullmatch(word.removesuffix("%").rstrip())
    found = _exact(match["number"]) if match and not match["unit"] else None
    return Slip("reading.not_a_percent") if found is None else found


def is_plain(text: str) -> bool:
    """Whether a word is a number with nothing behind it."""
    match = NUMBER.fullmatch(plain(text))
    return match is not None and not match["unit"] and _exact(match["number"]) is not None


def shifted(figure: Decimal, power: int) -> Decimal:
    """A number times a power of ten, exactly and written out."""
    sign, digits, exponent = figure.as_tuple()
    assert isinstance(exponent, int)
    moved = Decimal((sign, digits, exponent + power))
    return Decimal(f"{moved:f}")


def converts(unit: str, into: str) -> bool:
    """Whether a number in one unit can be turned into another exactly, such as 亿元 into 万元."""
    return unit != into and _scale(fold(unit))[0] == _scale(fold(into))[0] != ""


def measures(word: str) -> bool:
    """Whether a word is a unit that can be turned into others, such as 万元."""
    return _scale(fold(word))[0] in {kind for kind, _ in section("measure").values()}


def _exact(text: str) -> Decimal | None:
    if not any(ch.isdigit() for ch in text.partition("e")[0].partition("E")[0]):
        return None
    found = Decimal(text.replace(",", ""))
    small = abs(found.adjusted()) <= MAX_DIGITS and len(found.as_tuple().digits) <= MAX_DIGITS
    return found if small else None


def _why_not(word: str) -> str:
    """The sentence for a word that does not begin with a number."""
    if word and all(ch in section("numeral")["all"] for ch in word):
        return "reading.in_words"
    return "check.not_a_number"


def _power(behind: str, unit: str) -> int | Slip:
    """The power of ten that turns a number with these words behind it into ``unit``."""
    behind, own = fold(behind), fold(unit)
    behind = behind[1:-1] if behind[:1] + behind[-1:] == "()" else behind
    if behind in ("", own):
        return 0
    if "%" in behind:
        return Slip("reading.percent_here")
    kind, power = _scale(behind)
    own_kind, own_power = _scale(own)
    if kind == "":  # 1.2万: plain only where the field's own unit has no 万
        return power if own_power == 0 and power else Slip("reading.which_unit", {"unit": unit})
    if kind == own_kind:
        return power - own_power
    return Slip("reading.other_unit" if unit else "check.not_a_number", {"unit": unit})


@cache
def _scale(unit: str) -> Scale:
    """What a unit measures and its power of ten; a unit nobody knows measures itself."""
    known = {fold(word): (kind, power) for word, (kind, power) in section("measure").items()}
    for word, power in sorted(section("factor").items(), key=lambda item: -len(item[0])):
        if unit in known:
            break
        if unit.startswith(word):
            kind, own = known.get(unit.removeprefix(word), (unit.removeprefix(word), 0))
            return kind, power + own
    return known.get(unit, (unit, 0))


def _spelled(word: str) -> str:
    """A number up to a hundred in Chinese words as digits; any other word as it is."""
    whole, point, rest = word.partition(section("numeral")["point"])
    digits = section("digits")
    if whole not in _numerals() or not all(ch in digits for ch in rest):
        return word
    return _numerals()[whole] + ("." if point else "") + "".join(digits[ch] for ch in rest)


@cache
def _numerals() -> dict[str, str]:
    """The numbers from 0 to 100 as they are written in words."""
    ten, hundred = section("numeral")["ten"], section("numeral")["hundred"]
    found: dict[str, str] = dict(section("digits"))
    names = [next(word for word, digit in found.items() if digit == str(n)) for n in range(10)]
    found |= {f"{names[1]}{hundred}": "100", hundred: "100"}
    for tens in range(1, 10):
        for units in range(10):
            begin = "" if tens == 1 else names[tens]
            found[begin + ten + (names[units] if units else "")] = str(tens * 10 + units)
    return found
