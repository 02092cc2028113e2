"""A form's table on a sheet: which head stands for which field, and which for none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from domain.figure import converts
from domain.folding import fold
from domain.grid import Spot
from domain.head import Head, Heads
from domain.lattice import Lattice
from domain.sent import SAME

NO_HEAD = Head("")


@dataclass(frozen=True, slots=True)
class Column:
    """A head with where it stands, and where what it is about begins.

    ``texts`` are the readings of a head of two lines: 投资 over 计划 is 投资计划, or 计划投资.
    """

    texts: tuple[str, ...]
    spot: Spot
    cell: Spot  # down: the value's cell; across: the first one under the head
    head: Head = NO_HEAD

    @property
    def text(self) -> str:
        """The head as it is written."""
        return self.texts[0]


@dataclass(frozen=True, slots=True)
class Table:
    """A form's table: from its ``first`` row of heads up to the row ``after`` them.

    ``across`` has a row for each record; otherwise there is one record, a value beside each head.
    """

    lattice: Lattice
    heads: Heads
    across: bool
    first: int
    after: int
    columns: Sequence[Column]
    twice: Sequence[Column] = ()  # heads of a field that has one already
    ignored: Sequence[Column] = ()
    extra: Mapping[str, Column] = field(default_factory=dict)  # what is no field, by its target
    doubt: tuple[Spot, Spot] | None = None  # down: two cells, either of which may be the value
    loose: Sequence[Spot] = ()  # down: cells under values that stand beside no label

    @property
    def fit(self) -> tuple[int, float, int]:
        """How well it fits: heads that are certain, those only alike, minus those left over."""
        sure = [c.head.sure for c in self.columns]
        exact = sum(s == 1 for s in sure)
        return exact, round(sum(sure) - exact, 3), -len(self.ignored) - len(self.missing)

    @property
    def fits(self) -> bool:
        """Whether it is a table of the form at all."""
        found, asked = len(self.columns), len(self.heads.form.fields)
        declares = not self.extra.keys().isdisjoint(("_nil", SAME))
        return self.fit[0] > 0 or declares or (found > 1 and found * 2 >= asked)

    @property
    def missing(self) -> list[str]:
        """The fields of the form it has no head for."""
        found = {column.head.target for column in self.columns}
        return [f.code for f in self.heads.form.fields if f.code not in found]

    def measured(self, column: Column, said: Sequence[str]) -> Column:
        """A column with the unit that is said of it, its own or one that turns into it."""
        unit = self.heads.form.field(column.head.target).unit
        own = (w for w in said if unit and (converts(w, unit) or fold(w) == fold(unit)))
        other = next(own, column.head.measure)
        return replace(column, head=replace(column.head, measure=other))

    @property
    def key(self) -> Column | None:
        """The column that tells the rows of the form apart."""
        code = self.heads.form.key
        return next((c for c in self.columns if c.head.target == code), None)


def fitted(
    lattice: Lattice, heads: Heads, rows: tuple[int, int], found: Iterable[Column], across: bool
) -> Table:
    """Heads given to fields: exact ones first, then those most alike; each field once."""
    taken: dict[str, Column] = {}
    extra: dict[str, Column] = {}
    twice: list[Column] = []
    unknown: list[Column] = []
    for column in found:
        head = next((h for text in column.texts if (h := heads.known(text))), None)
        if head is None:
            unknown.append(column)
        elif head.target.startswith("_"):
            extra.setdefault(head.target, replace(column, head=head))
        elif head.target in taken:
            twice.append(replace(column, head=head))
        else:
            taken[head.target] = replace(column, head=head)
    ignored = _propose(heads, taken, unknown)
    columns = [*taken.values()]
    return Table(lattice, heads, across, *rows, columns, twice, ignored, extra)


def _propose(heads: Heads, taken: dict[str, Column], unknown: Sequence[Column]) -> list[Column]:
    """Give fields that have no head the one most like them; the heads that are left."""
    codes = [f.code for f in heads.form.fields if f.code not in taken]
    near = [
        (head.sure, n, head)
        for n, column in enumerate(unknown)
        for text in column.texts
        for code in codes
        if (head := heads.near(text, code))
    ]
    used: set[int] = set()
    for _, n, head in sorted(near, key=lambda item: (-item[0], item[1])):
        if n not in used and head.target not in taken:
            used.add(n)
            taken[head.target] = replace(unknown[n], head=head)
    return [column for n, column in enumerate(unknown) if n not in used]
