"""Run the real pipelines over made-up traffic under a simulated now; only in a demonstration."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import groupby
from random import Random

from prefect import tags
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

from deployments.sent import Filed, drop
from domain.agenda import Moment, around
from domain.expansion import dues, members_day
from domain.periods import week_of
from domain.reminder import Role
from domain.sentences import say
from domain.simulation import Sender, person, reports
from domain.unit import DatedName, Member
from flows.dispatch import dispatch
from flows.weekly import EVERY, weekly
from models import run as record
from models.audit import Change
from models.base import Session, reading, writing
from models.officer import NewOfficer, appoint, appointed
from models.unit import enrol, members_on
from tasks import plans
from tasks.register import collecting, register
from tasks.work import programme, simulated

WEEK = timedelta(days=7)
SILENT = 97  # one unit in so many has no liaison: the office hears of it (S17)
SENIORS: tuple[Role, ...] = ("deputy", "head")
POSTS: tuple[Role, ...] = ("office", "operator")  # at the host of an office
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Traffic:
    """What to make up: so many weeks back from ``until``, by seed; ``units`` more made-up ones."""

    slug: str
    until: datetime
    weeks: int
    seed: int
    units: int = 0


def simulate(traffic: Traffic, progress: Progress) -> int:
    """Make people and reports up and run every moment of the weeks; how many moments were run.

    Safe to interrupt: what has been run is not run again.
    """
    rules = programme(traffic.slug)
    first = week_of(traffic.until.astimezone(rules.zone).date() - (traffic.weeks - 1) * WEEK)
    before = datetime.combine(first.start, datetime.min.time(), rules.zone) - timedelta(seconds=1)
    with simulated(before):  # refused among real data, before anybody is made up
        people(traffic, before)
    agenda = moments(traffic, before)
    run = done = 0
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        for at, group in groupby(agenda, key=lambda moment: moment.at):
            together = list(group)
            run += live(traffic, before, together)
            before, done = at, done + len(together)
            progress(together[-1].occasion, done, len(agenda))
    return run


def moments(traffic: Traffic, start: datetime) -> list[Moment]:
    """Every moment of every office since ``start``, and a last look at the inbox."""
    rules, found = programme(traffic.slug), []
    for pipeline in plans.pipelines():
        if pipeline.programme == traffic.slug:
            found += plans.agenda(pipeline, start, traffic.until)
            last = collecting(rules, pipeline.office, traffic.until)
            found.append(Moment(traffic.until, traffic.slug, pipeline.office, last, "inbox"))
    return sorted(found)


def people(traffic: Traffic, since: datetime) -> None:
    """Enter made-up units, and people for every unit that has none."""
    random, change = Random(traffic.seed), Change("registry", "simulate", since)
    rules = programme(traffic.slug)
    with writing() as session:
        _enrol(session, traffic, since)
        known = appointed(session)
        members = members_on(session, traffic.slug, max(since.date() + WEEK, rules.begins))
        units = sorted(
            {m.unit for m in members} - {unit for unit, role in known if role in SENIORS}
        )
        hosts = {office.host for office in rules.offices}
        silent = set(random.sample(units, -(-len(units) // SILENT)))
        posts: list[tuple[str, Role]] = [(h, role) for h in sorted(hosts) for role in POSTS]
        posts += [(unit, "liaison") for unit in units if unit not in silent]
        posts += [(unit, role) for unit in units for role in SENIORS]
        wanted = [post for post in posts if post not in known]
        new = [_officer(random, *post, len(known) + n) for n, post in enumerate(wanted)]
        appoint(session, change, new, since)


def live(traffic: Traffic, before: datetime, together: Sequence[Moment]) -> int:
    """One instant: what has been sent by then lies in the inbox, the pipelines run; how many."""
    waiting = [moment for moment in together if not _was_lived(moment)]
    if not waiting:
        return 0
    at = waiting[0].at
    drop(traffic.slug, sent_between(traffic, before, at))
    with simulated(at), tags(say("demo.tag"), traffic.slug):
        for moment in waiting:
            reason = say("simulate.reason")
            weekly(moment.programme, moment.office, moment.occasion, reason=reason)
        dispatch()
    return len(waiting)


def _was_lived(moment: Moment) -> bool:
    where = {"programme": moment.programme, "office": moment.office, "occasion": moment.occasion}
    with reading() as session:
        return record.completed_since(session, {"flow": "weekly"} | where, EVERY, moment.at)


@cache
def sent_in(traffic: Traffic, office: str, occasion: str) -> list[Filed]:
    """The made-up reports of one occasion; the same whenever they are asked for."""
    rules = programme(traffic.slug)
    period = rules.period(occasion)
    with register(rules) as known:
        units = known.owing(office, period)
        due = dues(rules, office, period, known.workdays)
        leads = known.tasks.leads(office, members_day(rules, period))
    return [
        (occasion, unit.form, report)
        for unit in units
        if (due_at := due[unit.form].due_at)
        for report in reports(
            Random(f"{traffic.seed}:{occasion}:{unit.unit}"),
            rules.form(unit.form),
            Sender(unit.unit, f"{traffic.seed}:{unit.unit}", leads.get(unit.unit, ())),
            due_at,
        )
    ]


def sent_between(traffic: Traffic, before: datetime, at: datetime) -> list[Filed]:
    """What has been sent to any office since the instant before, for any occasion."""
    rules = programme(traffic.slug)
    return [
        filed
        for office in rules.offices
        for period in around(rules, office.code, at)
        for filed in sent_in(traffic, office.code, period.id)
        if before < filed[2].at <= at
    ]


def _officer(random: Random, unit: str, role: Role, number: int) -> NewOfficer:
    made_up = person(random, number)
    return NewOfficer(unit, role, made_up.name, made_up.email, made_up.phone)


def _enrol(session: Session, traffic: Traffic, since: datetime) -> None:
    """Made-up units beside the programme's own, spread over its classes."""
    rules = programme(traffic.slug)
    classes = [form.unit_class for form in rules.forms if form.unit_class] or [""]
    ids = [f"demo-{number:06d}" for number in range(traffic.units)]
    names = [(DatedName(id, say("simulate.unit", id=id), date.min), "name") for id in ids]
    members = [Member(id, classes[number % len(classes)], "") for number, id in enumerate(ids)]
    change = Change(traffic.slug, "simulate", since)
    enrol(session, change, traffic.slug, names, members, rules.valid_from)
