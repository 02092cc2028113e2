"""The state of obligations as known at an instant: one select, one fold each."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from domain.obligation import Standing, standing
from domain.periods import parse, week_of
from domain.programme import Programme
from models import obligation
from models.base import Session, reading
from models.obligation import Owed
from models.unit import printed_names
from models.workday import workdays
from tasks.work import programme


def standings_of(
    session: Session, rules: Programme, owed: Iterable[Owed], as_of: datetime
) -> dict[int, Standing]:
    """The standing of each obligation, by id."""
    counting = rules.counting_on(workdays(session))
    host = {office.code: office.host for office in rules.offices}
    debtors = {o.id: (o.debtor, o.office) for o in owed}
    return {
        id: standing(history, counting, as_of, self_filed=debtors[id][0] == host[debtors[id][1]])
        for id, history in obligation.histories(session, set(debtors)).items()
    }


def obligation_rows(slug: str, occasion: str, as_of: datetime) -> list[dict[str, Any]]:
    """Every obligation of an occasion (empty: of the week of ``as_of``) as known at ``as_of``."""
    rules = programme(slug)
    occasion = parse(occasion).id if occasion else week_of(as_of.astimezone(rules.zone).date()).id
    with reading() as session:
        names = printed_names(session, parse(occasion).end)
        owed = [
            o
            for office in rules.offices
            for o in obligation.of_occasion(session, slug, office.code, occasion, as_of)
        ]
        standings = standings_of(session, rules, owed, as_of)
    return [
        {
            "office": o.office,
            "form": o.form,
            "unit": names.get(o.debtor, o.debtor),
            "occasion": o.occasion,
            "due_at": standings[o.id].due_at,
            "state": standings[o.id].state.value,
            "flags": sorted(standings[o.id].flags),
        }
        for o in owed
    ]
