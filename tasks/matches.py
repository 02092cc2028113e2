"""Tables whose heads are only like the form's: a person says what each stands for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.errors import Refused
from domain.form import Form
from domain.head import NONE
from domain.layout import Found, find
from domain.programme import Programme
from domain.sentences import say
from intake.sandbox import Reader
from models import head_match, obligation, stuck
from models.audit import Change
from models.base import Session, reading, writing
from models.obligation import Owed
from models.stuck import Kept
from models.unit import printed_names
from tasks.answers import titles_of
from tasks.contents import TO_CONFIRM, kept
from tasks.runs import anchor
from tasks.work import programme

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Held:
    """A receipt that waits for its heads to be confirmed."""

    rules: Programme
    owed: Owed
    form: Form
    kept: Kept
    match: Mapping[str, Any]


def waiting(slug: str) -> list[Row]:
    """The receipts of a programme whose heads nobody has confirmed yet, oldest first."""
    programme(slug)  # refused when there is none of this name
    with reading() as session:
        found = [_held(session, number) for number in stuck.held(session, slug, TO_CONFIRM)]
        return [_told(session, held) for held in found]


def about(number: int) -> Row:
    """Whose table it is, of which form and occasion; raises Refused when it waits for nothing."""
    with reading() as session:
        return _told(session, _held(session, number))


def heads(number: int) -> list[Row]:
    """How the heads of a table were understood: head, cell, field and how sure that is."""
    with reading() as session:
        held = _held(session, number)
    labels = {field.code: field.label for field in held.form.fields}
    taken = [
        {"head": head, "cell": cell, "field": labels[code], "sure": sure}
        for code, (head, cell, sure) in held.match["fields"].items()
        if code in labels
    ]
    left = [
        {"head": head, "cell": cell, "field": "", "sure": 0} for head, cell in held.match["ignored"]
    ]
    missing = [
        {"head": "", "cell": "", "field": labels[code], "sure": 0}
        for code in held.match["missing"]
        if code in labels
    ]
    return [*taken, *left, *missing]


def confirm(number: int, given: Mapping[str, str], now: datetime) -> Row:
    """Take a table as it was understood, heads that are ``given`` (to a field's label or code)
    as they say; later tables with these heads need no asking. The checks look at it next.

    Raises Refused when there is nothing to confirm, a field is unknown, or it is still unclear.
    """
    with reading() as session:
        held = _held(session, number)
        titles = titles_of(session, held.rules, held.owed)
        known = head_match.confirmed(session, held.rules.slug).get(held.form.code, {})
    chosen = _chosen(held, given)
    found = _read(held, titles, {held.form.code: {**known, **chosen}})
    if not found.certain:
        raise Refused("match.still_unclear", number=f"{number:06d}")
    with writing() as session:
        change = Change(held.rules.slug, "office", now)
        _lock(session, held)
        stuck.assign(session, change, {number: (held.owed.id, kept(found), "")})
        head_match.confirm(session, change, held.form.code, chosen)
        told = _told(session, held)
    anchor(now)
    return told


def send_back(number: int, reason: str, now: datetime) -> Row:
    """Let the checks return a table that cannot be used to its sender, with the reason."""
    if not reason.strip():
        raise Refused("ledger.no_reason")
    unread = {"rows": {}, "problems": [["check.office", {"reason": reason.strip()}]]}
    with writing() as session:
        held = _held(session, number)
        _lock(session, held)
        change = Change(held.rules.slug, "office", now)
        stuck.assign(session, change, {number: (held.owed.id, unread, "")})
        told = _told(session, held)
    anchor(now)
    return told


def _held(session: Session, number: int) -> Held:
    """The receipt of a number; raises Refused when it does not wait for anything."""
    found = stuck.waiting(session, number, TO_CONFIRM)
    if found is None:
        raise Refused("match.nothing", number=f"{number:06d}")
    slug, owed_id, kept, payload_ = found
    owed = obligation.by_ids(session, [owed_id])[owed_id]
    rules = programme(slug)
    return Held(rules, owed, rules.form(owed.form), kept, payload_["match"])


def _lock(session: Session, held: Held) -> None:
    """Hold a receipt until this is written; Refused when somebody else has decided meanwhile."""
    obligation.lock(session, [held.owed.id])
    _held(session, held.kept.id)


def _chosen(held: Held, given: Mapping[str, str]) -> dict[str, str]:
    """The field of each head: as proposed, or none, unless something else is given."""
    words = {word: f.code for f in held.form.fields for word in (f.code, f.label)}
    for label in given.values():
        if label not in words:
            known = say("desk.and").join(field.label for field in held.form.fields)
            raise Refused("match.unknown_field", value=label, known=known)
    proposed = {head: code for code, (head, _, sure) in held.match["fields"].items() if sure < 1}
    codes = set(words.values())
    chosen = {head: code for head, code in proposed.items() if code in codes}
    chosen |= {head: NONE for head, _ in held.match["ignored"]}
    return chosen | {head.strip(): words[label] for head, label in given.items()}


def _read(
    held: Held, titles: Mapping[str, str], confirmed: Mapping[str, Mapping[str, str]]
) -> Found:
    with Reader() as reader:
        answer = reader.read(held.kept.source, held.kept.content)
    if isinstance(answer, Refused):
        raise answer
    return find(answer, [held.form], titles, confirmed)


def _told(session: Session, held: Held) -> Row:
    day = held.rules.period(held.owed.occasion).end
    return {
        "receipt": held.kept.id,
        "number": f"{held.kept.id:06d}",
        "unit": printed_names(session, day).get(held.owed.debtor, held.owed.debtor),
        "form": held.form.label,
        "occasion": held.owed.occasion,
    }
