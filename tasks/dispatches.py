"""Drain the outbox: claim, write the attempt down, commit, send, record."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from prefect import task
from prefect.cache_policies import NO_CACHE

from domain.history import Event, Kind, demanded
from domain.sentences import say
from models import obligation, outbox, reminder
from models.base import Session, reading, writing
from models.message import ANNOUNCING
from models.outbox import Claimed
from notifications.deliver import Envelope, TransportError, deliver
from notifications.folder import Folder
from notifications.message import BadAddress, to_bytes
from settings import Settings
from tasks.letters import Facts, gather, letters
from tasks.replies import Copies, marked_copies
from tasks.work import Work, calendar, now, programme, size_of, sound

# answers to what somebody has just sent are not held
HELD_AT_NIGHT = (*ANNOUNCING, "unreachable", "handover", "changed", "calendar")
MOST_COPIES = 50  # marked for one portion; each takes a second or less
ABOUT_THE_OWED = ("remind", "asked", "handover")


@dataclass(frozen=True, slots=True)
class Leased:
    """A message about to be sent: its frozen bytes and the attempt that is open for it."""

    claimed: Claimed
    attempt: int
    body: bytes


def programmes_waiting(work: Work) -> list[str]:
    """The programmes with messages that may go out now; those of a broken folder wait."""
    with reading() as session:
        waiting = outbox.programmes_waiting(session, work.now)
    usable = sound()
    return [slug for slug in waiting if slug in usable]


def portions(work: Work, most: int) -> list[int]:
    """How many messages to claim at a time so that ``most`` claims take all that is waiting."""
    with reading() as session:
        waiting = outbox.count_waiting(session, work.programme, work.now)
    size = size_of(waiting, most)
    return [size] * -(-waiting // size)


@task(task_run_name=say("task.dispatch"), cache_policy=NO_CACHE)
def drain(work: Work, limit: int) -> Counter[str]:
    """Send up to ``limit`` messages of one programme."""
    with reading() as session:
        back = outbox.to_freeze(session, work.programme, "returned", now(), min(limit, MOST_COPIES))
    copies = marked_copies(back, now())  # takes its time: before anything is locked
    work = replace(work, now=now())  # a lease counts from its claim
    with writing() as session:
        leased, counts = _lease(session, work, limit, copies)
    transport = Folder(Settings().folder("outbox"))
    envelopes = [Envelope(m.claimed.key, m.claimed.channel, m.body) for m in leased]
    results = deliver(transport, envelopes)
    with writing() as session:
        counts += _record(session, replace(work, now=now()), leased, results)
    return counts


def _lease(
    session: Session, work: Work, limit: int, copies: Copies
) -> tuple[list[Leased], Counter[str]]:
    """Claim, clear what is no longer owed, freeze the bytes and open the attempts."""
    seconds = Settings().lease_seconds
    rules = programme(work.programme)
    quiet = rules.sending_hours(calendar(session, rules)).is_quiet(work.now)
    held = HELD_AT_NIGHT if quiet else ()
    claimed = outbox.claim(session, work.change("dispatch"), work.now, seconds, limit, held)
    facts = gather(session, work, claimed)
    still = [_owed_only(session, facts, message) for message in claimed]
    gone = {m.id for m in still if m.kind in ABOUT_THE_OWED and not m.subjects}
    answered = {m.id for m in still if m.kind == "calendar" and facts.awaited is None}
    outbox.settle(session, answered, "cleared", "notices.answered")
    early = {m.id for m in still if _waits_for_copy(m, copies)}
    outbox.settle(session, early, "pending")
    due = [m for m in still if m.id not in gone | answered | early]
    unsure = outbox.unsure(session, gone)
    outbox.settle(session, gone - unsure, "cleared", "reminder.cleared_on_time")
    outbox.settle(session, unsure, "unknown", "reminder.cleared_on_time")
    bodies = _bodies(session, facts, due, copies)
    unaddressed = [message.id for message in due if message.id not in bodies]
    outbox.settle(session, unaddressed, "failed", "message.no_address")
    lost = [s.reminder for m in due if m.id in unaddressed for s in m.subjects if s.reminder]
    reminder.settle(session, lost, "dropped", "message.no_address")
    attempts = outbox.begin_attempts(session, work.change("dispatch"), bodies)
    leased = [Leased(m, attempts[m.id], bodies[m.id]) for m in due if m.id in bodies]
    return leased, Counter(cleared=len(gone), failed=len(unaddressed))


def _owed_only(session: Session, facts: Facts, message: Claimed) -> Claimed:
    """The message about what is still owed; one already frozen goes out whole or not at all."""
    if message.kind not in ABOUT_THE_OWED:
        return message
    owed = [s for s in message.subjects if facts.standings[s.obligation].owed]
    for s in set(message.subjects) - set(owed):
        state = facts.standings[s.obligation].state
        reminder.settle(session, [s.reminder or 0], "cleared", f"reminder.cleared_{state}")
    if message.body is not None:  # it may have arrived: whole, under the same Message-ID
        return message if owed else replace(message, subjects=())
    late = [s.reminder for s in owed if s.reminder in facts.expired]
    reminder.settle(session, [id for id in late if id], "dropped", "reminder.window_passed")
    return replace(message, subjects=tuple(s for s in owed if s.reminder not in late))


def _waits_for_copy(message: Claimed, copies: Copies) -> bool:
    """Whether a report is sent back by it that nobody has marked yet: the next portion takes it."""
    if message.kind != "returned" or message.channel != "email" or message.body is not None:
        return False
    return any(s.receipt and s.receipt not in copies for s in message.subjects)


def _bodies(
    session: Session, facts: Facts, messages: Sequence[Claimed], copies: Copies
) -> dict[int, bytes]:
    """The bytes of each message: those frozen at its first attempt, or new ones frozen now."""
    frozen = {m.id: m.body for m in messages if m.body is not None}
    written = letters(session, facts, [m for m in messages if m.body is None], copies)
    domain = Settings().mail_domain
    new: dict[int, bytes] = {}
    for id, letter in written.items():
        with suppress(BadAddress):  # one bad address must not keep the others waiting
            new[id] = to_bytes(letter, domain)
    outbox.freeze(session, new)
    return frozen | new


def _record(
    session: Session,
    work: Work,
    leased: Sequence[Leased],
    results: Sequence[TransportError | None],
) -> Counter[str]:
    """Write down what came of each attempt; a message refused for now is tried after its lease."""
    change = work.change("dispatch")
    outcomes: dict[str, list[Leased]] = defaultdict(list)
    for message, error in zip(leased, results, strict=True):
        outcomes[error.code if error else ""].append(message)
        if error and error.permanent:
            outbox.settle(session, [message.claimed.id], "failed", "message.refused", work.step)
            told_of = [s.reminder for s in message.claimed.subjects if s.reminder]
            reminder.settle(session, told_of, "dropped", "message.refused")
    for code, group in sorted(outcomes.items()):
        outcome = "failed" if code else "sent"
        outbox.close_attempts(session, change, [m.attempt for m in group], outcome, code)
    sent = [m.claimed for m in outcomes[""]]
    outbox.settle(session, [m.id for m in sent], "sent", step=work.step)
    _told(session, work, sent)
    return Counter(sent=len(sent), failed=len(leased) - len(sent))


def _told(session: Session, work: Work, sent: Sequence[Claimed]) -> None:
    """Reminders are told, and the due instants they named are announced."""
    subjects = [s for m in sent if m.kind in ANNOUNCING for s in m.subjects]
    reminder.settle(session, [s.reminder for s in subjects if s.reminder], "told")
    histories = obligation.histories(session, {s.obligation for s in subjects})
    rows = [
        obligation.event_row(id, Kind.ANNOUNCED, key=_announced(history, due_at))
        for id, history in histories.items()
        if (due_at := demanded(history))  # that nothing is owed any more is no due instant
    ]
    obligation.add_events(session, work.change("dispatch"), rows)


def _announced(history: Sequence[Event], due_at: datetime) -> str:
    """The key of what is announced: each due instant once each time it is set."""
    times = sum(e.kind is Kind.DUE_SET and e.due_at == due_at for e in history)
    return due_at.isoformat() if times < 2 else f"{due_at.isoformat()}:{times}"
