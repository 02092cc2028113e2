"""Collect what came in: files → receipts of the obligations they answer."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from prefect import task
from prefect.cache_policies import NO_CACHE

from domain.checks import is_nil
from domain.history import Kind
from domain.sentences import say
from intake.inbox import Arrival, Taken, arrivals, put_away, take
from intake.submission import Submission
from models import message, obligation, receipt
from models.base import Row, Session, writing
from models.obligation import Owed, event_row
from settings import Settings
from tasks.answers import answers
from tasks.contents import Reading, readings
from tasks.recipients import About, to_liaisons
from tasks.work import Work, is_simulated, programme

UNREAD = Submission()
AT_ONCE = 20_000_000  # bytes of files read together; their tables may take 20 times that


@dataclass(frozen=True, slots=True)
class Filed:
    """A file taken from the inbox, and the obligation it answers when there is one."""

    arrival: Arrival
    taken: Taken
    sent: Submission = UNREAD
    owed: Owed | None = None

    @property
    def sha256(self) -> str:
        """The name of its bytes."""
        return self.taken.sha256


def waiting(work: Work) -> list[Arrival]:
    """The files in the programme's inbox that have come by now."""
    settings = Settings()
    folder = settings.folder("inbox", work.programme)
    return arrivals(folder, work.now, settings.inbox_settle_seconds, is_simulated())


@task(task_run_name=say("task.collect"), cache_policy=NO_CACHE)
def collect(work: Work, files: Sequence[Arrival]) -> Counter[str]:
    """Keep every file as a receipt of the obligation it answers, then put it away."""
    return sum((_collect(work, part) for part in portions(files)), Counter[str]())


def portions(files: Sequence[Arrival], most: int = AT_ONCE) -> Iterator[list[Arrival]]:
    """The files in turn, as many at once as have ``most`` bytes together; at least one."""
    part: list[Arrival] = []
    left = most
    for file in files:
        if part and file.size > left:
            yield part
            part, left = [], most
        part.append(file)
        left -= file.size
    if part:
        yield part


def _collect(work: Work, files: Sequence[Arrival]) -> Counter[str]:
    cap, large = Settings().blob_cap, Settings().folder("blobs")
    filed = [Filed(file, taken) for file in files if (taken := take(file, cap, large))]
    read = _read(work, filed)
    with writing() as session:
        matched = _match(session, work, filed, read)
        counts = _keep(session, work, matched)
    for one in matched:
        put_away(one.arrival, one.sha256, "taken" if one.owed else "unmatched")
    return counts


def _read(work: Work, files: Sequence[Filed]) -> list[Reading]:
    """What each file says; one over the cap is kept and not read."""
    small = [(f.arrival.name, f.taken.content) for f in files if f.taken.content is not None]
    read = iter(readings(programme(work.programme), small))
    too_large = Reading(Submission(problem="intake.too_large"))
    return [too_large if f.taken.content is None else next(read) for f in files]


def _match(
    session: Session, work: Work, files: Sequence[Filed], read: Sequence[Reading]
) -> list[Filed]:
    """Find the obligation each file answers; what is not found keeps the reason."""
    found = answers(session, work, read)
    return [replace(f, owed=o, sent=sent) for f, (sent, o) in zip(files, found, strict=True)]


def _keep(session: Session, work: Work, files: Sequence[Filed]) -> Counter[str]:
    """Receipts for what is new; a note for what was sent again."""
    blobs = {f.sha256: _blob(f) for f in files}
    fresh = {_pair(f): _receipt(work, f) for f in reversed(files)}  # the first one sent is kept
    new = receipt.take_in(session, work.change("unit"), [*blobs.values()], [*fresh.values()])
    rows = [received(row) for row in new if row["obligation_id"]]
    obligation.add_events(session, work.change("unit"), rows)
    repeated = _note_repeats(session, work, files)
    unmatched = len(new) - len(rows)
    return Counter(files=len(files), received=len(rows), repeated=repeated, unmatched=unmatched)


def _pair(filed: Filed) -> tuple[int, str]:
    return (filed.owed.id if filed.owed else 0, filed.sha256)


def _note_repeats(session: Session, work: Work, files: Sequence[Filed]) -> int:
    """Note each second sending of the same bytes, and tell the sender of the first (S15)."""
    first = receipt.earlier(session, {_pair(f) for f in files if f.owed})
    again = {
        (f.owed.id, f.arrival.at): (f.owed, first[_pair(f)]["id"], f.arrival)
        for f in files
        if f.owed and not _same_sighting(first[_pair(f)], f)
    }
    rows = [
        event_row(
            owed.id,
            Kind.REPEATED,
            key=f"{arrival.name}@{arrival.at.isoformat()}",
            at=arrival.at,
            receipt_id=receipt_id,
        )
        for owed, receipt_id, arrival in again.values()
    ]
    noted = obligation.add_events(session, work.change("unit"), rows)
    about = [About(again[e["obligation_id"], e["at"]][0], e["receipt_id"], e["at"]) for e in noted]
    message.put(session, work.change("office"), to_liaisons(session, work, "repeated", about))
    return len(noted)


def _same_sighting(seen: Row, filed: Filed) -> bool:
    """A file that was kept but not yet put away when its run died is not a second sending."""
    same_name = bool(seen["source"] == filed.arrival.name)
    return same_name and bool(seen["received_at"] == filed.arrival.at)


def _blob(filed: Filed) -> Row:
    taken = filed.taken
    return {"sha256": taken.sha256, "size": taken.size, "content": taken.content}


def _receipt(work: Work, filed: Filed) -> Row:
    return {
        "obligation_id": filed.owed.id if filed.owed else None,
        "programme": work.programme,
        "blob_sha256": filed.sha256,
        "channel": "inbox",
        "source": filed.arrival.name,
        "received_at": filed.arrival.at,
        "payload": {**filed.sent.values, **_told(filed.sent)},
        "problem": filed.sent.problem,
    }


def _told(sent: Submission) -> Row:
    """What the sentence of a problem needs beside its key."""
    return {"problem": dict(sent.detail)} if sent.detail else {}


def received(row: Row) -> Row:
    return event_row(
        row["obligation_id"],
        Kind.RECEIVED,
        key=str(row["id"]),
        at=row["received_at"],
        receipt_id=row["id"],
        nil=is_nil(row["payload"]),
    )
