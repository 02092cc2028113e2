"""Sending: every attempt is written down first, and one bad case stays alone (S16)."""

from email import message_from_string, policy

import pytest

from flows.weekly import Stage, weekly
from models.base import reading, writing
from models.verify import verify
from tasks import dispatches
from tasks.work import Work, simulated
from tests.build import NAMES, SLUG, appoint, nov, person, sql
from tests.flows.week import mails, messages, run, send, set_up

R1 = nov(12, "16:00")
LATER = nov(12, "16:02")


@pytest.fixture
def fixture_f(home):
    set_up()
    return home


def outcomes():
    found = (
        "SELECT m.state, a.number, a.outcome FROM attempt a JOIN message m ON m.id = a.message_id"
    )
    return sorted(sql(f"{found} WHERE m.kind = 'remind'"))


def die_while_sending():
    """The bytes sent by a worker that is killed after the relay's 250 and before its commit."""
    with simulated(R1):
        weekly(SLUG, occasion="2026-W46")
    work = Work(SLUG, "", "", R1, 1)
    with writing() as session:
        leased, _ = dispatches._lease(session, work, 100, {})
    return sorted(message.body for message in leased)


def test_after_a_death_the_same_bytes_go_out_again_once(fixture_f):
    sent = die_while_sending()
    run(R1)
    assert mails(fixture_f) == []  # the lease still holds
    run(LATER)
    assert sent == sorted(mail.encode() for mail in mails(fixture_f))
    assert outcomes() == [("sent", 1, "unknown")] * 4 + [("sent", 2, "sent")] * 4
    run(nov(12, "16:10"))
    assert messages("remind") == {("email", "liaison"): 4}
    assert len(mails(fixture_f)) == len(sent)


def test_what_was_reported_after_a_death_is_not_sent_again(fixture_f):
    die_while_sending()
    send(fixture_f, "国网洛阳供电公司", nov(12, "16:01"))
    run(LATER)
    assert ("unknown", 1, "unknown") in outcomes()
    assert messages("remind", "unknown") == {("email", "liaison"): 1}
    assert messages("remind") == {("email", "liaison"): 3}
    assert sql("SELECT state FROM reminder WHERE rung = 'R1' AND state = 'queued'") == []
    with reading() as session:
        assert verify(session, fixture_f) == []


def test_what_was_reported_while_it_waited_is_cleared(fixture_f):
    run(R1, [Stage.OPEN])
    with simulated(R1):
        weekly(SLUG, occasion="2026-W46", stages=[Stage.REMIND])
    send(fixture_f, "涧西区", R1)
    run(R1, [Stage.COLLECT, Stage.VALIDATE])
    assert messages("remind") == {("email", "liaison"): 3}
    assert messages("remind", "cleared") == {("email", "liaison"): 1}


@pytest.mark.parametrize(
    "address", ["张三@涧西区", "nobody", "a@b.cn; c@d.cn", "a@b.cn\nBcc: c@d.cn"]
)
def test_one_bad_address_keeps_nobody_waiting(fixture_f, address):
    appoint([person("ly-jianxi", email=address)])
    run(R1)
    assert messages("remind") == {("email", "liaison"): 4}
    assert messages("remind", "failed") == {("email", "liaison"): 1}


def test_a_mail_that_cannot_be_written_is_tried_again_after_its_lease(fixture_f):
    (fixture_f / "outbox").mkdir()
    (fixture_f / "outbox" / "email").write_text("in the way")
    run(R1)
    assert outcomes() == [("leased", 1, "failed")] * 4
    (fixture_f / "outbox" / "email").unlink()
    run(LATER)
    assert outcomes() == [("sent", 1, "failed")] * 4 + [("sent", 2, "sent")] * 4


def test_one_person_for_several_units_gets_one_mail_that_names_them_all(fixture_f):
    sql("DELETE FROM appointment")
    appoint([person("ly-jianxi")])
    since = "SELECT valid_from, confirmed_at, recorded_at FROM appointment"
    [(start, confirmed, recorded)] = sql(since)
    for unit in ("ly-yanshi", "ly-finance"):
        sql(
            "INSERT INTO appointment (officer_id, unit_id, role, valid_from, confirmed_at,"
            " recorded_at) SELECT officer_id, :unit, role, :start, :confirmed, :recorded"
            " FROM appointment WHERE unit_id = 'ly-jianxi'",
            unit=unit,
            start=start,
            confirmed=confirmed,
            recorded=recorded,
        )
    run(R1)
    assert messages("remind") == {("email", "liaison"): 1}
    [mail] = mails(fixture_f)
    text = message_from_string(mail, policy=policy.default).get_content()
    assert [NAMES[unit] in text for unit in NAMES] == [True, True, True, False]
