"""Text files: .csv in each encoding and with each delimiter, and .json."""

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from domain.content import ONE, Cell
from tests.intake.corpus_case import Case, right
from tests.intake.corpus_forms import (
    COUNTY,
    LEDGER,
    PARK,
    PROJECTS,
    TASKS,
    WEEKLY,
    YARD,
    codes,
    heads,
    labels,
)

SAID = {"unit": "涧西区", "occasion": "2026-W47"}
WEEK = [["单位", "期", *labels(COUNTY)], [*SAID.values(), *WEEKLY]]
READ = {ONE: right("C2", codes(COUNTY), WEEKLY)}
LIST = [heads(PROJECTS), PARK, YARD]
LISTED = {
    "湖滨公园": right("A2", codes(PROJECTS), PARK),
    "三号院": right("A3", codes(PROJECTS), YARD),
}
NAMED = dict(zip(labels(COUNTY), WEEKLY, strict=True))


def table(lines: Sequence[Sequence[Any]], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """Lines as a program writes them."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(lines)
    return text.getvalue().encode(encoding)


def week(claim: str, content: bytes, name: str = "报送.csv", **keys: Any) -> Case:
    """A county's week, one row of heads and one of values."""
    told = {"rows": READ, "said": SAID, **keys}
    return Case(claim, lambda: content, name=name, sheet="", **told)


def projects(claim: str, content: bytes, name: str = "报送.csv", **keys: Any) -> Case:
    """A list of projects as text."""
    told = {"rows": LISTED, "forms": (PROJECTS,), **keys}
    return Case(claim, lambda: content, name=name, sheet="", **told)


def sent(claim: str, told: dict[str, Any], **keys: Any) -> Case:
    """A county's week as .json; its cells are those of the head and row it stands for."""
    content = json.dumps(told, ensure_ascii=False).encode()
    return week(claim, content, "报送.json", **keys)


COMMAS = [["项目名称", "项目类型", "总投资（万元）"], ["湖滨公园", "口袋公园", "1,200.5"]]
LINES = [
    ["项目名称", "项目类型", "总投资（万元）", "进展说明"],
    ["湖滨公园", "管网", 3, "一、进场\n二、开挖"],
]
REST = tuple(code for code in codes(PROJECTS) if code not in ("name", "kind", "total"))
OBJECTS = [
    dict(zip(heads(PROJECTS), map(str, line), strict=True))
    for line in (PARK, [*YARD[:9], "", YARD[10]])
]

CASES = [
    week("csv in UTF-8 with its mark", table(WEEK, "utf-8-sig")),
    week("csv in UTF-8 without it", table(WEEK)),
    week("csv in GB18030", table(WEEK, "gb18030")),
    week("csv in UTF-16", table(WEEK, "utf-16")),
    week("csv of tabs in UTF-16, as spreadsheets save Unicode text", table(WEEK, "utf-16", "\t")),
    week("csv of tabs", table(WEEK, delimiter="\t")),
    week("csv of semicolons", table(WEEK, "gb18030", ";")),
    week("csv that names its delimiter", b"sep=;\r\n" + table(WEEK, delimiter=";")),
    week("csv that ends its lines with a line feed", table(WEEK).replace(b"\r\n", b"\n")),
    week("csv with empty lines and commas behind", table([*WEEK, [], [""] * 15])),
    week("csv of labels and values downwards",
         table([["单位", "涧西区"], ["期", "2026-W47"], *NAMED.items()]),
         rows={ONE: {code: (v, f"B{n}") for n, (code, v) in
                     enumerate(zip(codes(COUNTY), WEEKLY, strict=True), 3)}}),
    week("csv that says there is nothing to report",
         table([["单位", "期", "无事项"], [*SAID.values(), "无"]]), rows={}, nil=True,
         missing=codes(COUNTY)),
    week("csv that says nothing has changed",
         table([["单位", "期", "本期无变化"], [*SAID.values(), "是"]]), rows={ONE: {}},
         unchanged=True, missing=codes(COUNTY),
         findings=("checks.no_previous projects", "check.required milestones")),
    projects("csv of a list of projects in GB18030", table(LIST, "gb18030")),
    projects("csv with commas between thousands in quotes", table(COMMAS),
             rows={"湖滨公园": right("A2", ["name", "kind", "total"],
                                 ["湖滨公园", "口袋公园", 1200.5])}, missing=REST),
    projects("csv with line breaks in a cell", table(LINES),
             rows={"湖滨公园": right("A2", ["name", "kind", "total", "state"], LINES[1])},
             missing=REST[:-1]),
    sent("json of labels", {"单位": "涧西区", "期": "2026-W47", **NAMED}),
    sent("json of codes, its values by themselves",
         {"unit": "涧西区", "occasion": "2026-W47",
          "values": dict(zip(codes(COUNTY), WEEKLY, strict=True))}),
    sent("json that names its form",
         {"表": "weekly-county", "期": "2026-W47", **NAMED},
         said={"occasion": "2026-W47", "named": "weekly-county"}),
    sent("json that says there is nothing to report",
         {"单位": "涧西区", "期": "2026-W47", "nil": True}, rows={}, nil=True,
         missing=codes(COUNTY)),
    sent("json with a value that is not applicable, and none",
         {**SAID, **NAMED, "累计竣工项目数": "不适用", "累计完成投资": None},
         rows={ONE: right("C2", codes(COUNTY),
                          [*WEEKLY[:9], Cell.NOT_APPLICABLE, *WEEKLY[10:12], None])}),
    sent("json with what nobody asked for", {**SAID, **NAMED, "天气": "晴", "附": {"a": 1}},
         ignored=("天气", "附")),
    sent("json with a list under a label, each in its line",
         {**SAID, **NAMED, "项目手续办理": ["一、用地", "二、施工许可"]},
         rows={ONE: right("C2", codes(COUNTY),
                          [*WEEKLY[:2], "一、用地\n二、施工许可", *WEEKLY[3:]])}),
    sent("json with more below a number is asked about",
         {**SAID, **NAMED, "累计完成投资": {"中央": 3}},
         rows={ONE: right("C2", codes(COUNTY), [*WEEKLY[:12], None])},
         findings=("check.not_a_number investment-to-date",)),
    week("a week in words is its id",
         table([["单位", "涧西区"], ["期", "2026年第47周"], *NAMED.items()]),
         rows={ONE: {code: (v, f"B{n}") for n, (code, v) in
                     enumerate(zip(codes(COUNTY), WEEKLY, strict=True), 3)}}),
    projects("json with rows", json.dumps({"rows": OBJECTS}).encode(), "报送.json"),
    Case("json with a row a task",
         lambda: json.dumps({"期": "2026-W47", "rows": [
             {"任务编号": key, "progress": "推进中", "spent": 3.5} for key in TASKS]}).encode(),
         {key: right(f"C{n}", ["progress", "spent"], ["推进中", 3.5])
          for n, key in enumerate(TASKS, 2)},
         said={"occasion": "2026-W47"}, name="报送.json", sheet="", forms=(LEDGER,), tasks=TASKS,
         missing=("stage", "rate", "finish", "problems")),
]  # fmt: skip
