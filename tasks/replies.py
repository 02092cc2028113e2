"""What a sender is given back: its own file with what is wrong marked in it, and what was read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from documents.apart import marked_apart
from documents.blank import Spec
from documents.markup import Unmarkable, filled
from documents.readback import ReadBack, parts, read_back
from documents.remarks import Returned
from domain.grid import Workbook
from domain.obligation import Flag
from domain.sentences import say
from domain.wording import say_deadline, say_instant, say_period
from intake.sandbox import Reader
from models import stuck
from models.base import reading
from tasks.reviews import Review, review
from tasks.templates import file_name

MOST_ATTACHED = 5_000_000  # bytes; many mailboxes take 10 MB, and base64 adds a third
Copies = Mapping[int, tuple[str, bytes] | None]  # name and content, by receipt


@dataclass(frozen=True, slots=True)
class Reply:
    """The files of a reply by name, and what tells which receipt they are about.

    ``own`` says whether the copy is the sender's own file, not our template filled in.
    """

    returned: Returned
    programme: str
    unit: str
    own: bool
    files: dict[str, bytes]


def reply(number: int, now: datetime) -> Reply:
    """The marked copy and the read-back page of a receipt; Refused when it cannot be found.

    Of a file that is no .xlsx, or that cannot be marked, it is our template filled in.
    """
    found = review(number, now)
    spec, returned = _spec(found), returned_of(found)
    with Reader() as reader:
        copy = _own(found, returned, reader)
    page = read_back(_told(found, returned, now))
    files = {
        file_name("desk.copy", spec, number=found.number): copy
        or filled(spec, found.content, returned),
        file_name("desk.page", spec, number=found.number): page.encode(),
    }
    return Reply(returned, found.filed.programme, found.unit, copy is not None, files)


def marked_copies(numbers: Collection[int], now: datetime) -> Copies:
    """What goes with the letters that send these receipts back."""
    with Reader() as reader:
        return {number: _copy(review(number, now), reader) for number in numbers}


def _copy(found: Review, reader: Reader) -> tuple[str, bytes] | None:
    """The marked copy with its name; None for what a program sent, and what no mail would take."""
    if PurePath(found.filed.source).suffix.lower() == ".json":
        return None
    spec, returned = _spec(found), returned_of(found)
    content = _own(found, returned, reader) or filled(spec, found.content, returned)
    name = file_name("desk.copy", spec, number=found.number)
    return (name, content) if len(content) <= MOST_ATTACHED else None


def _spec(found: Review) -> Spec:
    return found.facts.spec(found.due, found.tasks, found.last)


def returned_of(found: Review) -> Returned:
    """The receipt as it is given back: number, instant, hash, and what was found."""
    return Returned(
        number=found.number,
        received_at=say_instant(found.filed.received_at, found.facts.known.rules.zone),
        sha256=found.filed.sha256,
        remarks=found.remarks(),
        demo=found.facts.demo,
    )


def _own(found: Review, returned: Returned, reader: Reader) -> bytes | None:
    """The sender's own file, marked; None when it is no .xlsx or cannot be opened."""
    with reading() as session:
        kept = stuck.contents(session, [found.filed.id])
    for one in kept:
        book = reader.read(one.source, one.content)  # whatever is wrong with it stays there
        if isinstance(book, Workbook) and book.kind == "xlsx":
            try:
                return marked_apart(one.content, returned)
            except Unmarkable:
                return None
    return None


def _told(found: Review, returned: Returned, now: datetime) -> ReadBack:
    rules, standing = found.facts.known.rules, found.standing
    resend_by, office = standing.resend_by, rules.office(found.filed.owed.office)
    later = resend_by if resend_by and resend_by > now else None
    return ReadBack(
        returned=returned,
        programme=rules.name,
        label=found.form.label,
        unit=found.unit,
        occasion=found.facts.period.id,
        period=say_period(found.facts.period),
        due=say_deadline(standing.due_at, rules.zone) if standing.due_at else "",
        state=say(f"state.{standing.state}"),
        file=found.filed.source,
        parts=parts(found.form, found.content, returned.remarks, found.tasks),
        nil=found.content.nil,
        unchanged=found.content.unchanged,
        stands=not standing.owed and Flag.RETURNED not in standing.flags,
        resend_by=say_deadline(later, rules.zone) if later else "",
        office=office.name,
        contact=office.contact,
    )
