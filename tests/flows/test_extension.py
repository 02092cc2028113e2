"""The office gives more time or lets a unit off, in the middle of a week of Fixture F (S8)."""

from email import message_from_string, policy

import pytest

from domain.errors import Refused
from domain.history import Kind
from domain.obligation import Flag
from models.base import reading
from models.verify import verify
from tasks.decisions import decide
from tasks.extensions import Chosen, exempt, extend
from tasks.plans import Pipeline, agenda
from tests.build import NAMES, SLUG, WEEK, contents, nov, sql
from tests.flows.week import mails, run, send, set_up, stands

FINANCE, MONDAY = "市财政局", nov(16, "12:00")
CHOSEN = Chosen(SLUG, WEEK, [FINANCE], "预算口径要与省厅核对")


@pytest.fixture
def thursday(home):
    """R1 has gone out."""
    set_up()
    run(nov(12, "16:00"))
    return home


@pytest.fixture
def anywhere(database, thursday):
    """The same on each kind of database."""
    return thursday


def told(unit="ly-finance"):
    """What went out by mail about a unit: its rung or kind, and to which role."""
    found = """
        SELECT m.kind, r.rung, m.role FROM message m JOIN message_subject s ON s.message_id = m.id
        JOIN obligation o ON o.id = s.obligation_id LEFT JOIN reminder r ON r.id = s.reminder_id
        WHERE o.debtor = :unit AND m.channel = 'email' AND m.state = 'sent' ORDER BY m.id"""
    return [(row[1] or row[0], row[2]) for row in sql(found, unit=unit)]


def corrections(home):
    parsed = [message_from_string(mail, policy=policy.default) for mail in mails(home)]
    return [(m["To"], m["Subject"], m.get_content()) for m in parsed if "更正" in m["Subject"]]


def test_s08_more_time_is_told_once_and_the_rungs_follow(anywhere):
    [row] = extend(CHOSEN, MONDAY, nov(13, "10:00"))
    assert (row["due_at"], row["nominal_due_at"]) == (MONDAY, nov(13, "16:00"))
    for at in (nov(13, "10:00"), nov(13, "10:01"), nov(13, "14:00"), nov(13, "16:00:01")):
        run(at)
        run(at)
    standing = stands(FINANCE, nov(13, "16:00:01"))
    assert (standing.state, standing.flags, standing.due_at) == ("pending", {Flag.EXTENDED}, MONDAY)
    assert stands("国网洛阳供电公司", nov(13, "16:00:01")).state == "missing"
    [(to, subject, text)] = corrections(anywhere)
    assert (to, "11月16日（周一）12:00" in subject) == ("liaison@ly-finance.example", True)
    assert [w in text for w in ("11月13日（周五）16:00", "预算口径要与省厅核对")] == [True, True]
    assert told() == [("R1", "liaison"), ("corrected", "liaison")]
    for at in (nov(13, "17:00"), nov(16, "09:00"), nov(16, "09:59")):
        run(at)
    assert told() == [("R1", "liaison"), ("corrected", "liaison")]
    run(nov(16, "10:00"))
    assert told()[2:] == [("R2", "liaison")]
    assert sql("SELECT count(*) FROM message WHERE channel = 'sms' AND kind = 'corrected'") == [
        (0,)
    ]
    before, sent = contents(), mails(anywhere)
    run(nov(16, "10:00"))
    assert (contents(), mails(anywhere)) == (before, sent)
    with reading() as session:
        assert verify(session, anywhere) == []


def test_the_runs_ahead_follow_the_new_instants(thursday):
    extend(CHOSEN, MONDAY, nov(13, "10:00"))
    found = agenda(Pipeline(SLUG, "office"), nov(13, "16:01"), nov(17, "12:00"))
    of_week = [(m.at, m.reason, m.rung) for m in found if m.occasion == WEEK]
    assert {
        (nov(16, "10:00"), "rung", "R2"),
        (nov(16, "12:01"), "due", ""),
        (nov(16, "13:00"), "rung", "R3"),
        (nov(17, "09:00"), "rung", "R4"),
    } <= set(of_week)


def test_what_nobody_was_told_of_needs_no_correction(home):
    set_up()
    run(nov(9, "08:00"))
    [row] = extend(CHOSEN, MONDAY, nov(10, "10:00"))
    assert row["told"] == "还没有告知"
    for at in (nov(10, "10:01"), nov(12, "16:00"), nov(13, "14:00")):
        run(at)
    assert (corrections(home), told()) == ([], [])  # R1 is on Sunday now: Monday at 8
    run(nov(16, "08:00"))
    assert told() == [("R1", "liaison")]


def test_two_changes_in_a_night_are_one_word_about_the_last(thursday):
    extend(CHOSEN, nov(16, "09:00"), nov(13, "21:30"))
    extend(CHOSEN, MONDAY, nov(13, "22:30"))
    run(nov(13, "23:00"))
    assert corrections(thursday) == []
    run(nov(16, "08:00"))
    [(_, subject, text)] = corrections(thursday)
    assert "12:00" in subject
    assert "原定时限：11月13日（周五）16:00" in text  # the one they know


def test_whoever_is_let_off_is_told_once_and_reminded_no_more(anywhere):
    exempt(CHOSEN, nov(13, "10:00"))
    for at in ("13 10:01", "13 14:00", "13 17:00", "16 09:00"):
        day, clock = at.split()
        run(nov(int(day), clock))
    assert stands(FINANCE, nov(16, "09:00")).state == "exempt"
    [(to, subject, _)] = corrections(anywhere)
    assert (to, "不用报了" in subject) == ("liaison@ly-finance.example", True)
    assert told() == [("R1", "liaison"), ("corrected", "liaison")]
    kinds = sql(
        "SELECT kind FROM obligation_event e JOIN obligation o ON o.id = e.obligation_id"
        " WHERE o.debtor = 'ly-finance' ORDER BY e.id"
    )
    assert [kind for (kind,) in kinds][-1] == Kind.EXEMPTED  # that is no due instant to announce


def test_more_time_after_all_makes_it_owed_again_with_its_rungs(thursday):
    exempt(CHOSEN, nov(13, "10:00"))
    run(nov(13, "14:00"))  # R2 is cleared
    [row] = extend(CHOSEN, MONDAY, nov(13, "15:00"))
    assert (row["due_at"], row["state"]) == (MONDAY, "pending")
    for at in (nov(13, "15:01"), nov(16, "10:00"), nov(16, "13:00"), nov(17, "09:00")):
        run(at)
    assert told() == [
        ("R1", "liaison"),
        ("corrected", "liaison"),
        ("corrected", "liaison"),
        ("R2", "liaison"),
        ("R3", "liaison"),
        ("R3", "deputy"),
        ("R4", "head"),
    ]
    [anew] = [text for _, subject, text in corrections(thursday) if "时限改为" in subject]
    assert "原定时限：免报" in anew


def test_who_was_let_off_by_mistake_gets_the_old_deadline_back(thursday):
    exempt(CHOSEN, nov(13, "10:00"))
    [row] = extend(CHOSEN, nov(13, "16:00"), nov(13, "10:05"))
    assert (row["due_at"], row["state"]) == (nov(13, "16:00"), "pending")
    run(nov(13, "14:00"))
    assert ("R2", "liaison") in told()


def test_one_person_for_several_units_gets_one_correction(thursday):
    mine = "SELECT officer_id FROM appointment WHERE unit_id = 'ly-finance' AND role = 'liaison'"
    sql(f"UPDATE appointment SET officer_id = ({mine}) WHERE role = 'liaison'")
    extend(Chosen(SLUG, WEEK, list(NAMES.values()), "统一延期"), MONDAY, nov(13, "10:00"))
    run(nov(13, "10:01"))
    [(_, _, text)] = corrections(thursday)
    assert all(unit in text for unit in NAMES.values())


def test_who_reported_in_the_longer_time_is_on_time(thursday):
    extend(CHOSEN, MONDAY, nov(13, "10:00"))
    send(thursday, FINANCE, nov(16, "09:00"))
    run(nov(16, "10:00"))
    assert stands(FINANCE, nov(16, "10:00")).state == "on_time"
    assert told() == [("R1", "liaison"), ("corrected", "liaison"), ("receipt", "liaison")]


def test_more_time_is_never_less_than_a_return_gives(thursday):
    send(thursday, FINANCE, nov(13, "15:00"))
    run(nov(13, "15:01"))
    [(receipt,)] = sql("SELECT id FROM receipt")
    decide(receipt, "returned", "数字不符", nov(16, "10:00"))
    with pytest.raises(Refused, match="11月18日（周三）24:00") as refusal:
        extend(CHOSEN, nov(17, "12:00"), nov(16, "11:00"))
    assert refusal.value.key == "extend.not_later"
    extend(CHOSEN, nov(20, "12:00"), nov(16, "11:00"))
    assert stands(FINANCE, nov(19, "09:00")).state == "pending"


def test_an_occasion_opened_after_its_deadline_blames_nobody(home):
    set_up()
    run(nov(16, "09:00"))
    assert {stands(unit, nov(16, "09:01")).state.value for unit in NAMES.values()} == {"exempt"}
    assert (mails(home), sql("SELECT count(*) FROM reminder")) == ([], [(0,)])
    [(reason,)] = sql("SELECT DISTINCT reason FROM obligation_event WHERE kind = 'exempted'")
    assert reason == "opening.too_late"
    send(home, FINANCE, nov(16, "10:00"))
    run(nov(16, "10:01"))
    assert stands(FINANCE, nov(16, "10:01")).content is not None  # what comes is kept
    extend(CHOSEN, nov(18, "12:00"), nov(16, "11:00"))
    assert stands(FINANCE, nov(16, "11:00")).state == "on_time"


def test_who_has_reported_on_time_needs_neither_time_nor_leave(thursday):
    send(thursday, FINANCE, nov(13, "15:00"))
    run(nov(13, "15:01"))
    before = contents()
    for change in (
        lambda: extend(CHOSEN, MONDAY, nov(13, "15:30")),
        lambda: exempt(CHOSEN, MONDAY),
    ):
        with pytest.raises(Refused, match="市财政局 2026-W46 已经按时报送"):
            change()
    assert contents() == before
