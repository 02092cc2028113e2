"""The state of obligations as known at an instant: one select, one fold each."""

from collections.abc import Iterable
from datetime import datetime

from domain.obligation import Standing, standing
from domain.programme import Programme
from models import obligation
from models.base import Session
from models.obligation import Owed
from models.workday import workdays


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
