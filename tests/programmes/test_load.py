"""A programme folder loads, or the refusal says which file, which key or row, and what is right."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from domain.errors import ProgrammeRefused
from domain.unit import name_on
from programmes import load as loader

SLUG, PLACE = "luoyang-renewal", "luoyang"
TOML, MEMBERS = f"{SLUG}/programme.toml", f"{SLUG}/members.csv"
UNITS, NAMES, CHANGES, GROUPS = (
    f"{PLACE}/{name}.csv" for name in ("units", "names", "changes", "groups")
)
CLOCK, FORM = "clocks.weekly", "forms.weekly-member"
HOUSING = "ly-housing,市住房和城乡建设局"
FINANCE = "ly-finance,市财政局,财政局,,A2.2"
MEMBER = "ly-finance,member,,,,A2.2"
JILI = "ly-jili,吉利区,,2021-03-18"
YANSHI = "ly-yanshi,偃师市,,2021-03-18,"

# (file, what stands there, what is written instead, what the refusal must say)
BROKEN = {
    "unknown key": (TOML, "shift =", "shfit =", [f"{CLOCK}.shfit", "reports_on、shift"]),
    "unknown top key": (TOML, "label =", "lable =", ["lable", "slug、name、label"]),
    "unknown check key": (TOML, "min = 0", "mni = 0", [f"{FORM}.checks.第 2 项.mni", "min、max"]),
    "missing key": (TOML, "unreachable_at = 09:00:00", "", ["sending.unreachable_at", "补上"]),
    "clock without a day": (TOML, "weekday = 5", "", [CLOCK, "weekday", "day"]),
    "clock without an hour": (TOML, "at = 16:00:00\nreports", "reports", [CLOCK, "at（几点）"]),
    "wrong choice": (TOML, '"previous"', '"before"', [f"{CLOCK}.shift", "previous、next、keep"]),
    "wrong role": (TOML, '["head"]', '["boss"]', ["ladder.R4.roles.第 1 项", "head"]),
    "wrong check": (TOML, '"required"', '"needed"', [f"{FORM}.checks.第 1 项", "required、range"]),
    "check of no kind": (TOML, 'kind = "required", ', "", [f"{FORM}.checks.第 1 项", "kind"]),
    "wrong number": (TOML, "weekday = 5", 'weekday = "五"', [f"{CLOCK}.weekday", "整数"]),
    "number out of range": (TOML, "weekday = 5", "weekday = 8", [f"{CLOCK}.weekday", "大于 7"]),
    "wrong date": (TOML, "= 2026-01-01", '= "新年"', ["valid_from", "日期"]),
    "wrong time": (TOML, "at = 16:00:00", 'at = "下午"', [f"{CLOCK}.at", "时间"]),
    "wrong list": (TOML, '["A0.2"]', '"A0.2"', ["classes.utility.source", "列表"]),
    "wrong zone": (TOML, "Asia/Shanghai", "Asia/Luoyang", ["zone", "Asia/Shanghai"]),
    "wrong code": (TOML, '"policy"', '"政策"', [f"{FORM}.fields.政策.code", "小写字母"]),
    "syntax": (TOML, 'slug = "', "slug = ", ["第 5 行", "引号"]),
    "no origin": (TOML, 'source = ["A0.7", "A0.8", "A0.11"]', "", [FORM, "source", "decided_by"]),
    "unknown clock": (TOML, 'clock = "weekly"', 'clock = "x"', [f"{FORM}.clock", "x", "weekly"]),
    "unknown field": (TOML, '["progress"]', '["pace"]', [f"{FORM}.checks", "pace", "progress"]),
    "two times": (TOML, "hours = -2\n", "hours = -2\nat = 09:00:00\n", ["ladder.R2", "hours"]),
    "quiet day": (TOML, "quiet_to = 08", "quiet_to = 22", ["sending", "quiet_to", "quiet_from"]),
    "other slug": (TOML, f'"{SLUG}"', '"luoyang"', ["slug", SLUG]),
    "unknown host": (TOML, '"ly-housing"', '"ly-x"', ["offices.office.host", "ly-x", "units.csv"]),
    "unknown place": (TOML, '"luoyang"', '"luo"', ["units_from", "luo", "units.csv"]),
    "programme as a place": (TOML, '"luoyang"', f'"{SLUG}"', ["units_from", SLUG, TOML[-14:]]),
    "column missing": (UNITS, ",aliases,", ",", ["表头缺少：aliases", "id,name,aliases,doubtful"]),
    "column misspelt": (UNITS, ",doubtful,", ",dubious,", ["表头缺少：doubtful"]),
    "cell missing": (UNITS, FINANCE, "ly-finance,市财政局,财政局", ["第 6 行 doubtful", "补上"]),
    "cell too many": (UNITS, FINANCE, FINANCE + ",1", ["第 6 行比表头多出“1”"]),
    "bad id": (UNITS, "ly-finance", "市财政局", ["第 6 行 id", "小写字母"]),
    "duplicate id": (UNITS, "ly-finance", "ly-housing", ["第 6 行 id", "ly-housing"]),
    "duplicate name": (UNITS, ",财政局", ",住建局", ["第 6 行", "住建局", "ly-housing"]),
    "name in the other script": (UNITS, ",财政局", ",審計局", ["审计局", "ly-finance"]),
    "sound and doubtful": (UNITS, "赣西区", "老城区", ["第 58 行", "老城区", "ly-laocheng"]),
    "unit without source": (
        UNITS,
        FINANCE,
        FINANCE.replace("A2.2", ""),
        ["第 6 行 source", "填写"],
    ),
    "member unknown": (MEMBERS, "ly-finance", "ly-x", ["第 6 行 unit", "ly-x", "units.csv"]),
    "unknown class": (MEMBERS, MEMBER, "ly-finance,bureau,,,,x", ["第 6 行 class", "county"]),
    "unknown group": (MEMBERS, MEMBER, "ly-finance,member,x,,,x", ["第 6 行 group", "urban"]),
    "member without class": (MEMBERS, MEMBER, "ly-finance,,,,,x", ["第 6 行 class", "填写"]),
    "member twice": (
        MEMBERS,
        MEMBER,
        "ly-finance,member,,,2026-07-01,x\nly-finance,member,,2026-06-30,,x",
        ["第 7 行", "ly-finance", "重叠", "from、to"],
    ),
    "member backwards": (
        MEMBERS,
        MEMBER,
        "ly-finance,member,,2026-07-01,2026-07-01,x",
        ["第 6 行", "ly-finance", "to 应晚于 from"],
    ),
    "member until never": (
        MEMBERS,
        MEMBER,
        "ly-finance,member,,,从来,x",
        ["第 6 行 to", "从来", "日期"],
    ),
    "bad date": (
        NAMES,
        YANSHI,
        YANSHI.replace("03-18", "02-30"),
        ["第 2 行 valid_to", "2021-02-30"],
    ),
    "no end": (NAMES, YANSHI, "ly-yanshi,偃师市,,,", ["第 2 行 valid_to", "日期"]),
    "gap in names": (NAMES, YANSHI, "ly-yanshi,偃师县,,1993-12-01,x\n" + YANSHI, ["第 3 行"]),
    "unknown unit": (NAMES, "ly-yanshi", "ly-x", ["第 2 行 unit", "ly-x", "units.csv"]),
    "change of no kind": (CHANGES, "merge", "join", ["第 3 行 kind", "rename、merge、split"]),
    "change of unknown": (CHANGES, "|ly-jili", "|ly-x", ["第 3 行 before", "ly-x"]),
    "change into nothing": (CHANGES, "ly-mengjin,2021", ",2021", ["第 3 行 after", "填写"]),
    "rename of two": (CHANGES, "merge", "rename", ["第 3 行 kind", "rename", "merge", "split"]),
    "group of unknown": (GROUPS, "|ly-xigong", "|ly-x", ["第 2 行 units", "ly-x", "units.csv"]),
    "parent unknown": (GROUPS, ",ly-transport,", ",ly-x,", ["第 9 行 parent", "ly-x"]),
    "group without words": (GROUPS, "供热企业", "", ["第 8 行 words", "填写"]),
    "group twice": (GROUPS, "parks,", "heating-firms,", ["第 10 行 code", "heating-firms"]),
    "group named as a unit": (GROUPS, "供热企业", "市财政局", ["市财政局", "ly-finance"]),
    "groups alike": (GROUPS, "供热企业", "各县区", ["第 8 行", "各县区", "all-counties"]),
    "group without origin": (GROUPS, "供热企业,,,A2.3", "供热企业,,,", ["第 8 行", "source"]),
    "group decided by nobody": (GROUPS, ",A0.6,bundled-default,", ",,,", ["第 4 行", "decided_by"]),
}  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A copy of the bundled programme and its place, to be damaged."""
    bundled = Path(loader.__file__).parent
    for name in (SLUG, PLACE):
        shutil.copytree(bundled / name, tmp_path / name)
    return tmp_path / SLUG


def refusal(home: Path, slug: str = SLUG) -> str:
    with pytest.raises(ProgrammeRefused) as refused:
        loader.load(slug, home.parent)
    return str(refused.value)


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(("file", "old", "new", "said"), BROKEN.values(), ids=BROKEN)
def test_a_broken_folder_is_refused_by_file_and_key(
    home: Path, file: str, old: str, new: str, said: list[str]
) -> None:
    replace(home.parent / file, old, new)
    sentence = refusal(home)
    assert sentence.startswith(f"{file}：")
    assert [part for part in said if part not in sentence] == []


def test_a_unit_that_merged_away_must_have_ended_that_day(home: Path) -> None:
    replace(home.parent / NAMES, JILI, "ly-jili,吉利矿区,,2021-03-18")
    sentence = refusal(home)
    assert sentence.startswith(f"{CHANGES}：第 3 行")
    assert "ly-jili" in sentence
    assert "names.csv" in sentence
    assert "2021-03-18" in sentence


@pytest.mark.parametrize("file", [TOML, MEMBERS, UNITS, NAMES])
def test_a_missing_file_is_named(home: Path, file: str) -> None:
    (home.parent / file).unlink()
    assert f"{file}：没有这个文件" in refusal(home)


@pytest.mark.parametrize("file", [CHANGES, GROUPS])
def test_a_place_may_do_without_changes_and_groups(home: Path, file: str) -> None:
    (home.parent / file).unlink()
    loaded = loader.load(SLUG, home.parent)
    assert (file == CHANGES, file == GROUPS) == (not loaded.changes, not loaded.groups)


@pytest.mark.parametrize("file", [TOML, MEMBERS, UNITS, NAMES, CHANGES, GROUPS])
def test_a_file_that_is_not_utf8_is_refused(home: Path, file: str) -> None:
    path = home.parent / file
    path.write_bytes((path.read_text("utf-8") + "洛阳").encode("gb18030"))
    assert f"{file}：不是 UTF-8" in refusal(home)


def test_a_programme_may_hold_its_place_itself(home: Path) -> None:
    for name in ("units", "names", "changes", "groups"):
        shutil.copy(home.parent / PLACE / f"{name}.csv", home)
    replace(home / "programme.toml", 'units_from = "luoyang"\n', "")
    own, bundled = loader.load(SLUG, home.parent), loader.load(SLUG)
    assert (own.names, own.members, own.changes) == (
        bundled.names,
        bundled.members,
        bundled.changes,
    )


def test_a_programme_with_two_places_is_refused(home: Path) -> None:
    shutil.copy(home.parent / UNITS, home)
    sentence = refusal(home)
    assert sentence.startswith(f"{TOML}：")
    assert "units_from" in sentence
    assert "units.csv" in sentence


def test_an_offices_own_place_goes_before_the_bundled_one(home: Path) -> None:
    replace(home.parent / UNITS, "市财政局", "市财政税务局")
    assert "市财政税务局" in {name.name for name, _ in loader.load(SLUG, home.parent).names}
    shutil.rmtree(home.parent / PLACE)
    assert loader.load(SLUG, home.parent).names == loader.load(SLUG).names


def test_a_programme_says_for_itself_whom_words_mean(home: Path) -> None:
    row = "urban,各城市区,ly-jianxi|ly-mengjin,,,某办公室,2026-11-22"
    head = (home.parent / GROUPS).read_text("utf-8").splitlines()[0]
    (home / "groups.csv").write_text(f"{head}\n{row}\n", "utf-8")
    groups = {group.code: group.units for group in loader.load(SLUG, home.parent).groups}
    assert groups["urban"] == ("ly-jianxi", "ly-mengjin")
    assert len(groups["central"]) == 7


def test_a_unit_may_leave_and_come_back_in_another_class(home: Path) -> None:
    rows = "ly-finance,member,,,2026-07-01,x\nly-finance,county,urban,2026-07-01,,x"
    replace(home.parent / MEMBERS, MEMBER, rows)
    found = [m for m in loader.load(SLUG, home.parent).members if m.unit == "ly-finance"]
    assert [(m.class_code, m.valid_from, m.valid_to) for m in found] == [
        ("member", date.min, date(2026, 7, 1)),
        ("county", date(2026, 7, 1), None),
    ]


def test_a_doubtful_word_may_stand_at_several_units_and_is_no_name(home: Path) -> None:
    loaded = loader.load(SLUG)
    doubtful = [(name.name, name.unit) for name, kind in loaded.names if kind == "doubtful"]
    assert {unit for word, unit in doubtful if word == "宜川县"} == {"ly-yichuan", "ly-yiyang"}
    assert "宜川县" not in {name.name for name, kind in loaded.names if kind != "doubtful"}


@pytest.mark.parametrize("slug", ["luoyang-351x", PLACE, "", "..", "../programmes"])
def test_an_unknown_programme_is_answered_with_the_known_ones(home: Path, slug: str) -> None:
    sentence = refusal(home, slug)
    assert [known for known in (SLUG, "luoyang-351") if known not in sentence] == []


def test_files_saved_by_a_spreadsheet_program_load(home: Path) -> None:
    for file in (TOML, MEMBERS, UNITS, NAMES, CHANGES, GROUPS):
        text = (home.parent / file).read_text("utf-8")
        (home.parent / file).write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    assert loader.load(SLUG, home.parent) == loader.load(SLUG)


def test_an_offices_own_folder_goes_before_the_bundled_one(home: Path) -> None:
    replace(home.parent / TOML, '"2026-1"', '"2026-2"')
    assert loader.load(SLUG, home.parent).programme.label == "2026-2"
    assert loader.load(SLUG, home / "nowhere").programme.label == "2026-1"


def test_the_bundled_programmes_and_an_offices_own_are_available(home: Path) -> None:
    shutil.copytree(home, home.with_name("our-own"))
    assert SLUG in loader.available()
    assert {SLUG, "our-own"} <= set(loader.available(home.parent))


def test_a_place_is_not_a_programme() -> None:
    assert PLACE not in loader.available()


def test_a_name_that_another_unit_once_bore_is_refused(home: Path) -> None:
    replace(home.parent / NAMES, "偃师市", "涧西区")
    assert f"{UNITS}：第 58 行的名称“涧西区”已经属于 ly-yanshi" in refusal(home)


def test_a_unit_may_bear_an_old_name_again(home: Path) -> None:
    again = "ly-yanshi,偃师区,,1980-01-01,x\nly-yanshi,偃师市,1980-01-01,2021-03-18,"
    replace(home.parent / NAMES, YANSHI, again)
    assert len(loader.load(SLUG, home.parent).names) == len(loader.load(SLUG).names) + 1


def test_a_unit_that_is_gone_is_called_what_it_was_last() -> None:
    names = [name for name, kind in loader.load(SLUG).names if kind == "name"]
    assert name_on(names, "ly-jili", date(2021, 3, 17)) == "吉利区"
    assert name_on(names, "ly-jili", date(2021, 3, 31)) == "吉利区"  # owes for its last month
