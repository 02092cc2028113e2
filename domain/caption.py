"""What the lines above a table, or a template itself, say: whose report, about which time."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from domain.errors import PeriodRefused
from domain.figure import converts, measures
from domain.folding import bare, fold, plain
from domain.grid import Sheet
from domain.identity import Identity, identity_of
from domain.lattice import Lattice, word
from domain.periods import parse
from domain.vocabulary import patterns, section, words

PAIR = re.compile(r"([^:\s][^:]*?):\s*(\S*)")
WIDE = 64  # cells of a line that are looked at
DEEP = 30  # rows at the end in which notes are looked for
LONGEST = 200  # characters of a line that says whose a table is
FORMATS = {
    "week": "{y}-W{n:0>2}",
    "half_month": "{y}-{m:0>2}-H{n}",
    "quarter": "{y}-Q{n}",
    "half_year": "{y}-S{n}",
    "month": "{y}-{m:0>2}",
    "year": "{y}",
}


@dataclass(frozen=True, slots=True)
class Caption:
    """What the lines around a table say: unit and time as written or as an id, unit of measure."""

    unit: str = ""
    occasion: str = ""
    measure: str = ""

    def measured(self, unit: str) -> str:
        """The unit that figures of a field in ``unit`` are given in; "" where that is the same."""
        given = _units(self.measure)
        if fold(unit) in {fold(one) for one in given}:
            return ""
        return next((one for one in given if converts(one, unit)), "")


def identity(sheet: Sheet) -> Identity | None:
    """What the hidden sheet of a template says: two columns, key and value."""
    rows = (row for row in sheet.rows if len(row) > 1)
    return identity_of({word(row[0]).strip(): word(row[1]).strip() for row in rows})


def caption(lattice: Lattice, first: int) -> Caption:
    """What is said above the first row of a table."""
    found: dict[str, str] = {}
    for row in range(min(first, lattice.height)):
        told = _line(lattice, row)
        found = {**told, **found, **{key: told[key] for key in ("measure",) if key in told}}
    vague = found.pop("vague", "")
    return Caption(**{"unit": vague} | found)


def measured_below(lattice: Lattice, after: int, said: Caption) -> Caption:
    """The same with the unit of measure of a note below the table, where none stands above."""
    rows = range(max(after, lattice.height - DEEP), lattice.height)
    lines = (_line(lattice, row) for row in rows if len(lattice.texts(row)) == 1)
    below = next((line["measure"] for line in lines if "measure" in line), "")
    return replace(said, measure=said.measure or below)


def _line(lattice: Lattice, row: int) -> dict[str, str]:
    """What a row says of unit, time and measure; the first word counts."""
    found: dict[str, str] = {}
    texts = lattice.texts(row)[:WIDE]
    for n, (_, text) in enumerate(texts):
        if len(text) > LONGEST:
            continue  # it tells of something
        beside = texts[n + 1][1][:LONGEST] if n + 1 < len(texts) else ""
        for key, value in pairs(text, beside):
            found.setdefault(key, value)
        if occasion := occasion_in(text):
            found.setdefault("occasion", occasion)
    return found


def pairs(text: str, beside: str = "") -> Iterator[tuple[str, str]]:
    """What a cell says of unit, time and measure: 填报单位：涧西区, or the value beside it."""
    told = [pair.groups() for part in _parts(plain(text)) for pair in PAIR.finditer(part)]
    [brackets], [counted] = patterns("row", "bracket"), patterns("row", "counted")
    yield from (("measure", unit) for unit in counted.findall(plain(text)) if is_measure(unit))
    yield from (
        ("measure", inside) for inside in brackets.findall(plain(text)) if is_measure(inside)
    )
    for head, value in told or [(text, "")]:
        value = value or (beside if not (PAIR.search(plain(beside)) or _head(beside)) else "")
        if not value:
            continue
        if bare(head) in _heads("measure") or is_measure(value):
            yield "measure", value
        elif bare(head) in _heads("unit"):
            # 单位：个 may stand above 填报单位：涧西区
            yield "vague" if bare(head) in words("row", "vague") else "unit", value
        elif bare(head) in _heads("occasion"):
            yield "occasion", occasion_in(value) or value


def _parts(text: str) -> list[str]:
    """A line, and by itself what stands in brackets and has a colon: 项目台账（单位：亿元）."""
    [brackets] = patterns("row", "bracket")
    inside = [words for words in brackets.findall(text) if ":" in words]
    return [brackets.sub(lambda m: "" if m[1] in inside else m[0], text), *inside]


def is_measure(value: str) -> bool:
    """Whether words are a unit of measure, such as 万元, or several with one among them."""
    return any(measures(one) for one in _units(value))


def _units(said: str) -> list[str]:
    """The units of measure in a line: 人民币亿元、平方米 are two."""
    [comma], [currency] = patterns("row", "and"), patterns("row", "currency")
    return [currency.sub("", one) for one in comma.split(said)]


def _head(text: str) -> bool:
    """Whether a cell is a head itself: in a row of heads, 单位 stands beside 本期填报."""
    return any(bare(text) in _heads(key) for key in section("head"))


def _heads(key: str) -> set[str]:
    return {bare(head) for head in words("head", key)}


def occasion_in(text: str) -> str:
    """The id of the period a text names, such as 2026年第47周; "" when it names none."""
    folded = fold(text)
    for kind, form in FORMATS.items():
        for pattern in patterns("occasion", kind):
            if match := pattern.search(folded):
                return _valid(form, match.groupdict())
    return ""


def _valid(form: str, said: Mapping[str, str]) -> str:
    digits = section("occasion_number")
    found = form.format(**{key: digits.get(value, value) for key, value in said.items()})
    try:
        return parse(found).id
    except PeriodRefused:
        return ""
