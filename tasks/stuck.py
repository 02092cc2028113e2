"""Receipts that answer nothing yet: which they are, and what a person is to do about each."""

from datetime import datetime
from typing import Any

from domain.errors import Refused
from domain.sentences import say
from models.base import Session, reading
from models.stuck import Stuck, stuck, stuck_one
from tasks.contents import TO_CONFIRM
from tasks.masking import mask
from tasks.work import programme

Row = dict[str, Any]


def unmatched(slug: str, now: datetime) -> list[Row]:
    """The receipts of a programme that answer no obligation, oldest first, and why."""
    rules = programme(slug)
    with reading() as session:
        found = [one for one in stuck(session, slug, now) if one.problem != TO_CONFIRM]
    return [
        {"received_at": one.received_at.astimezone(rules.zone)} | told(one, mask(one.source))
        for one in found
    ]


def told(one: Stuck, file: str = "") -> dict[str, str]:
    """Which receipt waits for a person, and what that person is to do.

    Its file goes by its hash where not by a name: a record of runs is no place for names.
    """
    number, file = f"{one.id:06d}", file or one.sha256[:8]
    words = {"number": number, "file": file, **one.detail}
    said = mask(say(one.problem, **words))  # it may name words of the file
    return {"number": number, "file": file, "problem": said}


def refusal(session: Session, number: int) -> Refused:
    """Why nothing can be done about a receipt with this number: there is none, or it waits."""
    one = stuck_one(session, number)
    if one is None:
        return Refused("ledger.no_receipt", number=f"{number:06d}")
    return Refused("ledger.stuck", number=f"{number:06d}", problem=told(one)["problem"])
