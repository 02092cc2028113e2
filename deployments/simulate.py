"""Run the real pipelines over made-up traffic under a simulated now; only in a demonstration."""

import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from random import Random

from prefect import tags
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

from domain.agenda import Moment
from domain.expansion import dues, members_day, owing
from domain.periods import parse, week_of
from domain.reminder import Role
from domain.sentences import say
from domain.simulation import Report, person, reports
from domain.unit import DatedName, Member
from flows.dispatch import dispatch
from flows.weekly import EVERY, weekly
from models import run as record
from models.audit import Change
from models.base import Session, reading, writing
from models.officer import NewOfficer, appoint, appointed_units
from models.unit import enrol, members_on
from models.workday import workdays
from settings import Settings
from tasks import plans
from tasks.plans import Pipeline
from tasks.work import programme, simulated

WEEK = timedelta(days=7)
SILENT = 97  # one unit in so many has no liaison: the office hears of it (S17)
SENIORS: tuple[Role, ...] = ("deputy", "head")
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
    start = datetime.combine(first.start, datetime.min.time(), rules.zone) - timedelta(seconds=1)
    with simulated(start):  # refused among real data, before anybody is made up
        people(traffic, start)
    run = 0
    for office in rules.offices:
        agenda = plans.agenda(Pipeline(traffic.slug, office.code), start, traffic.until)
        with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
            before = start
            last = week_of(traffic.until.astimezone(rules.zone).date()).id
            agenda.append(Moment(traffic.until, traffic.slug, office.code, last, "inbox"))
            for number, moment in enumerate(agenda, start=1):
                progress(moment.occasion, number, len(agenda))
                run += live(traffic, before, moment)
                before = moment.at
    return run


def people(traffic: Traffic, since: datetime) -> None:
    """Enter made-up units, and people for every unit that has none."""
    random, change = Random(traffic.seed), Change("registry", "simulate", since)
    with writing() as session:
        _enrol(session, traffic, since)
        known = appointed_units(session)
        members = members_on(session, traffic.slug, since.date() + WEEK)
        units = [m.unit for m in members if m.unit not in known]
        host = programme(traffic.slug).offices[0].host
        silent = set(random.sample(units, -(-len(units) // SILENT)))
        posts: list[tuple[str, Role]] = [] if known else [(host, "office"), (host, "operator")]
        posts += [(unit, "liaison") for unit in units if unit not in silent]
        posts += [(unit, role) for unit in units for role in SENIORS]
        new = [_officer(random, *post, number) for number, post in enumerate(posts)]
        appoint(session, change, new, since)


def live(traffic: Traffic, before: datetime, moment: Moment) -> bool:
    """One moment: what has been sent by then lies in the inbox, the pipelines run."""
    where = {"programme": moment.programme, "office": moment.office, "occasion": moment.occasion}
    with reading() as session:
        if record.completed_since(session, {"flow": "weekly"} | where, EVERY, moment.at):
            return False
    drop(traffic.slug, sent_between(traffic, before, moment))
    with simulated(moment.at), tags(say("demo.tag"), traffic.slug):
        weekly(moment.programme, moment.office, moment.occasion, reason=say("simulate.reason"))
        dispatch()
    return True


@cache
def sent_in(traffic: Traffic, office: str, occasion: str) -> list[tuple[str, Report]]:
    """The made-up reports of one occasion with its id; the same whenever they are asked for."""
    rules, period = programme(traffic.slug), parse(occasion)
    with reading() as session:
        units = owing(rules, office, members_on(session, traffic.slug, members_day(rules, period)))
        due = dues(rules, office, period, workdays(session))
    return [
        (occasion, report)
        for unit in units
        if (due_at := due[unit.form].due_at)
        for report in reports(
            Random(f"{traffic.seed}:{occasion}:{unit.unit}"),
            rules.form(unit.form),
            unit.unit,
            due_at,
        )
    ]


def sent_between(traffic: Traffic, before: datetime, moment: Moment) -> list[tuple[str, Report]]:
    """What has been sent since the moment before, for this week or the last."""
    day = moment.at.astimezone(programme(traffic.slug).zone).date()
    occasions = (week_of(day - WEEK).id, week_of(day).id)
    return [
        (occasion, report)
        for o in occasions
        for occasion, report in sent_in(traffic, moment.office, o)
        if before < report.at <= moment.at
    ]


def drop(slug: str, sent: Iterable[tuple[str, Report]]) -> None:
    """Put reports into the inbox as files written at the instant they were sent."""
    folder = Settings().folder("inbox", slug)
    for occasion, report in sent:
        path = folder / f"{occasion}-{report.unit}-{report.at:%d%H%M%S}.json"
        content = {"单位": report.unit, "期": occasion, "values": report.values}
        path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
        os.utime(path, (report.at.timestamp(), report.at.timestamp()))


def _officer(random: Random, unit: str, role: Role, number: int) -> NewOfficer:
    made_up = person(random, number)
    return NewOfficer(unit, role, made_up.name, made_up.email, made_up.phone)


def _enrol(session: Session, traffic: Traffic, since: datetime) -> None:
    """Made-up units beside the programme's own, spread over its classes."""
    rules = programme(traffic.slug)
    classes = [form.unit_class for form in rules.forms]
    ids = [f"demo-{number:06d}" for number in range(traffic.units)]
    names = [(DatedName(id, say("simulate.unit", id=id), date.min), "name") for id in ids]
    members = [Member(id, classes[number % len(classes)], "") for number, id in enumerate(ids)]
    change = Change(traffic.slug, "simulate", since)
    enrol(session, change, traffic.slug, names, members, rules.valid_from)
