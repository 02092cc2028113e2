"""A hand-over is decided once for each successor, whoever is written to in the end."""

import pytest

from domain.delegation import Person, Span
from models.base import writing
from models.handover import told_before
from tasks import handovers, openings, reminders
from tasks.appointments import import_officers
from tasks.delegations import stand_in
from tasks.work import Work
from tests.build import NAMES, SLUG, WEEK, appoint, demo, nov, person, some_units, sql

R1, FRIDAY = nov(12, "16:00"), nov(13, "08:00")
HEADS = "单位,角色,姓名,邮箱,手机,起,止,已确认"


def work(at):
    return Work(SLUG, "office", WEEK, at, 1)


def asked():
    """The week is open and R1 has been queued for the liaison of each unit."""
    demo()
    with writing() as session:
        some_units(session)
    appoint([person(unit) for unit in NAMES])
    openings.open_obligations.fn(work(nov(9)), openings.owing_units(work(nov(9))))
    reminders.remind.fn(work(R1), reminders.due_reminders(work(R1)))


@pytest.fixture
def told(database):
    asked()


def successor(*units, since="2026-11-13"):
    lines = [f"{unit},联络员,乙某人,yi@x.example,13900000099,{since},,是" for unit in units]
    done = import_officers("名单.csv", "\n".join([HEADS, *lines]).encode(), R1, dry_run=False)
    assert not done.faults


def messages():
    found = """
        SELECT p.email, count(DISTINCT s.obligation_id), count(DISTINCT a.appointment_id)
        FROM message m JOIN officer p ON p.id = m.officer_id
        JOIN message_subject s ON s.message_id = m.id
        JOIN message_appointment a ON a.message_id = m.id
        WHERE m.kind = 'handover' GROUP BY p.email, m.id"""
    return sql(found)


def test_who_takes_over_two_units_gets_one_mail(told):
    successor("涧西区", "偃师区")
    assert [handovers.hand_over.fn(work(R1)) for _ in range(3)] == [1, 0, 0]
    assert messages() == [("yi@x.example", 2, 2)]


def test_a_hand_over_waits_for_a_working_day_of_the_programme(database, own_copy):
    day = "[[extra_days]]\nday = 2026-11-16\nworking = false\n"
    file = own_copy(SLUG) / "programme.toml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("[[offices]]", f'{day}source = ["x"]\n\n[[offices]]'), "utf-8")
    asked()
    successor("涧西区", since="2026-11-14")
    assert handovers.hand_over.fn(work(nov(13, "18:00"))) == 1
    [(slot,)] = sql("SELECT not_before FROM message WHERE kind = 'handover'")
    assert str(slot)[:16] == "2026-11-17 00:00"  # Tuesday 08:00; the Monday is the programme's own


def test_nobody_new_is_nothing_to_do(told):
    assert handovers.hand_over.fn(work(FRIDAY)) == 0


def test_a_stand_in_for_the_successor_is_written_to(told):
    successor("涧西区")
    deputy = Person(name="孙九", email="sun@x.example")
    stand_in(("涧西区", "liaison", "yi@x.example"), deputy, Span("2026-11-13"), "出差", R1)
    assert handovers.hand_over.fn(work(R1)) == 1
    assert messages() == [("sun@x.example", 1, 1)]


def test_a_stand_in_who_was_told_is_no_predecessor(database):
    demo()
    with writing() as session:
        some_units(session)
    appoint([person(unit) for unit in NAMES])
    openings.open_obligations.fn(work(nov(9)), openings.owing_units(work(nov(9))))
    other = Person(name="孙九", email="sun@x.example")
    stand_in(("涧西区", "liaison", ""), other, Span(until="2026-11-12"), "出差", nov(10))
    reminders.remind.fn(work(R1), reminders.due_reminders(work(R1)))
    assert handovers.hand_over.fn(work(FRIDAY)) == 0


def test_what_a_predecessor_got_is_found_with_who_got_it(told):
    successor("涧西区")
    with writing() as session:
        [found] = told_before(session, SLUG, "office", R1, (nov(1), nov(20)))
        assert told_before(session, SLUG, "annex-1", R1, (nov(1), nov(20))) == []
        assert told_before(session, SLUG, "office", R1, (nov(14), nov(20))) == []
    assert (found.unit, found.role, found.reminder.rung, found.officer) == (
        "ly-jianxi",
        "liaison",
        "R1",
        1,
    )
