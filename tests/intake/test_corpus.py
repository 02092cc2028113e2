"""Files as hundreds of hands make them, through the whole way: each value, cell and finding.

A genuine file of WPS's own .et could not be had: what is named .et here is BIFF8, the format WPS
writes under that name, as LibreOffice saved it.
"""

import subprocess
from pathlib import Path
from time import process_time

import pytest

from domain.layout import find
from intake.sandbox import Reader
from intake.workbook import read
from tests.domain.sheets import book, sheet
from tests.intake import (
    corpus_cells,
    corpus_days,
    corpus_displays,
    corpus_figures,
    corpus_hands,
    corpus_heads,
    corpus_shapes,
    corpus_tables,
    corpus_tasks,
    corpus_templates,
    corpus_texts,
    corpus_traps,
)
from tests.intake.corpus_book import edited
from tests.intake.corpus_case import Case, expected, outcome
from tests.intake.corpus_forms import COUNTY, LEDGER, PROJECTS, TASKS, labels
from tests.intake.files import office_suite

THEMES = (
    corpus_templates, corpus_tables, corpus_heads, corpus_tasks, corpus_cells, corpus_days,
    corpus_texts, corpus_traps, corpus_figures, corpus_shapes,
    corpus_displays, corpus_hands,
)  # fmt: skip
CASES: list[Case] = [case for theme in THEMES for case in theme.CASES]
SUITE = {"xls": "xls:MS Excel 97", "et": "xls:MS Excel 97", "suite": "xlsx"}


def cases(*through):
    """The cases saved through one of these, as parameters."""
    return [
        pytest.param(
            case,
            id=case.claim,
            marks=[pytest.mark.xfail(strict=True, reason=case.wrong)] if case.wrong else [],
        )
        for case in CASES
        if case.through in through
    ]


def came(case, content):
    return outcome(case, read(case.name, content))


@pytest.fixture(scope="module")
def resaved(tmp_path_factory):
    """What LibreOffice made of every file that goes through it, a call for each kind of file."""
    folder = tmp_path_factory.mktemp("resaved")
    for kind in dict.fromkeys(SUITE.values()):
        _convert(folder, kind, [case for case in CASES if SUITE.get(case.through) == kind])
    return folder


def _convert(folder: Path, kind: str, chosen: list[Case]) -> None:
    sources = [folder / f"{CASES.index(case)}.xlsx" for case in chosen]
    for source, case in zip(sources, chosen, strict=True):
        source.write_bytes(case.file())
    profile = f"-env:UserInstallation=file://{folder}/profile"
    out = ["--outdir", str(folder / kind.partition(":")[0])]
    command = [office_suite(), profile, "--headless", "--convert-to", kind, *out, *sources]
    subprocess.run(command, check=True, capture_output=True, timeout=300)


@pytest.mark.parametrize("case", cases("", "openpyxl"))
def test_every_value_cell_and_finding_of_a_file_is_as_it_must_be(case):
    content = case.file()
    assert came(case, edited(content, {}) if case.through else content) == expected(case)


@pytest.mark.skipif(not office_suite(), reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("case", cases(*SUITE))
def test_what_an_office_suite_saved_anew_says_the_same(case, resaved):
    kind = SUITE[case.through].partition(":")[0]
    content = (resaved / kind / f"{CASES.index(case)}.{kind}").read_bytes()
    assert came(case, content) == expected(case)


def test_in_the_limited_process_they_come_out_the_same():
    sample = [case for case in CASES if not case.through][::5]
    with Reader() as reader:
        for case in sample:
            content = case.file()
            assert reader.read(case.name, content) == read(case.name, content), case.claim


def test_the_corpus_has_120_files_and_no_claim_twice():
    assert len(CASES) >= 120
    assert len({case.claim for case in CASES}) == len(CASES)


WIDE, LABELS = [f"项{n}目" for n in range(16_384)], labels(PROJECTS)
HUGE = {
    "a row of 16,384 texts": sheet(WIDE, LABELS, ["湖滨公园"]),
    "40 rows of 2,000 texts": sheet(*([f"项{r}目{c}" for c in range(2000)] for r in range(40))),
    "long texts above": sheet(*[["文" * 32_000]] * 60, LABELS, ["湖滨公园"]),
    "brackets above": sheet(["(a" * 16_000], ["（" * 16_000 + "：" * 100], LABELS, ["甲园"]),
    "digits without end": sheet(["单位：亿元"], LABELS, ["甲园", "", "1" * 32_000 + "x"]),
    "heads 300 times": sheet(*[LABELS] * 300),
    "blocks as large as a sheet": sheet(*[LABELS] * 60, merged=[(0, 0, 2**20 - 1, 16_383)] * 500),
}


@pytest.mark.parametrize("name", HUGE)
def test_no_sheet_holds_up_who_looks_for_a_table(name):
    begun = process_time()
    find(book(HUGE[name]), [PROJECTS, COUNTY, LEDGER], TASKS)
    assert process_time() - begun < 5
