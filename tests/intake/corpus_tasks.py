"""Ledgers of tasks: which row is whose, rows that belong together, figures that belong to none."""

from datetime import date
from typing import Any

from tests.intake.corpus_book import Page, xlsx
from tests.intake.corpus_case import Case, Rows, again, right
from tests.intake.corpus_forms import LEDGER, PARK, PROJECTS, TASKS, YARD, before, codes, heads

CODES, HEADS = codes(LEDGER), heads(LEDGER)
ROAD = ["已打通", "完工", 800, 100, date(2026, 11, 15), "无"]
PARKS = ["两处开工", "在建", 210.5, 40, date(2026, 12, 25), "苗木未到"]
PIPES = ["管网过半", "在建", 95, 55, date(2026, 12, 31), None]
LINES = dict(zip(TASKS, (ROAD, PARKS, PIPES), strict=True))
BOTH = ["任务编号", "任务", *HEADS]
FULL = [[key, TASKS[key], *line] for key, line in LINES.items()]
TITLES = list(TASKS.values())


def rows(first: int = 2, column: str = "C", **changed: Any) -> Rows:
    """The rows of all three tasks, one below the other."""
    return {
        key: right(f"{column}{n}", CODES, line)
        for n, (key, line) in enumerate(LINES.items(), first)
    }


def tasked(claim: str, page: Page, read: Rows | None = None, *findings: str, **keys: Any) -> Case:
    """A ledger of the unit's three tasks."""
    told = {"forms": (LEDGER,), "tasks": TASKS, **keys}
    return Case(claim, lambda: xlsx(page), rows() if read is None else read, findings, **told)


def asked(claim: str, page: Page, read: Rows, problem: str, *findings: str, **keys: Any) -> Case:
    """A ledger in which a row has to be confirmed first."""
    return tasked(claim, page, read, *findings, problems=(problem,), certain=False, **keys)


def without(*keys: str) -> Rows:
    return {key: line for key, line in rows().items() if key not in keys}


def both(first: str, second: str, values: list[Any]) -> Page:
    """Two rows of one project whose name stands in a merged cell."""
    return Page([HEADED, [PARK[0], *values[0]], [None, *values[1]]], merged=["A2:A3"])


HEADED = heads(PROJECTS)
MORE = [None] * 9
KEPT = tasked("tasks are known by their codes", Page([BOTH, *FULL]))
TITLED = tasked(
    "a task may be named by its title",
    Page([["任务", *HEADS], *(line[1:] for line in FULL)]),
    rows(column="B"),
)
SHARED = [[*FULL[0]], [*FULL[1][:4], None, *FULL[1][5:]], FULL[2]]
MERGED = tasked(
    "one figure over two tasks is asked about, whose it is",
    Page([BOTH, *SHARED], merged=["E2:E3"]),
    {**rows(), "1-1": right("C2", CODES, [*ROAD[:2], None, *ROAD[3:]]),
     "1-2": right("C3", CODES, [*PARKS[:2], None, *PARKS[3:]])},
    "trouble.merged spent", "trouble.merged spent",
)  # fmt: skip
TEXT = tasked(
    "one text over two tasks is that of both",
    Page([BOTH, FULL[0], [*FULL[1][:2], None, *FULL[1][3:]], FULL[2]], merged=["C2:C3"]),
    {**rows(), "1-2": {**rows()["1-2"], "progress": (ROAD[0], "C3")}},
)
LAST = before({"1-1": {"spent": 900, "rate": 90}, "1-2": {"spent": 100, "rate": -20}})
SPANNED = {"湖滨公园": right("A2", codes(PROJECTS), [*PARK[:10], "已进场\n已开挖"])}

CASES = [
    KEPT, TITLED, MERGED, TEXT,
    again(KEPT, "xls"), again(MERGED, "et"), again(TITLED, "suite"), again(MERGED, "openpyxl"),
    tasked("codes alone are enough", Page([["任务编号", *HEADS], *([k, *LINES[k]] for k in TASKS)]),
           rows(column="B")),
    tasked("a title in the column of codes is one",
           Page([["编号", *HEADS], *(line[1:] for line in FULL)]), rows(column="B")),
    tasked("codes in full width are the same",
           Page([BOTH, *([key.replace("1-", "１－"), *line] for key, *line in FULL)])),
    tasked("the order of tasks does not matter", Page([BOTH, FULL[2], FULL[1], FULL[0]]),
           {"1-3": right("C2", CODES, PIPES), "1-2": right("C3", CODES, PARKS),
            "1-1": right("C4", CODES, ROAD)}),
    tasked("totals are no task", Page([BOTH, *FULL, ["合计", None, None, None, 1105.5]]),
           notes=("layout.total_row",)),
    tasked("a task that has no row is asked for", Page([BOTH, *FULL[:2]]), without("1-3"),
           "checks.row_missing progress"),
    tasked("a figure below the last one is returned", Page([BOTH, *FULL]), None,
           "checks.no_decrease spent", "checks.change rate", previous=LAST),
    asked("a task nobody knows is asked about", Page([BOTH, *FULL[:2], ["9-9", "别的事", *PIPES]]),
          {**without("1-3"), "9-9": right("C4", CODES, PIPES)}, "layout.row_unknown",
          "checks.row_unknown progress", "checks.row_missing progress"),
    asked("a title that is only alike is proposed",
          Page([["任务", *HEADS], [f"{TITLES[0]}（含两座桥）", *ROAD], *(x[1:] for x in FULL[1:])]),
          rows(column="B"), "layout.row_near"),
    asked("the same task twice is asked about", Page([BOTH, *FULL, FULL[2]]), rows(),
          "layout.key_twice"),
    asked("a row without a task is asked about", Page([BOTH, *FULL, [None, None, *PIPES]]), rows(),
          "layout.no_key"),
    tasked("a row of the ledger may say 本期无变化",
           Page([[*BOTH, "本期无变化"], FULL[0], FULL[1], ["1-3", TITLES[2], *[None] * 6, "是"]]),
           {**without("1-3"), "1-3": {"spent": (95, "E4"), "rate": (55, "F4"),
                                      "progress": ("上周", "C4")}},
           previous=before({"1-3": {"spent": 95, "rate": 55, "progress": "上周"}})),
    tasked("a ledger that says 无事项 above needs nothing",
           Page([["无事项", "是"], BOTH]), {}, nil=True),
    Case("two rows of one project under a merged name are one, texts line by line",
         lambda: xlsx(both("A2", "A3", [[*PARK[1:10], "已进场"], [*MORE, "已开挖"]])), SPANNED,
         forms=(PROJECTS,)),
    Case("two figures of one project under a merged name are asked about",
         lambda: xlsx(both("A2", "A3", [PARK[1:], [*MORE[:5], 7]])),
         {"湖滨公园": right("A2", codes(PROJECTS), [*PARK[:6], None, *PARK[7:]])},
         ("trouble.several spent",), forms=(PROJECTS,)),
    Case("one figure over two columns is asked about",
         lambda: xlsx(Page([HEADED, [*PARK[:4], 300, None, *PARK[6:]], YARD], merged=["E2:F2"])),
         {"湖滨公园": right("A2", codes(PROJECTS), [*PARK[:4], None, None, *PARK[6:]]),
          "三号院": right("A3", codes(PROJECTS), YARD)},
         ("trouble.merged central", "trouble.merged local"), forms=(PROJECTS,)),
]  # fmt: skip
