"""A template while it is drawn: the page people see, and the hidden sheets that make it work.

Hidden are the lists of the drop-downs, the values the cells began with (so that a cell that
differs can be marked), and the identity the file is known by.
"""

from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from documents.asking import Asked, lights
from documents.looks import CHANGED, LOOKS, SHAPES, put
from domain.content import Value
from domain.grid import Block, Spot
from domain.identity import SHEET, Identity
from domain.sentences import say

YES, BEFORE, CHOICES = "luoshu_yes", "luoshu_before", "luoshu_choices_"  # defined names
ALLOWED = {
    "autofilter": True,
    "sort": True,
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
}


class Draft:
    """One book with its visible page; ``finish`` adds what is hidden."""

    def __init__(self, book: xlsxwriter.Workbook, name: str) -> None:
        self.book = book
        self.page = book.add_worksheet(name)
        self._before = book.add_worksheet(say("template.before_sheet"))
        self._lists: dict[str, list[str]] = {YES: [say("template.yes")]}
        self._end: Spot = (0, 0)
        self._looks: dict[str, Any] = {}

    def look(self, name: str, kind: str = "") -> Any:
        """A format by name; of inputs and former values, for a kind of field."""
        key = f"{name} {kind}"
        if key not in self._looks:
            base = {"font_name": "SimSun", "font_size": 11, "text_wrap": True, "valign": "vcenter"}
            shape = base | LOOKS[name] | SHAPES.get(kind, {})
            self._looks[key] = self.book.add_format(shape)
        return self._looks[key]

    def say(self, row: int, column: int, text: str, look: str) -> None:
        """Words of ours in a locked cell."""
        self.page.write_string(row, column, text, self.look(look))

    def show(self, row: int, column: int, value: Value | None, kind: str, look: str) -> None:
        """A value in the format of its kind; one not reported is an empty cell."""
        put(self.page, (row, column), value, self.look(look, kind))

    def began(self, row: int, column: int, value: Value | None) -> None:
        """Keep what a cell had last time, where nobody sees it."""
        if value is not None:
            put(self._before, (row, column), value, None)

    def ask(self, block: Block, asked: Asked, *, compared: bool, emptied: bool = False) -> None:
        """Say what may be typed into cells, and colour them by light and by what was changed.

        ``emptied``: a cell that had a value and has none now is changed, too.
        """
        first = xl_rowcol_to_cell(block[0], block[1])
        self._reach(block)
        name = self._list(asked.choices()) if asked.field.kind == "choice" else ""
        rule = asked.validation(first, name)
        if rule != {"validate": "any"}:
            self.page.data_validation(*block, rule)
        self.light(block, asked)
        if compared:
            was = f'INDEX({BEFORE},ROW(),COLUMN())&""'
            differs = f'{first}&""<>{was}'
            criteria = f"={differs}" if emptied else f'=AND({first}<>"",{differs})'
            self._colour(block, criteria, {"bg_color": CHANGED, "bold": True})

    def light(self, block: Block, asked: Asked) -> None:
        """Colour cells that say red, yellow or green, where the field may say so."""
        first = xl_rowcol_to_cell(block[0], block[1])
        for word, colour in lights().items():
            if word in asked.field.choices:
                self._colour(block, f'={first}="{word}"', {"bg_color": colour})

    def ask_yes(self, block: Block, prompt: str) -> None:
        """A drop-down with 是 alone."""
        error = {"error_title": say("template.error"), "error_message": say("template.error_yes")}
        rule = {"validate": "list", "source": f"={YES}", "input_message": prompt}
        self.page.data_validation(*block, rule | error)

    def note(self, row: int, column: int, text: str) -> None:
        """A note on a cell, as large as its text; none without text."""
        if text:
            lines = sum(1 + len(part) // 17 for part in text.split("\n"))
            size = {"width": 230, "height": 18 * lines + 12}
            self.page.write_comment(row, column, text, {"author": "", "font_size": 10, **size})

    def finish(self, identity: Identity) -> None:
        """Lock the page, and add the hidden sheets."""
        self.page.protect("", ALLOWED)
        self.page.set_margins(0.4, 0.4, 0.5, 0.6)
        self.page.set_paper(9)
        self.page.fit_to_pages(1, 0)
        self.page.center_horizontally()
        self.page.set_footer(say("template.footer"))
        corner = xl_rowcol_to_cell(*self._end, row_abs=True, col_abs=True)
        self.book.define_name(BEFORE, f"='{self._before.get_name()}'!$A$1:{corner}")
        self._before.hide()
        self._keep_lists()
        mine = self.book.add_worksheet(SHEET)
        for number, line in enumerate(identity.rows()):
            mine.write_row(number, 0, line)
        mine.very_hidden()

    def _keep_lists(self) -> None:
        page = self.book.add_worksheet(say("template.dictionary_sheet"))
        for column, (name, words) in enumerate(self._lists.items()):
            page.write_column(0, column, words)
            spots = [(0, column), (len(words) - 1, column)]
            first, last = (xl_rowcol_to_cell(*s, row_abs=True, col_abs=True) for s in spots)
            self.book.define_name(name, f"='{page.get_name()}'!{first}:{last}")
        page.hide()

    def _list(self, words: list[str]) -> str:
        """The defined name of a list of words; the same words are one list."""
        known = next((name for name, its in self._lists.items() if its == words), "")
        name = known or f"{CHOICES}{len(self._lists)}"
        self._lists[name] = words
        return name

    def _colour(self, block: Block, criteria: str, shape: dict[str, Any]) -> None:
        rule = {"type": "formula", "criteria": criteria, "format": self.book.add_format(shape)}
        self.page.conditional_format(*block, rule | {"stop_if_true": True})

    def _reach(self, block: Block) -> None:
        self._end = (max(self._end[0], block[2]), max(self._end[1], block[3]))
