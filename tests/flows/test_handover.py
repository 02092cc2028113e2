"""A liaison is succeeded in mid-week: who hears what, from the list to the mail (S9, A3.10)."""

from email import message_from_string, policy

import pytest
from prefect.client.orchestration import get_client

from models.base import reading
from models.verify import verify
from tasks.appointments import confirm, import_officers
from tasks.work import simulated
from tests.build import SLUG, contents, nov, sql
from tests.flows.week import mails, run, send, set_up

GRID = "国网洛阳供电公司"
HEADS = "单位,角色,姓名,邮箱,手机,起,止,已确认"
B = f"{GRID},联络员,乙某人,yi@grid.example,13900000099,2026-11-13,,是"
PERSONAL = ("乙某人", "yi@grid.example", "13900000099")


def enter(at, *lines):
    """A list is imported at an instant."""
    content = "\n".join([HEADS, *lines]).encode()
    with simulated(at):
        done = import_officers("名单.csv", content, at, dry_run=False)
    assert not done.faults
    return done


def told(unit="ly-grid", role="liaison"):
    """Every message about a unit's report that went to a role: kind or rung, whom, when."""
    found = """
        SELECT DISTINCT m.kind, r.rung, m.channel, p.email, a.finished_at, m.id
        FROM message m JOIN message_subject s ON s.message_id = m.id
        JOIN obligation o ON o.id = s.obligation_id JOIN officer p ON p.id = m.officer_id
        JOIN attempt a ON a.message_id = m.id LEFT JOIN reminder r ON r.id = s.reminder_id
        WHERE o.debtor = :unit AND m.role = :role AND m.channel = 'email' ORDER BY m.id"""
    return [(row[1] or row[0], row[3]) for row in sql(found, unit=unit, role=role)]


def handovers(home):
    parsed = [message_from_string(mail, policy=policy.default) for mail in mails(home)]
    return [(m["To"], m.get_content()) for m in parsed if "请接手" in m["Subject"]]


def test_s09_a_successor_gets_one_hand_over_and_the_rungs_from_then_on(database, home):
    set_up()
    run(nov(9, "08:00"))
    enter(nov(12, "15:00"), B)
    for at in (nov(12, "16:00"), nov(12, "16:30"), nov(12, "22:00"), nov(13, "07:59")):
        run(at)
        assert told() == [("R1", "liaison@ly-grid.example")]
    assert handovers(home) == []
    run(nov(13, "08:00"))
    run(nov(13, "08:05"))
    [(to, text)] = handovers(home)
    assert (to, "11月13日（周五）16:00" in text) == ("yi@grid.example", True)
    for at in (nov(13, "14:00"), nov(13, "17:00"), nov(16, "09:00")):
        run(at)
    assert told() == [
        ("R1", "liaison@ly-grid.example"),
        ("handover", "yi@grid.example"),
        ("R2", "yi@grid.example"),
        ("R3", "yi@grid.example"),
    ]
    assert told(role="deputy") == [("R3", "deputy@ly-grid.example")]
    assert len(handovers(home)) == 1
    with reading() as session:
        assert verify(session, home) == []


@pytest.fixture
def thursday(home):
    """R1 has gone out."""
    set_up()
    run(nov(12, "16:00"))
    return home


def test_who_reports_before_the_hand_over_goes_out_needs_none(thursday):
    enter(nov(12, "17:00"), B)
    run(nov(12, "17:00"))
    send(thursday, GRID, nov(13, "07:00"))
    run(nov(13, "07:10"))
    run(nov(13, "08:00"))
    assert handovers(thursday) == []
    assert sql("SELECT state FROM message WHERE kind = 'handover'") == [("cleared",)]


def test_a_successor_before_the_first_rung_needs_no_hand_over(home):
    set_up()
    enter(nov(10, "09:00"), B.replace("2026-11-13", "2026-11-11"))
    run(nov(12, "16:00"))
    run(nov(13, "08:00"))
    assert (handovers(home), told()) == ([], [("R1", "yi@grid.example")])


def test_a_second_deputy_beside_the_first_succeeds_nobody(thursday):
    run(nov(13, "17:00"))
    enter(nov(13, "17:30"), f"{GRID},副联络员,丙某人,bing@grid.example,,,,是")
    run(nov(13, "18:00"))
    assert handovers(thursday) == []


def test_a_successor_replaced_before_the_first_day_is_told_nothing(thursday):
    enter(nov(12, "17:00"), B)
    run(nov(12, "17:05"))
    enter(nov(12, "18:00"), f"{GRID},联络员,丁某人,ding@grid.example,,2026-11-13,,是")
    run(nov(12, "18:05"))
    run(nov(13, "08:00"))
    assert [to for to, _ in handovers(thursday)] == ["ding@grid.example"]


def test_the_office_hears_of_a_change_at_once_and_of_its_confirmation(thursday):
    enter(nov(12, "17:00"), B.replace("是", "否"))
    run(nov(12, "17:05"))
    with simulated(nov(12, "18:00")):
        confirm(GRID, "liaison", nov(12, "18:00"))
    run(nov(12, "18:05"))
    found = [message_from_string(m, policy=policy.default) for m in mails(thursday)]
    changes = [(m["To"], m.get_content()) for m in found if "联络员变动" in m["Subject"]]
    assert [to for to, _ in changes] == ["office@luoyang.example"] * 2
    assert [("尚未确认\n" in text, "，已确认" in text) for _, text in changes] == [
        (True, False),
        (False, True),
    ]
    assert all(f"{GRID}：联络员 乙某人，自 11月13日" in text for _, text in changes)


def test_the_first_liaison_of_a_unit_is_no_change(thursday):
    done = enter(nov(12, "17:00"), "瀍河区,联络员,戊某人,wu@chanhe.example,,,,是")
    assert (done.told, sql("SELECT count(*) FROM message WHERE kind = 'changed'")) == (0, [(0,)])


def test_no_person_is_in_the_trail_or_in_anything_the_server_keeps(thursday, caplog):
    enter(nov(12, "15:00"), B)
    run(nov(12, "16:10"))
    run(nov(13, "08:00"))
    with get_client(sync_client=True) as client:
        kept = [client.read_flow_runs(), client.read_task_runs(), client.read_artifacts()]
    tables = contents(besides=("officer", "message"))
    written = repr(kept) + repr(tables) + caplog.text
    assert not [word for word in PERSONAL if word in written]


def test_a_scoped_liaison_gets_the_rungs_of_that_office_and_the_others_stay(thursday):
    enter(nov(12, "17:00"), f"{GRID},联络员,乙某人,yi@grid.example,,,,是")
    head = f"{HEADS},方案,办公室代码".encode()
    line = f"{GRID},联络员,己某人,ji@grid.example,,,,是,{SLUG},office".encode()
    with simulated(nov(13, "09:00")):
        import_officers("名单.csv", b"\n".join((head, line)), nov(13, "09:00"), dry_run=False)
    run(nov(13, "14:00"))
    after_r1 = told()[1:]
    assert sorted(after_r1) == [("R2", "ji@grid.example"), ("handover", "ji@grid.example")]
    assert sql("SELECT count(*) FROM appointment WHERE valid_to IS NOT NULL") == [(1,)]
