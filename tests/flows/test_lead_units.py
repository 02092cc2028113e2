"""351: ledgers of lead units to six offices, each with a pipeline of its own; one mail each (S10).

The demonstration moves the plan of 2022 by four years: the Friday is 29 May 2026.
"""

import json
from collections import Counter
from email import message_from_string, policy

import pytest

from deployments.prepare import prepare
from domain.errors import Refused
from flows.dispatch import dispatch
from flows.weekly import EVERY, Stage, weekly
from models import officer
from models.base import writing
from programmes.load import load
from tasks.extensions import Chosen, extend
from tasks.standings import obligation_rows
from tasks.work import simulated
from tests.build import change, drop, local, person, sql
from tests.flows.week import mails

SLUG, WEEK = "luoyang-351", "2026-W22"
HOUSING = "市住房和城乡建设局"
LIAISON = person("ly-housing", name="联络人", email="liaison@housing.example")
OFFICES = ("annex-1", "annex-2", "annex-3", "annex-5", "annex-6")  # annex 4 has no ledger


def may(day, clock):
    return local(f"2026-05-{day:02} {clock}")


def run(at, offices=OFFICES, stages=EVERY):
    """The pipeline of each office, one after the other, and then the sending."""
    with simulated(at):
        for office in offices:
            weekly(SLUG, office, WEEK, stages=stages)
        dispatch()


@pytest.fixture
def monday(home):
    """The week is open at every office; only one of the lead units has people."""
    prepare(may(25, "07:00"), demo=True)
    with writing() as session:
        officer.appoint(session, change(at=may(1, "08:00")), [LIAISON], may(1, "08:00"))
    run(may(25, "08:00"), stages=[Stage.OPEN])
    return home


@pytest.fixture
def anywhere(database, monday):
    """The same on each kind of database."""
    return monday


def ledger(office):
    """What the lead unit says of each of its tasks."""
    leads = load(SLUG, demo=True).tasks.leads(office, may(29, "10:00").date())
    rows = [{"任务编号": code, "本周进展": "三个项目开工"} for code in leads["ly-housing"]]
    return json.dumps(
        {"单位": HOUSING, "期": WEEK, "表": f"{office}-ledger", "rows": rows}
    ).encode()


def named(home):
    """Of each mail that reminds: its deadline in words, and the annexes it names."""
    parsed = [message_from_string(mail, policy=policy.default) for mail in mails(home)]
    texts = [m.get_content() for m in parsed if "请按时报送" in m["Subject"]]
    return Counter(
        ("18:00" if "18:00" in text else "16:00", *(n for n in "12356" if f"附件{n}" in text))
        for text in texts
    )


THURSDAY = Counter({("16:00", "1", "3"): 1, ("18:00", "2", "6"): 1})


def test_s10_twenty_four_ledgers_to_five_offices(monday):
    rows = obligation_rows(SLUG, WEEK, may(25, "08:00"))
    assert Counter(row["office"] for row in rows) == {
        "annex-1": 5,
        "annex-2": 3,
        "annex-3": 6,
        "annex-5": 6,
        "annex-6": 4,
    }
    mine = {(r["office"], f"{r['due_at']:%H:%M}") for r in rows if r["unit"] == HOUSING}
    assert mine == {
        ("annex-1", "16:00"),
        ("annex-3", "16:00"),
        ("annex-2", "18:00"),
        ("annex-6", "18:00"),
    }


def test_s10_a_unit_that_owes_four_offices_gets_one_mail_a_slot(anywhere):
    for at in (may(28, "16:00"), may(28, "18:00")):
        run(at)
        run(at)
    assert named(anywhere) == THURSDAY
    drop(anywhere, "附件1.json", ledger("annex-1"), may(29, "10:00"), SLUG)
    run(may(29, "10:05"), ["annex-1"])
    run(may(29, "14:00"))
    assert named(anywhere) == THURSDAY + Counter([("16:00", "3")])
    cleared = "SELECT o.office, r.rung FROM reminder r JOIN obligation o ON o.id = r.obligation_id"
    assert sql(f"{cleared} WHERE r.state = 'cleared' AND o.debtor = 'ly-housing'") == [
        ("annex-1", "R2")
    ]
    run(may(29, "16:00"))
    assert named(anywhere) == THURSDAY + Counter([("16:00", "3"), ("18:00", "2", "6")])


@pytest.mark.parametrize("first", ["annex-2", "annex-3", "annex-6"])
def test_whichever_pipeline_runs_first_tells_for_all_of_them(monday, first):
    run(may(28, "16:00"), [first])
    assert named(monday) == Counter([("16:00", "1", "3")])
    run(may(28, "16:00"))
    assert named(monday) == Counter([("16:00", "1", "3")])


def test_more_time_at_every_office_is_told_in_one_mail(monday):
    run(may(28, "16:00"))
    run(may(28, "18:00"))
    extend(Chosen(SLUG, WEEK, [HOUSING], "防汛抢险"), local("2026-06-01 12:00"), may(29, "09:00"))
    run(may(29, "09:01"), ["annex-1"])
    parsed = [message_from_string(mail, policy=policy.default) for mail in mails(monday)]
    [text] = [m.get_content() for m in parsed if "更正" in m["Subject"]]
    assert [f"附件{n}" in text for n in "1236"] == [True] * 4
    assert "报给：青年安居乐业行动领导小组办公室" in text


def test_an_office_that_collects_nothing_says_so(monday):
    with simulated(may(25, "08:00")), pytest.raises(Refused, match="没有要收的表"):
        weekly(SLUG, "annex-4", WEEK)
