"""A one-off matter: some units report at once, under an occasion of its own (A3.7)."""

from email import message_from_string, policy

import pytest

from deployments.prepare import prepare
from domain.errors import Refused
from models.base import reading, writing
from models.matter import of_occasion
from models.officer import NewOfficer, appoint
from models.verify import verify
from tasks import openings, receipts, reminders, verdicts
from tasks.dispatches import drain
from tasks.extensions import Chosen, extend
from tasks.matters import Asked, open_matter, open_matters
from tasks.plans import Pipeline, agenda
from tasks.standings import obligation_rows
from tasks.work import Work, simulated
from tests.build import change, contents, drop, nov, report, sql
from tests.flows.week import mails

SLUG, MATTER = "henan-baicheng", "2026-11-12-M1"
ZHENGZHOU, LUOYANG = "鄭州市", "洛陽市"
TITLE = "汛情期間城區積水情況"
ASKED = Asked(SLUG, TITLE, (ZHENGZHOU, LUOYANG))
OPENED = nov(12, "10:00")  # a Thursday


@pytest.fixture
def province(home):
    """The province with a liaison in two cities, one with a telephone only."""
    prepare(nov(1), demo=True)
    people = [
        NewOfficer("ha-zhengzhou", "liaison", "聯絡人", "liaison@zhengzhou.example", ""),
        NewOfficer("ha-luoyang", "liaison", "聯絡人", "", "13900000001"),
    ]
    with writing() as session:
        appoint(session, change(), people, nov(1))
    return home


@pytest.fixture
def anywhere(database, province):
    """The same on each kind of database."""
    return province


def at(instant, occasion=MATTER):
    """What the pipelines do at an instant, without their flows."""
    work = Work(SLUG, "office", occasion, instant, 0)
    with simulated(instant):
        openings.open_obligations.fn(work, openings.owing_units(work))
        receipts.collect.fn(work, receipts.waiting(work))
        verdicts.validate.fn(work, verdicts.unchecked(work))
        reminders.remind.fn(work, reminders.due_reminders(work))
        drain.fn(work, 500)


def test_a_matter_opened_at_night_is_due_after_it_could_be_asked(province):
    night = nov(13, "21:30")  # a Friday: the question leaves on Monday at 8
    assert open_matter(ASKED, night).due_at == nov(17, "08:00")
    early = Asked(SLUG, TITLE, (ZHENGZHOU,), due_at=nov(14, "21:30"))
    with pytest.raises(Refused, match="11月16日（周一）08:00") as refusal:
        open_matter(early, night)
    assert refusal.value.key == "matter.before_asking"


def told():
    found = """
        SELECT o.debtor, COALESCE(r.rung, m.kind), m.channel, m.state FROM message m
        JOIN message_subject s ON s.message_id = m.id JOIN obligation o ON o.id = s.obligation_id
        LEFT JOIN reminder r ON r.id = s.reminder_id ORDER BY m.id"""
    return [tuple(row) for row in sql(found)]


def states(instant):
    return {r["unit"]: r["state"] for r in obligation_rows(SLUG, MATTER, instant)}


def test_two_units_owe_it_at_once_and_are_asked_at_once(anywhere):
    opened = open_matter(ASKED, OPENED)
    assert (opened.occasion, opened.form, opened.due_at) == (MATTER, "urgent", nov(13, "10:00"))
    assert states(OPENED) == {ZHENGZHOU: "pending", LUOYANG: "pending"}
    at(nov(12, "10:01"))
    at(nov(12, "10:02"))
    assert told() == [
        ("ha-zhengzhou", "asked", "email", "sent"),
        ("ha-luoyang", "asked", "sms", "sent"),
    ]
    [mail] = [message_from_string(m, policy=policy.default) for m in mails(anywhere)]
    text = mail.get_content()
    assert TITLE in mail["Subject"]
    assert all(word in text for word in (TITLE, MATTER, "11月13日（周五）10:00", ZHENGZHOU))
    [sms] = [f.read_text("utf-8") for f in (anywhere / "outbox" / "sms").glob("*")]
    assert TITLE in sms
    with reading() as session:
        assert of_occasion(session, SLUG, MATTER) == opened
        assert verify(session, anywhere) == []


def test_the_rungs_that_lie_ahead_follow_and_who_has_reported_is_left_alone(anywhere):
    open_matter(ASKED, OPENED)
    at(nov(12, "10:01"))
    drop(
        anywhere,
        "鄭州.json",
        report(ZHENGZHOU, MATTER, situation="積水已排完"),
        nov(13, "07:00"),
        SLUG,
    )
    at(nov(13, "08:00"))
    assert states(nov(13, "08:00")) == {ZHENGZHOU: "on_time", LUOYANG: "pending"}
    at(nov(13, "11:00"))
    rungs = [row for row in told() if row[1].startswith("R")]
    assert rungs == [
        ("ha-luoyang", "R2", "sms", "sent"),  # two hours before ten o'clock
        ("ha-luoyang", "R3", "sms", "sent"),
    ]
    assert states(nov(13, "11:00")) == {ZHENGZHOU: "on_time", LUOYANG: "missing"}
    assert ("ha-zhengzhou", "receipt", "email", "sent") in told()


def test_the_planner_knows_its_instants(province):
    open_matter(ASKED, OPENED)
    found = agenda(Pipeline(SLUG, "office"), OPENED, nov(18))
    assert [(m.at, m.reason, m.rung) for m in found if m.occasion == MATTER] == [
        (nov(13, "08:00"), "rung", "R2"),
        (nov(13, "10:01"), "due", ""),
        (nov(13, "11:00"), "rung", "R3"),
        (nov(16, "09:00"), "rung", "R4"),
    ]


def test_one_opened_at_night_is_told_in_the_morning(province):
    open_matter(ASKED, nov(12, "22:30:20"))
    assert {r["due_at"] for r in obligation_rows(SLUG, MATTER, nov(13))} == {nov(14, "08:00")}
    at(nov(12, "22:31"))
    assert mails(province) == []
    at(nov(13, "08:00"))
    assert [row[:2] for row in told()] == [("ha-zhengzhou", "asked"), ("ha-luoyang", "asked")]


def test_one_with_days_left_is_asked_for_now_and_has_its_whole_ladder(province):
    open_matter(Asked(SLUG, TITLE, (ZHENGZHOU,), due_at=nov(18, "16:00")), OPENED)
    at(nov(12, "10:01"))
    at(nov(17, "16:00"))
    assert [row[1] for row in told()] == ["asked", "R1"]


def test_the_second_of_a_day_has_the_next_number_and_without_units_all_owe_it(province):
    open_matter(ASKED, OPENED)
    second = open_matter(Asked(SLUG, "橋涵  排查\n情況"), nov(12, "11:00"))
    assert (second.occasion, second.title) == ("2026-11-12-M2", "橋涵 排查 情況")
    assert len(second.units) == count_members()
    assert open_matter(ASKED, nov(13, "09:00")).occasion == "2026-11-13-M1"


def count_members():
    return sql("SELECT count(*) FROM membership WHERE programme = :slug", slug=SLUG)[0][0]


def test_the_list_shows_who_has_not_reported_until_all_have(province):
    open_matter(ASKED, OPENED)
    [row] = open_matters(SLUG, nov(12, "10:05"))
    assert (row["unit"], row["count"], row["due_at"]) == ([ZHENGZHOU, LUOYANG], 2, nov(13, "10:00"))
    drop(
        province, "鄭州.json", report(ZHENGZHOU, MATTER, situation="無積水"), nov(12, "11:00"), SLUG
    )
    at(nov(12, "11:00"))
    extend(Chosen(SLUG, MATTER, [LUOYANG], "仍在排查"), nov(14, "10:00"), nov(12, "12:00"))
    [row] = open_matters(SLUG, nov(13, "12:00"))
    assert (row["unit"], row["due_at"]) == ([LUOYANG], nov(14, "10:00"))
    drop(province, "洛陽.json", report(LUOYANG, MATTER, situation="無積水"), nov(13, "12:30"), SLUG)
    at(nov(13, "13:00"))
    assert open_matters(SLUG, nov(13, "13:00")) == []


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Asked(SLUG, " \n"), "写明是什么事项"),
        (Asked(SLUG, TITLE, due_at=nov(12, "10:00")), "已经过去"),
        (
            Asked(SLUG, TITLE, form="weekly-city"),
            "没有代码为“weekly-city”的即时报送表。可用的：urgent",
        ),
        (Asked("luoyang-renewal", TITLE), "没有即时报送的表"),
        (Asked(SLUG, TITLE, ("鄭卅市",)), "相近的有：鄭州市"),
        (Asked(SLUG, TITLE, ("涧西区",)), "不是河南省百城建設提質工程的成员单位"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_would_be_right(province, asked, said):
    before = contents()
    with pytest.raises(Refused, match=said):
        open_matter(asked, OPENED)
    assert contents() == before
