"""Readings of a file: every table that may be a form's, and how well each fits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from domain import identity
from domain.aside import repeats
from domain.caption import Caption, caption, measured_below, pairs
from domain.content import Words
from domain.form import Form
from domain.grid import Workbook
from domain.head import heads_of
from domain.heading import tables
from domain.lattice import Lattice
from domain.record import records
from domain.remark import Remark
from domain.sent import has_words
from domain.table import Table
from domain.wordage import words_of

MOST = 8  # tables that are read of those that fit alike: two are too many already


@dataclass(frozen=True, slots=True)
class Candidate:
    """One table read as one form."""

    table: Table
    words: Words
    said: Caption
    problems: Sequence[Remark]
    notes: Sequence[Remark]

    @property
    def rank(self) -> tuple[int, float, int, bool]:
        """How well it fits; of two that fit alike, the one that is filled in."""
        filled = has_words(self.words) or self.words.nil or self.words.unchanged
        if not self.table.columns:  # it only declares something, which fits every form
            return 0, 0.0, 0, filled
        return *self.table.fit, filled


def candidates(
    workbook: Workbook,
    forms: Sequence[Form],
    tasks: Mapping[str, str],
    confirmed: Mapping[str, Mapping[str, str]] | None = None,
) -> Iterator[Candidate]:
    """Every table of the file that may be one of the forms', the best of each sheet and form."""
    for sheet in workbook.sheets:
        if sheet.visible and sheet.name != identity.SHEET:
            lattice = Lattice(sheet)
            for form in forms:
                heads = heads_of(form, (confirmed or {}).get(form.code))
                found = sorted(tables(lattice, heads), key=lambda t: t.fit, reverse=True)
                alike = [t for t in found if _rivals(found[0], t)]
                yield from (_candidate(t, tasks) for t in alike[:MOST])


def _rivals(best: Table, other: Table) -> bool:
    """Whether a table has most of the heads the best one has."""
    return other.fit[:2] == best.fit[:2] or other.fit[0] * 2 > best.fit[0]


def _candidate(table: Table, tasks: Mapping[str, str]) -> Candidate:
    problems: list[Remark] = []
    notes: list[Remark] = []
    said = measured_below(table.lattice, table.after, caption(table.lattice, table.first))
    beside = [value for c in table.ignored for key, value in pairs(c.text) if key == "measure"]
    said = replace(said, measure=(beside or [said.measure])[0])
    rows = records(table, tasks, problems, notes) if table.across else []
    return Candidate(table, words_of(table, rows, said), said, problems, notes)


def rivals(found: Sequence[Candidate]) -> list[Remark]:
    """Another table, or another form, that fits just as well as the first."""
    best = found[0]
    for other in found[1:]:
        if other.rank[:2] != best.rank[:2]:
            break
        if other.rank != best.rank and not _as_well(best.table, other.table):
            continue
        if other.table.heads.form != best.table.heads.form:
            labels = [r.table.heads.form.label for r in (best, other)]
            return [Remark("layout.which_form", {"one": labels[0], "other": labels[1]})]
        if not _same_place(best.table, other.table):
            spots = [r.table.lattice.place((r.table.first, 0)) for r in (best, other)]
            return [Remark("layout.two_tables", {"one": spots[0], "other": spots[1]})]
    return _another(found)


def _another(found: Sequence[Candidate]) -> list[Remark]:
    """Another table of the form that is filled in, though it does not fit as well."""
    best = found[0].table
    for other in found[1:]:
        table, mine = other.table, other.table.heads.form == best.heads.form
        filled = other.rank[-1] and table.fit[0] * 2 > best.fit[0] > 1
        if mine and filled and not _same_place(best, table):
            names = [t.lattice.place((t.first, 0)) for t in (best, table)]
            return [Remark("layout.another_table", {"one": names[0], "other": names[1]})]
    return []


def others(found: Sequence[Candidate]) -> list[Remark]:
    """Tables of other forms that are filled in as well, each on a place of its own."""
    best = found[0].table
    known = {best.heads.form.code: Remark("")}
    for other in found[1:]:
        table, form = other.table, other.table.heads.form
        most = table.fit[0] * 2 > len(form.fields) and table.fit[0] > 1
        if form.code not in known and most and other.rank[-1] and not _same_place(best, table):
            spot = table.lattice.place((table.first, 0))
            known[form.code] = Remark("layout.other_table", {"form": form.label, "cell": spot})
    return [*known.values()][1:]


def _as_well(best: Table, other: Table) -> bool:
    """Whether the same heads are another form's as well, and neither form's are all there."""
    cells = [{column.spot for column in table.columns} for table in (best, other)]
    mine = best.lattice is other.lattice and cells[0] == cells[1]
    return mine and best.heads.form != other.heads.form and bool(best.missing)


def _same_place(one: Table, other: Table) -> bool:
    if one.lattice is other.lattice and repeats(one, other.first):
        return True  # the heads of one, again at the top of another page
    if one.lattice is other.lattice and one.across and other.across:
        return one.first < other.after and other.first < one.after  # lines of the same heads
    cells = [{column.spot for column in table.columns} for table in (one, other)]
    return one.lattice is other.lattice and bool(cells[0] & cells[1])
