"""One wrong line in the folder of CONTRIBUTING.md is refused by file, place and remedy."""

from pathlib import Path

import pytest

from domain.errors import ProgrammeRefused
from programmes.load import load

SLUG = "shiyan-parks"
TOML, UNITS, NAMES, GROUPS = "programme.toml", "units.csv", "names.csv", "groups.csv"
MEMBERS, TASKS, NODES = "members.csv", "tasks.csv", "milestones.csv"
CLOCK, OFFICE, FORM = "clocks.tuesday", "offices.office", "forms.weekly"
LEAD, DUE = "市园林局、湖滨区", "2026-10-31"
LAKE = "sy-lake,district,,,"
TWICE = "sy-lake,bureau,,,2026-07-01,x\nsy-lake,district,,2026-06-30,"
LATE = '[months]\nstarts = 31\nsource = ["x"]\n'
PHASE = '[[phases]]\ncode = "a"\nname = "b"\nstart = 2026-05-01\nend = 2026-04-30\nsource = ["x"]\n'

# (file, what stands there, what is written instead, what the refusal must say)
BROKEN = {
    "unknown key": (TOML, "shift =", "shfit =", [f"{CLOCK}.shfit", "shift。请核对拼写"]),
    "unknown table": (TOML, "[counting]", "[couting]", ["couting", "sending、counting"]),
    "misspelt choice": (TOML, '"next"', '"nxet"', [f"{CLOCK}.shift", "previous、next、keep"]),
    "misspelt clock": (TOML, '"week"', '"weekly"', [f"{CLOCK}.every", "week、half-month"]),
    "two days": (TOML, "weekday = 2", "weekday = 2\nday = 3", [CLOCK, "写 weekday"]),
    "no hour": (TOML, "at = 10:00:00\n", "", [CLOCK, "要写 at"]),
    "month too late": (TOML, "[[offices]]", f"{LATE}[[offices]]", ["months.starts", "大于 28"]),
    "nobody owes": (TOML, 'unit_class = "district"\n', "", [FORM, "三项只写一项"]),
    "owed twice": (TOML, "unit_class", "lead_units = true\nunit_class", [FORM, "三项只写一项"]),
    "no such class": (
        TOML,
        '= "district"\ns',
        '= "town"\ns',
        [f"{FORM}.unit_class", "bureau、district"],
    ),
    "word for yes": (TOML, "lead_units = true", 'lead_units = "是"', ["forms.brief", "true"]),
    "no phase": (TOML, '= "周报"', '= "周报"\nphases = ["a"]', [f"{FORM}.phases", "先在"]),
    "phase backwards": (TOML, "[[offices]]", f"{PHASE}[[offices]]", ["phases.a", "早于 start"]),
    "cell twice": (TOML, '"parks-open"', '"progress"', [f"{FORM}.fields", "progress", "不能相同"]),
    "no origin": (TOML, 'source = ["第九条"]', "", ["groups.inner", "source", "decided_by"]),
    "other slug": (TOML, f'"{SLUG}"', '"shiyan"', ["slug", f"同名：{SLUG}"]),
    "host unknown": (TOML, "sy-parks", "sy-x", [f"{OFFICE}.host", "sy-x", "units.csv"]),
    "host by name": (TOML, "sy-parks", "市园林局", [f"{OFFICE}.host", "units.csv 里的 id"]),
    "recipient unknown": (
        TOML,
        'host = "sy-parks"',
        'host = "sy-parks"\nrecipient = "sy-x"',
        [f"{OFFICE}.recipient", "sy-x", "units.csv"],
    ),
    "listed unit unknown": (
        TOML,
        'unit_class = "district"',
        'units = ["sy-east", "sy-x"]',
        [f"{FORM}.units", "sy-x", "units.csv"],
    ),
    "syntax": (TOML, '"示例市公园建设"', "“示例市公园建设”", ["第 2 行", "英文半角"]),
    "no seconds": (TOML, "at = 10:00:00", "at = 10:00", ["不合 TOML 写法", "16:00:00"]),
    "member of no class": (MEMBERS, LAKE, "sy-lake,,,,", ["第 3 行 class", "填写"]),
    "member unknown": (MEMBERS, "sy-lake", "sy-x", ["第 3 行 unit", "sy-x", "units.csv"]),
    "member twice": (MEMBERS, LAKE, TWICE, ["第 4 行", "sy-lake", "重叠", "from、to"]),
    "group of unknown": (GROUPS, "sy-east|", "sy-x|", ["第 2 行 units", "sy-x", "units.csv"]),
    "group not separated": (GROUPS, "t|s", "t、s", ["第 2 行 units", "用 | 隔开"]),
    "lead unknown": (TASKS, LEAD, "市园林处", ["第 3 行 leads", "市园林处", "相近的有：市园林局"]),
    "lead garbled": (TASKS, LEAD, "湖宾区", ["第 3 行 leads", "湖宾区", "相近的有：湖滨区"]),
    "leads not separated": (TASKS, LEAD, "市园林局|湖滨区", ["第 3 行 leads", "顿号"]),
    "comma in a cell": (TASKS, LEAD, "市园林局,湖滨区", ["第 3 行", "第十条", "英文双引号"]),
    "date in words": (TASKS, DUE, "10月底前", ["第 3 行 due", "10月底前", "2026-01-01"]),
    "date that is not": (TASKS, DUE, "2026/10/32", ["第 3 行 due", "2026/10/32", "2026-01-01"]),
    "node of no task": (NODES, "2,2026-06", "3,2026-06", ["第 2 行 task", "tasks.csv"]),
    "gap in names": (NAMES, "\ns", "\nsy-lake,湖县,,2020-01-01,x\ns", ["第 3 行", "接不上"]),
    "one name twice": (UNITS, ",市水利局", ",市园林局", ["第 5 行", "市园林局", "sy-parks"]),
}


def refusal(guide: Path) -> str:
    with pytest.raises(ProgrammeRefused) as refused:
        load(SLUG, guide.parent)
    return str(refused.value)


@pytest.mark.parametrize(("file", "old", "new", "said"), BROKEN.values(), ids=BROKEN)
def test_one_wrong_line_is_refused_with_its_place_and_what_is_right(
    guide: Path, file: str, old: str, new: str, said: list[str]
) -> None:
    text = (guide / file).read_text("utf-8")
    assert old in text
    (guide / file).write_text(text.replace(old, new, 1), "utf-8")
    sentence = refusal(guide)
    assert sentence.startswith(f"{SLUG}/{file}：")
    assert [part for part in said if part not in sentence] == []


def test_a_form_of_a_class_without_a_member_is_refused(guide: Path) -> None:
    members = guide / MEMBERS
    members.write_text(members.read_text("utf-8").replace("district", "bureau"), "utf-8")
    sentence = refusal(guide)
    assert sentence.startswith(f"{SLUG}/{TOML}：“{FORM}.unit_class”写的是“district”")
    assert MEMBERS in sentence


def test_a_file_in_another_encoding_is_refused(guide: Path) -> None:
    for file in guide.iterdir():
        text = file.read_text("utf-8")
        file.write_bytes(f"{text}园".encode("gb18030"))
        assert refusal(guide).startswith(f"{SLUG}/{file.name}：不是 UTF-8 编码；请另存为 UTF-8")
        file.write_text(text, "utf-8")
