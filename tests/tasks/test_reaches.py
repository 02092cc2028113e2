"""Whether a unit is reached is judged office by office, by whom that office would write to."""

import pytest

from deployments.prepare import prepare
from domain.sentences import say
from models.base import reading
from tasks.appointments import import_officers
from tasks.reaches import unreached
from tasks.recipients import by_role
from tasks.work import Work, loaded
from tests.build import START, nov

SLUG = "luoyang-351"
NOW = nov(12, "15:00")
UNIT = "ly-planning"
REPORTS = ["annex-2", "annex-6"]  # it leads tasks of annex-4 too, which collects nothing
OFFICES = [f"annex-{n}" for n in range(1, 7)]
HEADS = "单位,角色,姓名,邮箱,手机,起,止,已确认,方案,办公室代码"


@pytest.fixture
def registers(database):
    prepare(START, demo=False)


def enter(*lines, at=NOW):
    """Appointments of one unit that reports to two of six offices, each as cells."""
    content = "\n".join((HEADS, *(f"{UNIT},{line}" for line in lines))).encode()
    assert import_officers("名单.csv", content, at, dry_run=False).faults == []


def gaps(at=NOW, days=7):
    """What is wrong with its liaisons: the gap, and which offices it names."""
    names = {name.unit: name.name for name, kind in loaded(SLUG).names if kind == "name"}
    rows = [r for r in unreached(SLUG, at, days) if r["unit"] == names[UNIT]]
    told = [(r["gap"], [o for o in OFFICES if f"（{o}）" in r["finding"]]) for r in rows]
    return [(gap, offices) for gap, offices in told if gap != "no_office"]


WIDE = "联络员,张三,zhang@x.example,,,,是,,"


def test_a_liaison_of_one_office_is_none_of_the_other(registers):
    enter(f"联络员,张三,zhang@x.example,,,,是,{SLUG},annex-2")
    assert gaps() == [("no_one", ["annex-6"])]


def test_a_narrow_liaison_without_mail_does_not_hide_behind_a_wide_one(registers):
    enter(WIDE, f"联络员,李四,,13900000001,,,是,{SLUG},annex-2")
    assert gaps() == [("phone_only", ["annex-2"])]
    with reading() as session:  # as sending has it
        [told] = by_role(session, Work(SLUG, "annex-2", "", NOW, 0), [UNIT]).values()
    assert [p.channels for p in told] == [{"sms"}]


def test_who_goes_on_for_all_offices_stands_behind_who_goes(registers):
    enter(WIDE, f"联络员,李四,li@x.example,,,2026-11-14,是,{SLUG},annex-2")
    assert gaps() == []
    enter("联络员,张三,zhang@x.example,,,2026-11-15,是,,", at=nov(12, "16:00"))
    later = nov(12, "17:00")
    assert gaps(later, days=1) == []
    assert gaps(later) == [("ends", ["annex-2"]), ("ends", ["annex-6"])]


def test_a_unit_that_reports_to_an_office_is_asked_about_that_one_only(registers):
    enter(*(f"联络员,张三,zhang@x.example,,,,是,{SLUG},{office}" for office in REPORTS))
    assert gaps() == []


def test_an_office_without_a_mailbox_is_named_where_there_are_several(registers):
    rows = [r for r in unreached(SLUG, NOW, 7) if r["gap"] == "no_office"]
    named = [[o for o in OFFICES if f"（{o}）" in r["finding"]] for r in rows]
    assert sorted(named) == [[office] for office in OFFICES]  # each sits at another unit
    [alone] = [r for r in unreached("luoyang-renewal", NOW, 7) if r["gap"] == "no_office"]
    assert alone["finding"] == say("officers_gap.no_office")
