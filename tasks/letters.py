"""Turn claimed messages into letters: names, words and addresses meet here and go no further."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.finding import told
from domain.obligation import Flag, Standing, State
from domain.post import Post
from domain.programme import Programme
from domain.sentences import reason, say
from domain.wording import say_deadline, say_instant, say_period
from domain.workdays import Workdays, year_awaited
from models import alert, demand, matter, obligation, receipt, reminder
from models.appointment import posts
from models.base import Session
from models.installation import is_demo
from models.obligation import Owed
from models.officer import contacts
from models.outbox import Claimed
from models.unit import printed_names
from notifications.message import Letter
from tasks.replies import Copies
from tasks.standings import standings_of
from tasks.work import Work, calendar, programme


@dataclass(frozen=True, slots=True)
class Facts:
    """What a batch of letters is written from, read in one go."""

    rules: Programme
    now: datetime
    owed: Mapping[int, Owed]
    standings: Mapping[int, Standing]
    names: Mapping[str, str]
    receipts: Mapping[int, receipt.Sent]
    findings: Mapping[int, Sequence[Any]]
    expired: frozenset[int]  # reminders past their catch-up window
    alerts: Mapping[datetime, Sequence[tuple[str, dict[str, Any]]]]
    posts: Mapping[int, Post]  # the appointments a message is about
    demo: bool
    calendar: Workdays
    titles: Mapping[str, str]  # of one-off matters, by occasion
    changes: Mapping[int, demand.LastChange]  # of what a correction is about

    @property
    def awaited(self) -> int | None:
        """The year whose holiday notice the office is asked for."""
        return year_awaited(self.calendar, self.now.astimezone(self.rules.zone).date())


def gather(session: Session, work: Work, claimed: Sequence[Claimed]) -> Facts:
    """Read everything the letters need."""
    rules = programme(work.programme)
    owed = obligation.by_ids(session, {s.obligation for c in claimed for s in c.subjects})
    receipts = {s.receipt for c in claimed for s in c.subjects if s.receipt}
    return Facts(
        rules=rules,
        now=work.now,
        owed=owed,
        standings=standings_of(session, rules, owed.values(), work.now),
        names=printed_names(session, work.now.astimezone(rules.zone).date()),
        receipts={r.id: r for r in receipt.by_ids(session, receipts)},
        findings=receipt.findings_of(session, receipts),
        expired=frozenset(
            reminder.expired(
                session, {s.reminder or 0 for c in claimed for s in c.subjects}, work.now
            )
        ),
        alerts={
            c.not_before: alert.raised_at(session, work.programme, c.not_before)
            for c in claimed
            if c.kind == "alert"
        },
        posts={p.id: p for p in posts(session, {a for c in claimed for a in c.appointments})},
        demo=is_demo(session),
        calendar=calendar(session, rules),
        titles=matter.titles(session, rules.slug, {o.occasion for o in owed.values()}),
        changes=demand.last_changes(
            session, {s.obligation for c in claimed if c.kind == "corrected" for s in c.subjects}
        ),
    )


def letters(
    session: Session, facts: Facts, claimed: Sequence[Claimed], copies: Copies
) -> dict[int, Letter]:
    """The letter of each message, to the address its person has now; without one, none.

    With it goes the marked copy of the report it is about, where there is one.
    """
    people = contacts(session, {c.officer for c in claimed})
    written: dict[int, Letter] = {}
    for message in claimed:
        person = people[message.officer]
        address = person.email if message.channel == "email" else person.phone
        if address:
            files = _files(message, copies)
            context = _context(facts, message) | {"name": person.name, "attached": bool(files)}
            written[message.id] = Letter(
                key=message.key,
                kind=message.kind,
                channel=message.channel,
                sender=context["office"],
                address=address,
                at=message.not_before,
                context=context,
                files=files,
            )
    return written


def _files(message: Claimed, copies: Copies) -> dict[str, bytes]:
    if message.kind != "returned":
        return {}
    found = (copies.get(s.receipt or 0) for s in message.subjects)
    return dict(copy for copy in found if copy)


def _context(facts: Facts, message: Claimed) -> dict[str, Any]:
    about = sorted({s.obligation for s in message.subjects}, key=lambda id: _due(facts, id))
    items = [_item(facts, facts.owed[id]) for id in about]
    receipts = [s.receipt for s in message.subjects if s.receipt]
    return {
        "demo": facts.demo,
        "office": facts.rules.office(message.office).name,
        "contact": facts.rules.office(message.office).contact,
        "role": message.role,
        "items": items,
        "year": facts.awaited,
        "changes": [_change(facts, facts.posts[id]) for id in message.appointments],
        "overdue": any(item["state"] == State.MISSING for item in items),
        "receipt": _receipt(facts, receipts[0]) if receipts else None,
        "alerts": [
            say(rule, **detail) for rule, detail in facts.alerts.get(message.not_before, ())
        ],
        "findings": [told(f) for id in receipts for f in facts.findings.get(id, ())],
    }


def _due(facts: Facts, obligation: int) -> tuple[datetime, int]:
    """By due instant, so that the first item of a message is the most pressing one."""
    owed = facts.owed[obligation]
    return facts.standings[obligation].due_at or owed.nominal_due_at, obligation


def _item(facts: Facts, owed: Owed) -> dict[str, Any]:
    standing, zone = facts.standings[owed.id], facts.rules.zone
    resend_by = (
        standing.resend_by if standing.resend_by and standing.resend_by > facts.now else None
    )
    returned = Flag.RETURNED in standing.flags
    return {
        "unit": facts.names.get(owed.debtor, owed.debtor),
        "label": facts.titles.get(owed.occasion) or facts.rules.form(owed.form).label,
        "occasion": owed.occasion,
        "period": say_period(facts.rules.period(owed.occasion)),
        "due": say_instant(standing.due_at, zone) if standing.due_at else "",
        "resend_by": say_deadline(resend_by, zone) if resend_by else "",
        "state": standing.state,
        "state_name": say(f"state.{standing.state}"),
        "returned": returned,
        "stands": not standing.owed and not returned,
        "nil": Flag.NIL in standing.flags,
        "to": facts.rules.office(owed.office).name,
        **_changed(facts, owed.id),
    }


def _changed(facts: Facts, id: int) -> dict[str, str]:
    """The due instant before the last change, and why it was changed; empty for no correction."""
    change = facts.changes.get(id)
    if change is None:
        return {"was": "", "why": ""}
    was = say_instant(change.due_before, facts.rules.zone) if change.due_before else ""
    return {"was": was or say("state.exempt"), "why": reason(change.reason)}


def _change(facts: Facts, post: Post) -> dict[str, Any]:
    """Who is liaison of a unit now; the one letter that may name another person."""
    zone = facts.rules.zone
    return {
        "unit": facts.names.get(post.unit, post.unit),
        "role": say(f"role.{post.role}"),
        "name": post.name,
        "since": say_instant(post.valid_from, zone),
        "until": say_deadline(post.valid_to, zone) if post.valid_to else "",
        "confirmed": post.confirmed,
    }


def _receipt(facts: Facts, id: int) -> dict[str, str]:
    at = facts.receipts[id].received_at
    return {"number": f"{id:06d}", "at": say_instant(at, facts.rules.zone)}
