"""The bundled defaults of a programme, and which of them the office has confirmed (X4)."""

from datetime import datetime
from typing import Any

from domain.defaults import Default, defaults
from domain.errors import Refused
from domain.programme import Programme
from models import confirmation
from models.audit import Change
from models.base import Session, writing
from tasks.register import Register, register
from tasks.work import programme

Row = dict[str, Any]


def undecided(
    session: Session | None, rules: Programme, as_of: datetime | None = None
) -> list[Default]:
    """The defaults nobody has confirmed as they are now, as known at ``as_of``."""
    known = confirmation.confirmations(session, rules.slug) if session else {}
    before = {key for key, (_, at) in known.items() if as_of is None or at <= as_of}
    return [d for d in defaults(rules) if (d.place, d.value_hash) not in before]


def check(slug: str) -> list[Row]:
    """Every default of a programme with who confirmed it; None where nobody has."""
    rules = programme(slug)
    with register(rules) as known:
        confirmed = _confirmed(known)
    return [
        {
            "programme": slug,
            "place": d.place,
            "value": d.value,
            "note": d.note,
            "decided_on": d.decided_on,
            "confirmed_by": confirmed.get((d.place, d.value_hash), (None, None))[0],
            "confirmed_at": confirmed.get((d.place, d.value_hash), (None, None))[1],
        }
        for d in defaults(rules)
    ]


def _confirmed(known: Register) -> dict[tuple[str, str], tuple[str, datetime]]:
    if known.session is None:
        return {}
    return confirmation.confirmations(known.session, known.rules.slug)


def confirm(slug: str, places: list[str], by: str, note: str, now: datetime) -> list[str]:
    """Record that somebody confirmed these defaults, or all below them; the places that were new.

    Raises Refused, naming those there are, for a place that is none and for none at all.
    """
    rules = programme(slug)
    known = {d.place: d for d in defaults(rules)}
    if not places:
        raise Refused("confirm.which", known="、".join(known))
    wanted: dict[str, str] = {}
    for place in places:
        below = {p: d.value_hash for p, d in known.items() if f"{p}.".startswith(f"{place}.")}
        if not below:
            raise Refused("confirm.unknown", place=place, known="、".join(known))
        wanted |= below
    if not by.strip():
        raise Refused("confirm.nobody")
    with writing() as session:
        change = Change(slug, "office", now)
        rows = confirmation.confirm(session, change, slug, wanted, by.strip(), note)
    return [row["place"] for row in rows]
