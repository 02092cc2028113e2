"""A list is entered whole or not at all, and entering it again changes nothing."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from threading import Barrier, BrokenBarrierError

import pytest

from domain.errors import Refused
from models import appointment as register
from models.audit import AuditEvent
from models.base import engine, reading, writing
from models.message import Message
from models.officer import AppointmentRow, Officer, appointments_at, contacts
from models.verify import verify
from tasks.appointments import confirm, import_officers
from tasks.recipients import by_role
from tasks.work import Work
from tests.build import SLUG, WEEK, appoint, contents, count, nov, person, some_units, sql

NOW = nov(12, "15:00")
HEADS = "单位,角色,姓名,邮箱,手机,起,止,已确认,方案,办公室代码"
ROSTER = (
    "涧西区,联络员,张三,zhang@jianxi.example,13900000001,,,是,,",
    "涧西区,副联络员,钱七,qian@jianxi.example,13900000002,,,是,,",
    "偃师区,联络员,李四,,0379-63900000,2026-01-01,,否,,",
    f"国网洛阳供电公司,联络员,赵六,zhao@grid.example,,,,是,{SLUG},office",
    f"国网洛阳供电公司,联络员,赵六,zhao@grid.example,,,,是,{SLUG},",
)


@pytest.fixture
def units(database):
    with writing() as session:
        some_units(session)
    return database


def enter(*lines, at=NOW, dry_run=False):
    return import_officers("名单.csv", "\n".join((HEADS, *lines)).encode(), at, dry_run=dry_run)


def acts(done):
    return [step.act for step in done.steps]


def holder(unit, at, role="liaison", office="office"):
    """The mailbox or phone that is written to."""
    with reading() as session:
        people = by_role(session, Work(SLUG, office, WEEK, at, 1), [unit]).get((unit, role), [])
        reach = contacts(session, [p.officer for p in people])
    return [c.email or c.phone for c in reach.values()]


def test_a_list_becomes_appointments_with_their_scopes(units, home):
    assert acts(enter(*ROSTER)) == ["entered"] * 5
    assert (count(Officer), count(AppointmentRow)) == (4, 5)
    scopes = sql("SELECT programme, office FROM appointment_scope ORDER BY office")
    assert scopes == [(SLUG, ""), (SLUG, "office")]
    assert holder("ly-jianxi", NOW) == ["zhang@jianxi.example"]
    with reading() as session:
        assert verify(session, home) == []


def test_the_same_list_again_changes_nothing(units):
    enter(*ROSTER)
    before = contents()
    for at in (NOW, nov(13, "09:00")):
        assert acts(enter(*ROSTER, at=at)) == ["kept"] * 5
        assert contents() == before


def test_a_trial_writes_nothing_and_says_the_same(units):
    enter(*ROSTER)
    before = contents()
    b = "涧西区,联络员,周八,zhou@jianxi.example,,2026-11-20,,是,,"
    tried = enter(b, dry_run=True)
    assert contents() == before
    done = enter(b)
    assert [(s.act, s.post, s.ended) for s in tried.steps] == [
        (s.act, s.post, s.ended) for s in done.steps
    ]
    assert contents() != before


def test_one_fault_keeps_every_line_out(units):
    before = contents()
    done = enter(*ROSTER, "涧东区,联络员,孙九,sun@x.example,,,,,,")
    assert ([f.rule for f in done.faults], done.steps) == (["unknown_unit"], ())
    assert contents() == before


def test_a_comma_too_many_is_a_fault_of_the_row(units):
    done = enter("涧西区,联络员,张三,zhang@x.example,,,,,,,多")
    assert [(f.row, f.column, f.rule) for f in done.faults] == [(2, "row", "longer")]


def test_a_successor_is_told_from_the_first_instant_and_the_end_is_under_audit(units, home):
    enter(*ROSTER)
    enter("涧西区,联络员,周八,zhou@jianxi.example,,2026-11-13,,是,,")
    assert holder("ly-jianxi", nov(12, "23:59:59")) == ["zhang@jianxi.example"]
    assert holder("ly-jianxi", nov(13)) == ["zhou@jianxi.example"]
    updates = "SELECT count(*) FROM audit_event WHERE action = 'update' AND subject = 'appointment'"
    assert sql(updates) == [(1,)]
    with reading() as session:
        assert verify(session, home) == []


def test_new_addresses_are_the_old_persons(units):
    enter(*ROSTER)
    done = enter("涧西区,联络员,张三,new@jianxi.example,13900000001,,,,,")
    assert (acts(done), count(Officer), count(AppointmentRow)) == (["changed"], 4, 5)
    assert holder("ly-jianxi", nov(13)) == ["new@jianxi.example"]


def test_a_scoped_holder_counts_at_that_office_only(units):
    enter("国网洛阳供电公司,联络员,赵六,zhao@grid.example,,,,是,,")
    enter(f"国网洛阳供电公司,联络员,吴十,wu@grid.example,,,,是,{SLUG},office", at=nov(12, "16:00"))
    later = nov(12, "17:00")
    assert holder("ly-grid", later) == ["wu@grid.example"]
    assert holder("ly-grid", later, office="another") == ["zhao@grid.example"]
    with reading() as session:
        [everywhere] = appointments_at(session, ["ly-grid"], later, later)
        assert contacts(session, [everywhere.officer])[everywhere.officer].name == "赵六"


def test_the_office_is_told_only_of_those_who_were_not_the_first(units):
    appoint([replace(person("ly-finance", "office"), unit="ly-finance")])
    enter(*ROSTER)
    assert count(Message) == 0


def test_a_confirmation_is_put_on_record_once(units, home):
    enter(*ROSTER)
    [post] = confirm("偃师市", "联络员", NOW, SLUG)
    assert sql("SELECT count(*) FROM appointment WHERE confirmed_at IS NULL") == [(0,)]
    with pytest.raises(Refused, match="不用再登记"):
        confirm("偃师区", "liaison", NOW)
    with reading() as session:
        assert (post.unit, verify(session, home)) == ("ly-yanshi", [])


def test_the_trail_and_the_errors_name_nobody(units):
    enter(*ROSTER)
    with engine().connect() as connection:
        trail = repr(connection.exec_driver_sql("SELECT * FROM audit_event").fetchall())
    done = enter(*ROSTER, "涧西区,联络员,周八,zhou(at)jianxi.example,1390000,,,,,")
    shown = trail + repr(done)
    people = ("张三", "zhang", "13900000001", "李四", "63900000", "周八", "zhou", "1390000")
    assert count(AuditEvent) > 0
    assert not [word for word in people if word in shown]


def test_two_imports_at_once_come_to_the_same_as_one(units):
    with ThreadPoolExecutor(2) as threads:
        both = list(threads.map(lambda _: enter(*ROSTER), range(2)))
    assert sorted(acts(done)[0] for done in both) == ["entered", "kept"]
    assert (count(Officer), count(AppointmentRow)) == (4, 5)


def test_two_imports_at_once_enter_a_person_of_two_units_once(units, monkeypatch):
    both = Barrier(2)
    enter_people = register.new_officers

    def together(session, posts):
        with suppress(BrokenBarrierError):  # the other one may have to wait, and then cannot come
            both.wait(timeout=1)
        return enter_people(session, posts)

    monkeypatch.setattr(register, "new_officers", together)
    lines = [f"{unit},副联络员,张三,zhang@x.example,,,,是,," for unit in ("涧西区", "偃师区")]
    with ThreadPoolExecutor(2) as threads:
        done = list(threads.map(enter, lines))
    assert [acts(d) for d in done] == [["entered"], ["entered"]]
    assert (count(Officer), count(AppointmentRow)) == (1, 2)


def test_a_mailbox_in_capitals_is_the_same_mailbox(units):
    enter("涧西区,联络员,李四,Li@x.example,,,,是,,")
    done = enter("涧西区,联络员,李四,li@X.example,,,,是,,", at=nov(12, "16:00"))
    assert (acts(done), count(Officer)) == (["kept"], 1)


def test_a_unit_the_folder_has_and_nobody_enrolled_is_unknown(units):
    [fault] = enter("西工区,联络员,李四,li@x.example,,,,是,,").faults
    assert fault.rule == "unknown_unit"
