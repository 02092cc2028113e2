"""How the programmes stand side by side, for the end of a start-up."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from domain.obligation import State
from domain.periods import Kind
from domain.sentences import say
from models import message
from models.base import reading
from models.obligation import occasions
from tasks.summaries import count
from tasks.work import Work, now, programme, sound

SHOWN = 500  # the newest occasions looked at: more than all programmes have open at once


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest occasion of one kind of a programme, and the offices that collect on it."""

    programme: str
    occasion: str
    offices: tuple[str, ...]


def standings() -> Iterator[tuple[str, ...]]:
    """A row a programme and kind of period: its newest occasion, and how many are in each state."""
    for newest in sorted(_newest(), key=lambda n: (n.programme, n.occasion)):
        counts: Counter[str] = Counter()
        for office in newest.offices:
            counts += count(Work(newest.programme, office, newest.occasion, now(), 0), now()).counts
        reported = counts[State.ON_TIME] + counts[State.LATE]
        owed = counts.total() - counts[State.EXEMPT]
        yield (
            programme(newest.programme).name,
            newest.occasion,
            say("up.reported", reported=reported, total=owed),
            *(str(counts[state]) for state in (State.LATE, State.MISSING, State.PENDING)),
        )


def _newest() -> Iterator[Newest]:
    usable = sound()
    with reading() as session:
        every = [row for row in occasions(session, SHOWN) if row[0] in usable]
    newest: dict[tuple[str, Kind], tuple[str, list[str]]] = {}
    for slug, office, occasion in every:
        period = programme(slug).period(occasion)
        known = newest.setdefault((slug, period.kind), (occasion, []))
        if programme(slug).period(known[0]).start < period.start:
            known = newest[slug, period.kind] = (occasion, [])
        if known[0] == occasion:
            known[1].append(office)
    for (slug, _), (occasion, offices) in newest.items():
        yield Newest(slug, occasion, tuple(offices))


def sent() -> str:
    """How many messages have gone out, by mail and by SMS."""
    with reading() as session:
        messages = message.count_by_channel(session)
    found: Counter[str] = Counter()
    for channel, state, number in messages:
        found[channel] += number if state == "sent" else 0
    return say("up.sent_counts", email=found["email"], sms=found["sms"])
