"""One whole week of Fixture F, end to end: who reported, who was told, what the books say."""

from email import message_from_string, policy

import openpyxl
import pytest
from prefect.client.orchestration import get_client

from domain.errors import Refused
from domain.obligation import Flag
from domain.sentences import say
from flows.weekly import Stage
from models.audit import AuditEvent
from models.base import reading
from models.obligation import Obligation
from models.receipt import Receipt
from models.reminder import ReminderRow
from models.run import Run
from models.verify import verify
from tasks.defaults import confirm
from tests.build import NAMES, SLUG, WEEK, contents, count, drop, everyone, local, nov, report, sql
from tests.flows.week import SENT, mails, messages, run, send, set_up, stands, states

R1 = {("email", "liaison"): 4}
R2 = {("email", "liaison"): 8, ("sms", "liaison"): 4}
R3 = {("email", "liaison"): 9, ("email", "deputy"): 1, ("sms", "liaison"): 5, ("sms", "deputy"): 1}
R4 = R3 | {("email", "head"): 1}


@pytest.fixture
def fixture_f(home):
    set_up()


def damage(home):
    with reading() as session:
        return verify(session, home)


def words(mail):
    return message_from_string(mail, policy=policy.default).get_content()


def test_a_week_from_the_opening_to_the_last_rung(database, home):
    set_up()
    run(nov(9, "08:00"))
    assert (count(Obligation), states(nov(9, "08:00"))) == (66, ["pending"] * 4)
    for at, told in [("12 16:00", R1), ("12 18:00", R1), ("13 14:00", R2), ("13 15:00", R2)]:
        day, clock = at.split()
        run(nov(int(day), clock))
        assert messages("remind") == told
    for unit, at in SENT.items():
        send(home, unit, nov(13, at))
    run(nov(13, "16:00:01"))
    assert states(nov(13, "16:00:01")) == ["on_time", "on_time", "late", "missing"]
    for at, told in [(nov(13, "17:00"), R3), (nov(13, "18:00"), R3), (nov(16, "09:00"), R4)]:
        run(at)
        assert messages("remind") == told
    assert messages("receipt") == {("email", "liaison"): 3}
    assert damage(home) == []


def test_on_the_second_two_are_on_time_and_two_are_pending(fixture_f, home):
    for unit, at in SENT.items():
        send(home, unit, nov(13, at))
    run(nov(13, "16:00:00"))
    assert states(nov(13, "16:00:00")) == ["on_time", "on_time", "pending", "pending"]
    [(counts,)] = sql("SELECT counts FROM run WHERE flow = 'weekly'")
    assert '"pending": 64' in counts
    assert '"on_time": 2' in counts


def test_the_ledger_of_the_week_has_every_unit_and_its_light(fixture_f, home):
    run(nov(9, "08:00"))
    send(home, "涧西区", nov(13, "15:59:59"), projects="=1+1")
    run(nov(13, "16:00:01"))
    book = openpyxl.load_workbook(home / "exports" / SLUG / "2026-W46.xlsx")
    lines = (row for page in book for row in page.iter_rows(min_row=3, values_only=True))
    rows = {row[1]: row for row in lines if row[1]}  # the foot has no unit
    assert (len(rows), rows["涧西区"][2], rows["涧西区"][6]) == (66, "按时", "=1+1")
    assert rows["国网洛阳供电公司"][2] == "未报"


def test_a_confirmed_rule_is_no_longer_noted_in_the_summary(fixture_f):
    run(nov(9, "08:00"))
    assert say("undecided.head") in summary()
    confirm(SLUG, ["counting", "clocks"], "办公室主任", "", nov(9, "09:00"))
    run(nov(10, "08:00"), as_of=nov(9, "08:30"))
    assert say("undecided.head") in summary("-past")
    run(nov(10, "08:00"))
    assert say("undecided.head") not in summary()


def summary(past=""):
    """The newest summary of the week."""
    with get_client(sync_client=True) as client:
        artifacts = client.read_artifacts()
    key = f"{SLUG}-{WEEK.lower()}{past}-summary"
    return max((a for a in artifacts if a.key == key), key=lambda a: a.created).data


def test_a_better_version_after_the_deadline_is_the_content_only(fixture_f, home):
    send(home, "涧西区", nov(13, "15:00"))
    run(nov(13, "15:05"))
    send(home, "涧西区", nov(13, "18:00"), matters="补充：管线迁改")
    run(nov(13, "18:05"))
    at = stands("涧西区", nov(13, "18:05"))
    assert (at.state, at.counted, at.content, count(Receipt)) == ("on_time", 1, 2, 2)
    [superseded] = sql("SELECT receipt_id FROM obligation_event WHERE kind = 'superseded'")
    assert superseded == (1,)


def test_a_report_with_errors_is_returned_and_counts_once_mended(fixture_f, home):
    wrong = {"projects-completed": "9", "projects-started": "5"}
    send(home, "偃师区", nov(13, "15:30"), **wrong)
    run(nov(13, "15:31"))
    assert messages("returned") == {("email", "liaison"): 1}
    assert sum("请核对两处数字" in words(mail) for mail in mails(home)) == 1
    send(home, "偃师区", nov(13, "16:20"))
    run(nov(13, "16:21"))
    assert stands("偃师区", nov(13, "16:21")).state == "late"


def test_a_nil_answer_is_on_time_and_clears_the_next_rung(fixture_f, home):
    run(nov(12, "16:00"))
    send(home, "国网洛阳供电公司", nov(13, "09:00"), nil="无")
    run(nov(13, "14:00"))
    at = stands("国网洛阳供电公司", nov(13, "14:00"))
    assert (at.state, at.flags) == ("on_time", {Flag.NIL})
    assert messages("remind") == {("email", "liaison"): 7, ("sms", "liaison"): 3}
    cleared = sql("SELECT rung, reason FROM reminder WHERE state = 'cleared'")
    assert cleared == [("R2", "reminder.cleared_on_time")]


def test_the_same_file_again_is_one_receipt_and_a_note_to_its_sender(fixture_f, home):
    for name, at in [("周报.json", "10:00"), ("周报.json", "11:00"), ("周报2.json", "11:30")]:
        send(home, "涧西区", nov(13, at), name)
        run(nov(13, at))
    assert (count(Receipt), messages("repeated")) == (1, {("email", "liaison"): 2})
    kinds = sql("SELECT kind FROM obligation_event WHERE receipt_id IS NOT NULL ORDER BY id")
    assert [kind for (kind,) in kinds] == ["received", "checked", "accepted"] + ["repeated"] * 2
    assert sum("与 11月13日（周五）10:00 收到的一份" in words(mail) for mail in mails(home)) == 2


def test_the_office_is_told_once_of_those_it_cannot_reach(fixture_f, home):
    run(nov(12, "08:59"))
    assert messages("unreachable") == {}
    for at in ("09:00", "09:30", "15:00"):
        run(nov(12, at))
    assert messages("unreachable") == {("email", "office"): 1}
    [text] = [words(mail) for mail in mails(home)]
    assert ". 瀍河区：" in text
    assert not any(f". {unit}：" in text for unit in NAMES.values())
    assert stands("瀍河区", nov(12, "15:00")).state == "pending"


def test_a_week_without_a_working_day_is_exempt_and_nobody_is_told(fixture_f):
    for at in ("2026-02-16 08:00", "2026-02-20 17:00", "2026-02-24 09:00"):
        run(local(at), week="2026-W08")
    reasons = sql("SELECT DISTINCT reason FROM obligation_event WHERE kind = 'exempted'")
    assert (count(Obligation), reasons) == (66, [("due.no_workday",)])
    assert (count(ReminderRow), sql("SELECT count(*) FROM message")) == (0, [(0,)])
    [(counts,)] = sql("SELECT counts FROM run WHERE flow = 'weekly' ORDER BY id DESC LIMIT 1")
    assert counts == '{"opened": 0, "handed_over": 0, "unreachable": 0, "exempt": 66}'


def test_one_stage_can_be_run_alone(fixture_f, home):
    run(nov(9, "08:00"), [Stage.OPEN])
    send(home, "涧西区", nov(13, "15:00"))
    run(nov(13, "15:05"), [Stage.COLLECT])
    assert stands("涧西区", nov(13, "15:05")).flags == {Flag.UNCHECKED}
    assert sql("SELECT stage FROM step WHERE stage <> 'dispatch'") == [("开期",), ("收集",)]
    assert not (home / "exports").exists()
    run(nov(13, "15:06"), [Stage.VALIDATE])
    assert stands("涧西区", nov(13, "15:06")).flags == set()


def test_a_look_into_the_past_shows_what_was_known_and_writes_only_its_own_record(fixture_f, home):
    run(nov(12, "16:00"))
    for unit, at in SENT.items():
        send(home, unit, nov(13, at))
    run(nov(13, "17:00"))
    late = send(home, "国网洛阳供电公司", nov(13, "18:00"))
    before, sent = contents(), mails(home)
    run(nov(14, "10:00"), as_of=nov(12, "18:00"))
    assert (contents(), mails(home), late.exists()) == (before, sent, True)
    last = "SELECT counts, outcome FROM run WHERE flow = 'weekly' ORDER BY id DESC LIMIT 1"
    assert sql(last) == [('{"pending": 66}', "completed")]
    assert (home / "exports" / SLUG / "2026-W46@20261112T100000Z.xlsx").exists()


def test_the_future_is_refused_and_nothing_is_written(fixture_f):
    before = contents()
    with pytest.raises(Refused, match="截至时间在将来"):
        run(nov(9, "08:00"), as_of=nov(9, "08:01"))
    assert (contents(), count(Run)) == (before, 0)


def test_nothing_in_the_record_of_runs_names_a_person(fixture_f, home):
    send(home, "涧西区", nov(12, "15:00"))
    drop(home, "张三10000000139.json", report("涧东区"), nov(12, "15:00"))
    drop(home, "李四.json", b'{"13900000139": 1, "13900000139": 2}', nov(12, "15:00"))
    run(nov(12, "16:00"))
    with get_client(sync_client=True) as client:
        flows, tasks = client.read_flow_runs(), client.read_task_runs()
        artifacts = client.read_artifacts()
    written = repr([contents()["audit_event"], sql("SELECT * FROM run"), sql("SELECT * FROM step")])
    written += repr([flows, tasks, artifacts])
    for person in everyone():
        for personal in (person.name, person.email, person.phone):
            assert not personal or personal not in written
    assert "10000000139" not in written
    assert "13900000139" not in written
    assert count(AuditEvent) > 0
