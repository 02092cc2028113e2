"""Which units an office cannot reach, judged by whom it would write to."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from domain.expansion import debtors
from domain.post import Post
from domain.programme import Office, Programme
from domain.reach import Line, gaps
from domain.reminder import Role
from domain.scope import counting
from domain.sentences import say
from domain.unit import Member
from domain.wording import say_deadline
from models import appointment as register
from models.base import Session, reading
from models.delegation import stand_ins
from models.officer import contacts
from models.task import tasks_of
from models.unit import members_on, printed_names
from tasks.work import programme

Row = dict[str, Any]
Found = Mapping[tuple[str, str], Sequence[Office]]  # a gap and its sentence, and where it is one


@dataclass(frozen=True, slots=True)
class _Ways:
    """The ways to units at an instant, and who will be there at the end of the time looked at."""

    rules: Programme
    now: datetime
    last: datetime
    posts: Mapping[tuple[str, Role], Sequence[Post]]
    lines: Mapping[int, Line]

    def held(self, unit: str, role: Role, office: Office, at: datetime) -> list[Post]:
        """The appointments an office goes by at an instant."""
        return counting(self.posts.get((unit, role), ()), self.rules.slug, office.code, at)


def unreached(slug: str, now: datetime, days: int) -> list[Row]:
    """One row for each thing wrong with how a unit is reached by the offices it reports to.

    Its liaison is missing, silent, unconfirmed or about to go; an office itself has no mailbox.
    """
    rules = programme(slug)
    with reading() as session:
        names = printed_names(session, now.astimezone(rules.zone).date())
        ways = _ways(session, rules, now, now + timedelta(days=days))
        offices = _offices(session, rules, now)
    hosts: defaultdict[str, list[Office]] = defaultdict(list)
    for office in rules.offices:
        hosts[office.host].append(office)
    return [
        {"unit": names.get(unit, unit), "gap": gap, "finding": _named(rules, finding, at)}
        for unit in sorted({*offices, *hosts}, key=lambda unit: names.get(unit, unit))
        for found in (_of_liaisons(ways, unit, offices), _of_host(ways, unit, hosts))
        for (gap, finding), at in found.items()
    ]


def count_units(slug: str, now: datetime) -> int:
    """How many units are to be reached: members and hosts."""
    with reading() as session:
        return len(units_of(session, programme(slug), now))


def units_of(session: Session, rules: Programme, now: datetime) -> set[str]:
    """The members of a programme and the hosts of its offices."""
    members = members_on(session, rules.slug, _day(rules, now))
    return {m.unit for m in members} | {office.host for office in rules.offices}


def _day(rules: Programme, now: datetime) -> date:
    return max(now.astimezone(rules.zone).date(), rules.valid_from)


def _offices(session: Session, rules: Programme, now: datetime) -> dict[str, Sequence[Office]]:
    """The offices each member reports to; all of them, where it owes nothing yet."""
    day = _day(rules, now)
    members, tasks = members_on(session, rules.slug, day), tasks_of(session, rules.slug)
    owing = {o.code: debtors(rules, o.code, members, tasks, day) for o in rules.offices}
    return {m.unit: _its(rules, m, owing) for m in members}


def _its(rules: Programme, member: Member, owing: Mapping[str, set[str]]) -> Sequence[Office]:
    return [o for o in rules.offices if member.unit in owing[o.code]] or rules.offices


def _ways(session: Session, rules: Programme, now: datetime, last: datetime) -> _Ways:
    posts: defaultdict[tuple[str, Role], list[Post]] = defaultdict(list)
    found = register.posts_of(session, units_of(session, rules, now))
    for p in found:
        posts[p.unit, p.role].append(p)
    instead = stand_ins(session, [p.id for p in found], now, now)
    people = contacts(session, instead.values())
    reached = ((p, people.get(instead.get(p.id, 0), p)) for p in found)
    lines = {p.id: Line(bool(who.email), bool(who.phone), p.confirmed) for p, who in reached}
    return _Ways(rules, now, last, posts, lines)


def _of_liaisons(ways: _Ways, unit: str, offices: Mapping[str, Sequence[Office]]) -> Found:
    """What is wrong with a member's liaisons, by the offices that have them."""
    found: defaultdict[tuple[str, str], list[Office]] = defaultdict(list)
    for office in offices.get(unit, ()):
        held = ways.held(unit, "liaison", office, ways.now)
        later = ways.held(unit, "liaison", office, ways.last)
        ends = max((p.valid_to for p in held if p.valid_to), default=None)
        at = say_deadline(ends, ways.rules.zone) if ends else ""
        for gap in gaps([ways.lines[p.id] for p in held], lasts=bool(later)):
            found[gap, say(f"officers_gap.{gap}", at=at)].append(office)
    return found


def _of_host(ways: _Ways, unit: str, hosts: Mapping[str, Sequence[Office]]) -> Found:
    """The offices at a unit that nothing can be mailed to."""
    silent = [
        office
        for office in hosts.get(unit, ())
        if not any(ways.lines[p.id].email for p in ways.held(unit, "office", office, ways.now))
    ]
    return {("no_office", say("officers_gap.no_office")): silent} if silent else {}


def _named(rules: Programme, finding: str, at: Sequence[Office]) -> str:
    """The finding with the offices it is about, unless it is about all the programme has."""
    if len(at) == len(rules.offices):
        return finding
    names = (say("officers_gap.office", name=o.name, code=o.code) for o in at)
    return say("officers_gap.at", offices=say("officers.or").join(names), finding=finding)
