"""Collect what came in: files → receipts of the obligations they answer."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from prefect import task
from prefect.cache_policies import NO_CACHE

from domain.checks import is_nil
from domain.history import Kind
from domain.sentences import say
from intake.inbox import Arrival, arrivals, put_away, readable
from intake.submission import Submission, read
from models import message, obligation, receipt
from models.base import Row, Session, writing
from models.obligation import Owed, event_row
from settings import Settings
from tasks.matching import answers
from tasks.recipients import About, to_liaisons
from tasks.work import Work, is_simulated


@dataclass(frozen=True, slots=True)
class Filed:
    """A file read from the inbox, and the obligation it answers when there is one."""

    arrival: Arrival
    sha256: str
    content: bytes
    sent: Submission
    owed: Owed | None = None


def waiting(work: Work) -> list[Arrival]:
    """The files in the programme's inbox that have come by now."""
    settings = Settings()
    folder = settings.folder("inbox", work.programme)
    return arrivals(folder, work.now, settings.inbox_settle_seconds, is_simulated())


@task(task_run_name=say("task.collect"), cache_policy=NO_CACHE)
def collect(work: Work, files: Sequence[Arrival]) -> Counter[str]:
    """Keep every file as a receipt of the obligation it answers, then put it away."""
    cap = Settings().blob_cap
    read_files = [filed for file in files if (filed := _read(file, cap))]
    with writing() as session:
        matched = _match(session, work, read_files)
        counts = _keep(session, work, matched)
    for filed in matched:
        put_away(filed.arrival, filed.sha256, "taken" if filed.owed else "unmatched")
    return counts


def _read(arrival: Arrival, cap: int) -> Filed | None:
    try:
        content = arrival.path.read_bytes()
    except FileNotFoundError:
        return None  # another run has put it away
    if len(content) > cap:
        sent = Submission(problem="intake.too_large")
    elif not readable(arrival.path):
        sent = Submission(problem="intake.suffix")
    else:
        sent = read(arrival.name, content)
    return Filed(arrival, receipt.sha256(content), content, sent)


def _match(session: Session, work: Work, files: Sequence[Filed]) -> list[Filed]:
    """Find the obligation each file answers; what is not found keeps the reason."""
    found = answers(session, work, [f.sent for f in files])
    return [
        replace(f, owed=owed, sent=replace(f.sent, problem=problem))
        for f, (owed, problem) in zip(files, found, strict=True)
    ]


def _keep(session: Session, work: Work, files: Sequence[Filed]) -> Counter[str]:
    """Receipts for what is new; a note for what was sent again."""
    settings = Settings()
    blobs = {f.sha256: _blob(f, settings) for f in files}
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


def _blob(filed: Filed, settings: Settings) -> Row:
    """Bytes within the cap go into the database, larger ones to disk under their hash."""
    if len(filed.content) <= settings.blob_cap:
        return {"sha256": filed.sha256, "size": len(filed.content), "content": filed.content}
    (settings.folder("blobs") / filed.sha256).write_bytes(filed.content)
    return {"sha256": filed.sha256, "size": len(filed.content), "content": None}


def _receipt(work: Work, filed: Filed) -> Row:
    return {
        "obligation_id": filed.owed.id if filed.owed else None,
        "programme": work.programme,
        "blob_sha256": filed.sha256,
        "channel": "inbox",
        "source": filed.arrival.name,
        "received_at": filed.arrival.at,
        "payload": dict(filed.sent.values),
        "problem": filed.sent.problem,
    }


def received(row: Row) -> Row:
    return event_row(
        row["obligation_id"],
        Kind.RECEIVED,
        key=str(row["id"]),
        at=row["received_at"],
        receipt_id=row["id"],
        nil=is_nil(row["payload"]),
    )
