"""A few lines on how things stand, for the end of a start-up."""

from collections import Counter
from collections.abc import Iterator

from domain.obligation import State
from domain.sentences import say
from models import message
from models.base import reading
from models.obligation import occasions
from tasks.summaries import Summary, count
from tasks.work import Work, now, programme

SHOWN = 4  # occasions


def overview() -> Iterator[tuple[str, str]]:
    """The newest occasions and how they stand, and what was sent."""
    with reading() as session:
        newest = occasions(session, SHOWN)
        messages = message.count_by_channel(session)
    for slug, office, occasion in newest:
        summary = count(Work(slug, office, occasion, now(), 0), now())
        yield f"{programme(slug).name} {occasion}", _stands(summary)
    sent: Counter[str] = Counter()
    for channel, state, number in messages:
        sent[channel] += number if state == "sent" else 0
    yield say("up.sent"), say("up.sent_counts", email=sent["email"], sms=sent["sms"])


def _stands(summary: Summary) -> str:
    return say(
        "up.occasion",
        reported=summary.reported,
        total=summary.total - summary.counts[State.EXEMPT],
        late=summary.counts[State.LATE],
        missing=summary.counts[State.MISSING],
        pending=summary.counts[State.PENDING],
    )
