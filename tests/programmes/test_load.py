"""A programme folder loads, or the refusal says which file, which key or row, and what is right."""

import shutil
from pathlib import Path

import pytest

from domain.errors import ProgrammeRefused
from programmes import load as loader

SLUG = "luoyang-renewal"
TOML, UNITS, NAMES = "programme.toml", "units.csv", "names.csv"
CLOCK, FORM = "clocks.weekly", "forms.weekly-member"
HOUSING = "ly-housing,市住房和城乡建设局"
FINANCE = "ly-finance,市财政局,member,,财政局,A2.2"
YANSHI = "ly-yanshi,偃师市,,2021-03-18,"

# (file, what stands there, what is written instead, what the refusal must say)
BROKEN = {
    "unknown key": (TOML, "shift =", "shfit =", [f"{CLOCK}.shfit", "reports_on、shift"]),
    "unknown top key": (TOML, "label =", "lable =", ["lable", "slug、name、label"]),
    "unknown check key": (TOML, "min = 0", "mni = 0", [f"{FORM}.checks.第 2 项.mni", "min、max"]),
    "missing key": (TOML, "weekday = 5", "", [f"{CLOCK}.weekday", "补上"]),
    "wrong choice": (TOML, '"previous"', '"before"', [f"{CLOCK}.shift", "previous、next、keep"]),
    "wrong role": (TOML, '["head"]', '["boss"]', ["ladder.R4.roles.第 1 项", "head"]),
    "wrong check": (TOML, '"required"', '"needed"', [f"{FORM}.checks.第 1 项", "required、range"]),
    "check of no kind": (TOML, 'kind = "required", ', "", [f"{FORM}.checks.第 1 项", "kind"]),
    "wrong number": (TOML, "weekday = 5", 'weekday = "五"', [f"{CLOCK}.weekday", "整数"]),
    "number out of range": (TOML, "weekday = 5", "weekday = 8", [f"{CLOCK}.weekday", "大于 7"]),
    "wrong date": (TOML, "= 2026-01-01", '= "新年"', ["valid_from", "日期"]),
    "wrong time": (TOML, "at = 16:00:00", 'at = "下午"', [f"{CLOCK}.at", "时间"]),
    "wrong list": (TOML, '["A0.2"]', '"A0.2"', ["classes.member.source", "列表"]),
    "wrong zone": (TOML, "Asia/Shanghai", "Asia/Luoyang", ["zone", "Asia/Shanghai"]),
    "wrong code": (TOML, '"policy"', '"政策"', [f"{FORM}.fields.政策.code", "小写字母"]),
    "syntax": (TOML, 'slug = "', "slug = ", ["第 5 行", "引号"]),
    "no origin": (TOML, 'source = ["A0.6"]', "", ["groups.urban", "source", "decided_by"]),
    "unknown clock": (TOML, 'clock = "weekly"', 'clock = "x"', [f"{FORM}.clock", "x", "weekly"]),
    "unknown field": (TOML, '["progress"]', '["pace"]', [f"{FORM}.checks", "pace", "progress"]),
    "two times": (TOML, "hours = -2\n", "hours = -2\nat = 09:00:00\n", ["ladder.R2", "hours"]),
    "quiet day": (TOML, "quiet_to = 08", "quiet_to = 22", ["sending", "quiet_to", "quiet_from"]),
    "other slug": (TOML, f'"{SLUG}"', '"luoyang"', ["slug", SLUG]),
    "unknown host": (TOML, '"ly-housing"', '"ly-x"', ["offices.office.host", "ly-x", UNITS]),
    "column missing": (UNITS, ",aliases,", ",", ["表头缺少：aliases", "id,name,class,group"]),
    "column misspelt": (UNITS, ",group,", ",grp,", ["表头缺少：group"]),
    "cell missing": (UNITS, FINANCE, "ly-finance,市财政局,member", ["第 6 行 group", "补上"]),
    "cell too many": (UNITS, FINANCE, FINANCE + ",1", ["第 6 行 多出来的单元格"]),
    "bad id": (UNITS, "ly-finance", "市财政局", ["第 6 行 id", "小写字母"]),
    "unknown class": (UNITS, f"{HOUSING},member", f"{HOUSING},bureau", ["第 2 行 class", "county"]),
    "unknown group": (
        UNITS,
        f"{HOUSING},member,",
        f"{HOUSING},member,x",
        ["第 2 行 group", "urban"],
    ),
    "duplicate id": (UNITS, "ly-finance", "ly-housing", ["第 6 行 id", "ly-housing"]),
    "duplicate name": (UNITS, ",,财政局", ",,住建局", ["第 6 行", "住建局", "ly-housing"]),
    "unit without source": (
        UNITS,
        FINANCE,
        FINANCE.replace("A2.2", ""),
        ["第 6 行 source", "填写"],
    ),
    "bad date": (
        NAMES,
        YANSHI,
        YANSHI.replace("03-18", "02-30"),
        ["第 2 行 valid_to", "2021-02-30"],
    ),
    "no end": (NAMES, YANSHI, "ly-yanshi,偃师市,,,", ["第 2 行 valid_to", "日期"]),
    "gap in names": (NAMES, YANSHI, "ly-yanshi,偃师县,,1993-12-01,x\n" + YANSHI, ["第 3 行"]),
    "unknown unit": (NAMES, "ly-yanshi", "ly-x", ["第 2 行 unit", "ly-x", UNITS]),
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A copy of the bundled programme, to be damaged."""
    bundled = Path(loader.__file__).parent / SLUG
    return Path(shutil.copytree(bundled, tmp_path / SLUG))


def refusal(home: Path, slug: str = SLUG) -> str:
    with pytest.raises(ProgrammeRefused) as refused:
        loader.load(slug, home.parent)
    return str(refused.value)


@pytest.mark.parametrize(("file", "old", "new", "said"), BROKEN.values(), ids=BROKEN)
def test_a_broken_folder_is_refused_by_file_and_key(
    home: Path, file: str, old: str, new: str, said: list[str]
) -> None:
    text = (home / file).read_text("utf-8")
    assert old in text
    (home / file).write_text(text.replace(old, new, 1), "utf-8")
    sentence = refusal(home)
    assert sentence.startswith(f"{SLUG}/{file}：")
    assert [part for part in said if part not in sentence] == []


@pytest.mark.parametrize("file", [TOML, UNITS, NAMES])
def test_a_missing_file_is_named(home: Path, file: str) -> None:
    (home / file).unlink()
    assert f"{SLUG}/{file}：没有这个文件" in refusal(home)


@pytest.mark.parametrize("file", [TOML, UNITS, NAMES])
def test_a_file_that_is_not_utf8_is_refused(home: Path, file: str) -> None:
    text = (home / file).read_text("utf-8")
    (home / file).write_bytes(text.encode("gb18030"))
    assert f"{SLUG}/{file}：不是 UTF-8" in refusal(home)


@pytest.mark.parametrize("slug", ["luoyang-351x", "", "..", "../programmes"])
def test_an_unknown_programme_is_answered_with_the_known_ones(home: Path, slug: str) -> None:
    assert f"现有的方案：{SLUG}" in refusal(home, slug)


def test_files_saved_by_a_spreadsheet_program_load(home: Path) -> None:
    for file in (TOML, UNITS, NAMES):
        text = (home / file).read_text("utf-8")
        (home / file).write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    assert loader.load(SLUG, home.parent) == loader.load(SLUG)


def test_an_offices_own_folder_goes_before_the_bundled_one(home: Path) -> None:
    toml = home / TOML
    toml.write_text(toml.read_text("utf-8").replace('"2026-1"', '"2026-2"'), "utf-8")
    assert loader.load(SLUG, home.parent).programme.label == "2026-2"
    assert loader.load(SLUG, home / "nowhere").programme.label == "2026-1"


def test_the_bundled_programmes_and_an_offices_own_are_available(home: Path) -> None:
    shutil.copytree(home, home.with_name("our-own"))
    assert SLUG in loader.available()
    assert {SLUG, "our-own"} <= set(loader.available(home.parent))


def test_a_name_that_another_unit_once_bore_is_refused(home: Path) -> None:
    names = (home / NAMES).read_text("utf-8").replace("偃师市", "涧西区")
    (home / NAMES).write_text(names, "utf-8")
    assert "units.csv：第 52 行的名称“涧西区”已经属于 ly-yanshi" in refusal(home)


def test_a_unit_may_bear_an_old_name_again(home: Path) -> None:
    again = "ly-yanshi,偃师区,,1980-01-01,x\nly-yanshi,偃师市,1980-01-01,2021-03-18,"
    names = (home / NAMES).read_text("utf-8").replace(YANSHI, again)
    (home / NAMES).write_text(names, "utf-8")
    assert len(loader.load(SLUG, home.parent).names) == len(loader.load(SLUG).names) + 1
