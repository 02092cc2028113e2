"""Which table of a file is which form's, what is in it, and what a person has to confirm."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from domain.candidate import Candidate, candidates, others, rivals
from domain.caption import identity, is_measure, occasion_in
from domain.content import Words
from domain.form import Form
from domain.grid import Workbook
from domain.identity import SHEET, Identity, version_of
from domain.remark import Remark
from domain.sent import declared
from domain.table import Column, Table

NOTHING = Words({})


@dataclass(frozen=True, slots=True)
class Match:
    """The head a field was matched to, where it stands, and how sure that is; 1 is exact."""

    head: str
    cell: str
    sure: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a file says, and how certain that is.

    ``unit``, ``occasion`` and ``named`` (the form) are as a template or the lines above the table
    say them, or empty. ``problems`` are for the sender to mend or confirm, ``notes`` to know of.
    """

    form: Form | None = None
    words: Words = NOTHING
    certain: bool = False
    mapping: Mapping[str, Match] = field(default_factory=dict)
    missing: Sequence[str] = ()  # codes of fields that have no head
    ignored: Sequence[Match] = ()  # heads that no field has
    problems: Sequence[Remark] = ()
    notes: Sequence[Remark] = ()
    identity: Identity | None = None
    unit: str = ""
    occasion: str = ""
    named: str = ""
    line: str = ""  # the unit that a template's own line names, in words


def find(
    workbook: Workbook,
    forms: Collection[Form],
    tasks: Mapping[str, str] | None = None,
    confirmed: Mapping[str, Mapping[str, str]] | None = None,
) -> Found:
    """The best reading of a file as one of the forms; ``tasks`` are titles by code.

    What is only alike, missing or doubtful makes it uncertain: a person confirms it first, and
    then ``confirmed`` has by form the code of the field, or NONE, for each head as it is written.
    """
    known = next((identity(s) for s in workbook.sheets if s.name == SHEET), None)
    asked = [form for form in forms if known is None or form.code == known.form]
    if not asked:
        code = known.form if known else ""
        return Found(problems=[Remark("layout.other_form", {"form": code})], identity=known)
    found = sorted(
        candidates(workbook, asked, tasks or {}, confirmed), key=lambda r: r.rank, reverse=True
    )
    if not found:
        labels = {"forms": "、".join(dict.fromkeys(form.label for form in asked))}
        return Found(problems=[Remark("layout.no_table", labels)], identity=known)
    best = _found(found[0], rivals(found), known)
    return replace(best, notes=[*best.notes, *others(found)])


def _found(best: Candidate, rivals: Sequence[Remark], known: Identity | None) -> Found:
    table = best.table
    twice = [Remark("layout.head_twice", _named(table, column)) for column in table.twice]
    doubt = [Remark("layout.which_column", _spots(table))] if table.doubt else []
    loose = [Remark("layout.loose", {"cell": table.lattice.place(spot)}) for spot in table.loose]
    time = _other_time(known, best.said.occasion)
    problems = [*rivals, *twice, *doubt, *loose, *time, *best.problems]
    mapping = {column.head.target: _match(table, column) for column in table.columns}
    sure = all(match.sure == 1 for match in mapping.values())
    # one of them may be the other, but a yes beside "nothing to report" is no head
    leftover = table.missing and any(not declared(c.text) for c in table.ignored)
    beside = {name: _beside(table, name) for name in ("_unit", "_occasion", "_form")}
    older = known is not None and known.version != version_of(table.heads.form)
    notes = [*best.notes, *([Remark("layout.older_template")] if older else [])]
    return Found(
        form=table.heads.form,
        words=best.words,
        certain=sure and not problems and not leftover,
        mapping=mapping,
        missing=table.missing,
        ignored=[_match(table, column) for column in table.ignored],
        problems=problems,
        notes=notes,
        identity=known,
        unit=(known.unit if known else "") or beside["_unit"] or best.said.unit,
        occasion=(known.occasion if known else "") or beside["_occasion"] or best.said.occasion,
        named=(known.form if known else "") or beside["_form"],
        line=best.said.unit if known else "",
    )


def _other_time(known: Identity | None, said: str) -> list[Remark]:
    """A template of one period whose lines name another one of the same kind."""
    meant = known.occasion if known else ""
    kinds = [[ch for ch in each if not ch.isdigit()] for each in (meant, said)]
    if not meant or meant == said or kinds[0] != kinds[1]:
        return []
    return [Remark("layout.other_time", {"one": meant, "other": said})]


def _named(table: Table, column: Column) -> dict[str, str]:
    """A head's words and cell, as sentences name them."""
    return {"head": column.text, "cell": table.lattice.place(column.spot)}


def _spots(table: Table) -> dict[str, str]:
    names = zip(("one", "other"), table.doubt or (), strict=False)
    return {name: table.lattice.place(spot) for name, spot in names}


def _match(table: Table, column: Column) -> Match:
    return Match(column.text, table.lattice.place(column.spot), round(column.head.sure, 2))


def _beside(table: Table, name: str) -> str:
    """What a column that is no field says, where every row says the same."""
    column = table.extra.get(name)
    if column is None:
        return ""
    if not table.across:
        return _id(name, table.lattice.word(column.cell).strip())
    rows = range(table.after, table.lattice.height)
    words = {word for row in rows if (word := table.lattice.word((row, column.spot[1])).strip())}
    if name == "_unit" and any(is_measure(word) for word in words):
        return ""  # 单位 over 万元 is nobody's name
    return _id(name, words.pop()) if len(words) == 1 else ""


def _id(name: str, word: str) -> str:
    """A word as it is; of a time, such as 2026年第47周, its id where it has one."""
    return occasion_in(word) or word if name == "_occasion" else word
