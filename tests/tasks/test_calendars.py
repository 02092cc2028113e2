"""A holiday notice: what moves, what stays, and that nothing moves twice (X3).

The made-up notice of 2027: 1–3 January off (Friday 1st), Sunday 10 January worked, 5–11 February
off, Saturday 30 January and Saturday 13 February worked.
"""

from collections import Counter
from datetime import date
from email import message_from_string, policy

import pytest

from deployments.prepare import prepare
from domain.periods import week_of
from intake.notice import read
from models.base import reading
from models.verify import verify
from tasks import openings, reminders
from tasks.calendars import take_in
from tasks.deadlines import whole_year
from tasks.dispatches import drain
from tasks.extensions import Chosen, exempt, extend
from tasks.work import Work, simulated
from tests.build import SLUG, appoint, contents, everyone, local, sql
from tests.flows.week import mails

CSV = """名称,类型,起,止
元旦,休,2027/1/1,2027/1/3
元旦调休,班,2027-01-10,
春节,休,2027年2月5日,2027年2月11日
春节调休,班,2027-01-30,2027-01-30
春节调休,班,2027-02-13,2027-02-13
"""
ONLY_SPRING = "\n".join(line for line in CSV.splitlines() if "元旦" not in line)
TOML = """
year = 2027
source = "made up"
off = [{ from = 2027-01-01, to = 2027-01-03 }, { from = 2027-02-05, to = 2027-02-11 }]
work = [{ from = 2027-01-10 }, { from = 2027-01-30 }, { from = 2027-02-13 }]
"""
NEW_YEAR, SPRING, AFTER = "2026-W53", "2027-W05", "2027-W06"
# Fridays at 16:00: the 1st and 5 February are off, so the Thursdays before them; the week after
# has only Friday 12 February and Saturday 13, and its Friday is worked
MOVED = {
    NEW_YEAR: (local("2027-01-01 16:00"), local("2026-12-31 16:00")),
    SPRING: (local("2027-02-05 16:00"), local("2027-02-04 16:00")),
}
START = local("2026-12-28 08:00")  # Monday of the week of New Year


@pytest.fixture
def notice(tmp_path):
    def write(text=CSV, name="放假.csv"):
        file = tmp_path / name
        file.write_text(text, "utf-8")
        return read(file)

    return write


@pytest.fixture
def open_week(home):
    """The week of New Year, opened while the notice of 2027 is unknown."""
    prepare(START, demo=True)
    appoint(everyone())
    at(START)
    return home


@pytest.fixture
def anywhere(database, open_week):
    """The same on each kind of database."""
    return open_week


def at(instant, week=NEW_YEAR):
    """What the pipelines do at an instant, without their flows."""
    work = Work(SLUG, "office", week, instant, 0)
    with simulated(instant):
        openings.open_obligations.fn(work, openings.owing_units(work))
        reminders.remind.fn(work, reminders.due_reminders(work))
        drain.fn(work, 500)


def imported(notice, instant, *, rehearse=False, announced=False):
    with simulated(instant):
        return take_in(notice, instant, rehearse=rehearse, announced=announced)


def moved(outcome):
    rows = [r for r in outcome.moved if r["programme"] == SLUG and r["form"] == "weekly-county"]
    return {r["occasion"]: (r["was"], r["due_at"]) for r in rows}


def outcomes(outcome):
    return Counter(row["outcome"] for row in outcome.opened)


def due(unit, week=NEW_YEAR):
    """The due instants set for a unit, by whom."""
    found = """
        SELECT e.actor, e.kind, e.reason FROM obligation_event e
        JOIN obligation o ON o.id = e.obligation_id
        WHERE o.debtor = :unit AND o.occasion = :week AND e.kind IN ('due_set', 'exempted')
        ORDER BY e.id"""
    return sql(found, unit=unit, week=week)


def rungs(unit="ly-grid"):
    found = """
        SELECT r.rung, r.role, r.not_before FROM reminder r
        JOIN obligation o ON o.id = r.obligation_id WHERE o.debtor = :unit"""
    return {(rung, role): str(at)[:16] for rung, role, at in sql(found, unit=unit)}


def corrections(home):
    parsed = [message_from_string(mail, policy=policy.default) for mail in mails(home)]
    return sorted(m["To"] for m in parsed if "更正" in m["Subject"])


def statuses(*weeks):
    return {d.occasion: d.status for d in whole_year(SLUG, 2027).deadlines if d.occasion in weeks}


@pytest.mark.parametrize(("text", "name"), [(CSV, "放假.csv"), (TOML, "放假.toml")])
def test_exactly_the_deadlines_of_the_days_off_move(open_week, notice, text, name):
    weeks = (week_of(date(2027, 1, 15)).id, SPRING)
    assert set(statuses(*weeks).values()) == {"provisional"}
    outcome = imported(notice(text, name), START)
    assert moved(outcome) == MOVED
    # 1 January and 5, 8–11 February are off, and three days of weekends are worked
    assert outcome.days == 1 + 5 + 3
    assert set(statuses(*weeks).values()) == {"confirmed"}


def test_what_nobody_was_told_of_moves_with_its_rungs(anywhere, notice):
    before = rungs()
    outcome = imported(notice(), START)
    assert outcomes(outcome) == {"moved": 66}
    assert {(row["was"], row["due_at"]) for row in outcome.opened} == {MOVED[NEW_YEAR]}
    assert due("ly-grid") == [("clock", "due_set", ""), ("clock", "due_set", "holidays.reason")]
    utc = {"R1": "2026-12-30 08:00", "R2": "2026-12-31 06:00", "R3": "2026-12-31 09:00"}
    assert {rung: at for (rung, role), at in rungs().items() if role == "liaison"} == utc
    assert rungs()["R4", "head"] == "2027-01-04 01:00"  # the next working day is a Monday
    assert before != rungs()
    at(local("2026-12-30 16:00"))
    assert len(mails(anywhere)) == 4
    assert corrections(anywhere) == []
    with reading() as session:
        assert verify(session, anywhere) == []


def test_what_was_announced_stays_and_is_listed_until_it_is_asked_to_move(anywhere, notice):
    imported(notice(), START)
    at(local("2026-12-30 16:00"))  # R1 has gone out for Thursday 16:00
    assert len(mails(anywhere)) == 4
    now = local("2026-12-30 17:00")
    told = imported(notice(ONLY_SPRING), now)
    assert outcomes(told) == {"announced": 4, "moved": 62}
    assert [row[0] for row in due("ly-grid")] == ["clock", "clock"]
    again = imported(notice(ONLY_SPRING), now, announced=True)  # the calendar has it by now
    assert (outcomes(again), again.days, moved(again)) == ({"moved": 4}, 0, {})
    at(local("2026-12-30 17:05"))
    at(local("2026-12-30 17:10"))
    assert corrections(anywhere) == sorted(p.email for p in everyone() if p.role == "liaison")
    assert outcomes(imported(notice(ONLY_SPRING), now, announced=True)) == {}


def test_a_trial_changes_nothing(anywhere, notice):
    before = contents()
    trial = imported(notice(), START, rehearse=True)
    assert contents() == before
    done = imported(notice(), START)
    assert (trial.days, trial.moved, trial.opened) == (done.days, done.moved, done.opened)


def test_the_same_notice_again_moves_nothing(anywhere, notice):
    imported(notice(), START)
    before = contents()
    again = imported(notice(), local("2026-12-28 09:00"))
    assert (again.days, again.moved, again.opened) == (0, [], [])
    assert contents() == before


def test_what_the_office_decided_stays_and_is_listed(open_week, notice):
    later = Chosen(SLUG, NEW_YEAR, ["国网洛阳供电公司"], "检修")
    extend(later, local("2027-01-05 12:00"), local("2026-12-28 09:00"))
    exempt(Chosen(SLUG, NEW_YEAR, ["市财政局"], "并入年报"), local("2026-12-28 09:00"))
    outcome = imported(notice(), local("2026-12-28 10:00"), announced=True)
    assert outcomes(outcome) == {"extended": 1, "exempted": 1, "moved": 64}
    assert [row[0] for row in due("ly-grid")] == ["clock", "office"]
    assert [row[1] for row in due("ly-finance")] == ["due_set", "exempted"]
    assert imported(notice(), local("2026-12-28 11:00")).opened == []


def test_what_is_due_already_stays(open_week, notice):
    outcome = imported(notice(), local("2027-01-01 09:00"))  # the new deadline has passed
    assert outcomes(outcome) == {"too_late": 66}


def test_a_corrected_notice_takes_its_days_back(anywhere, notice):
    imported(notice(), START)
    outcome = imported(notice(ONLY_SPRING), local("2026-12-28 09:00"))
    assert moved(outcome) == {NEW_YEAR: MOVED[NEW_YEAR][::-1]}
    assert outcomes(outcome) == {"moved": 66}
    assert rungs()["R1", "liaison"] == "2026-12-31 08:00"


def test_a_week_that_is_off_altogether_is_exempt_and_owed_again_when_it_is_not(home, notice):
    prepare(local("2027-02-08 00:10"), demo=True)
    appoint(everyone())
    at(local("2027-02-08 00:20"), AFTER)
    whole = "名称,类型,起,止\n春节,休,2027-02-05,2027-02-14\n"
    first = imported(notice(whole), local("2027-02-08 00:30"))
    assert outcomes(first) == {"moved": 66}
    assert [kind for _, kind, _ in due("ly-grid", AFTER)] == ["due_set", "exempted"]
    second = imported(notice(), local("2027-02-08 00:40"))
    assert {row["due_at"] for row in second.opened} == {local("2027-02-12 16:00")}
    at(local("2027-02-12 08:00"), AFTER)
    assert len(mails(home)) == 4  # R1 of Thursday 16:00 waited for the first working day
