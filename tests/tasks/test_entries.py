"""A line of an officers' list means the unit that its programme means by the word."""

import pytest

from deployments.prepare import prepare
from domain.errors import Refused
from models.base import reading
from tasks.appointments import confirm, import_officers
from tasks.entries import unit_named
from tests.build import START, contents, nov, tamper

HEADS = "单位,角色,姓名,邮箱,手机,起,止,已确认,方案,办公室代码"
NOW = nov(12, "15:00")


@pytest.fixture
def registers(database):
    prepare(START, demo=False)


def enter(*lines):
    """A list with one person for each unit and programme."""
    rows = [
        f"{unit},联络员,张三{n},zhang{n}@x.example,,,,否,{slug},"
        for n, (unit, slug) in enumerate(lines)
    ]
    content = "\n".join((HEADS, *rows)).encode()
    return import_officers("名单.csv", content, NOW, dry_run=False)


def test_a_word_is_read_as_the_programme_of_its_line_means_it(registers):
    done = enter(
        ("偃师市", "henan-baicheng"),
        ("偃师市", "luoyang-renewal"),
        ("澗西區", ""),
        ("省財政廳", "henan-baicheng"),
        ("ly-finance", ""),
        ("ly-grid", "luoyang-351"),
    )
    assert [f.sentence for f in done.faults] == []
    units = "ha-yanshi ly-yanshi ly-jianxi ha-finance ly-finance ly-grid"
    assert [step.post.unit for step in done.steps] == units.split()


@pytest.mark.parametrize(
    ("unit", "slug", "rule", "words"),
    [
        ("偃师市", "", "several_units", ("ha-yanshi、ly-yanshi", "方案代码")),
        ("市财政局", "tongliang-renewal", "not_in_programme", ("tongliang-renewal", "没有参加")),
        ("市纪委监委", "luoyang-351", "not_in_programme", ("市纪委监委",)),
        ("ly-jianxi", "henan-baicheng", "not_in_programme", ("henan-baicheng",)),
        ("各城市区", "", "unknown_unit", ("没有“各城市区”",)),
        ("宜川县", "luoyang-renewal", "unknown_unit", ("伊川县",)),
    ],
)
def test_a_word_that_names_no_one_unit_of_the_programme_is_a_fault(
    registers, unit, slug, rule, words
):
    before = contents()
    [fault] = enter((unit, slug)).faults
    assert (fault.column, fault.rule, contents() == before) == ("unit", rule, True)
    assert [word for word in words if word not in fault.sentence] == []


def test_a_command_understands_a_unit_as_a_list_does(registers):
    enter(("偃师市", "henan-baicheng"))
    for slug, key in (("", "several_units"), ("x", "unknown_programme")):
        with pytest.raises(Refused) as refusal:
            confirm("偃师市", "liaison", NOW, slug)
        assert refusal.value.key == f"officers_fault.{key}"
    [post] = confirm("偃师市", "liaison", NOW, "henan-baicheng")
    assert post.unit == "ha-yanshi"
    with reading() as session:
        assert unit_named(session, " 澗西區", "", NOW) == "ly-jianxi"


def test_a_host_and_who_has_a_task_count_beside_the_members(registers):
    tamper("DELETE FROM membership WHERE programme = 'luoyang-351'")
    done = enter(*((unit, "luoyang-351") for unit in ("ly-civility", "ly-metro", "ly-finance")))
    assert [f.sentence for f in done.faults] == []
    [fault] = enter(("ly-discipline", "luoyang-351")).faults
    assert fault.rule == "not_in_programme"
