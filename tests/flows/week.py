"""Fixture F of the worked scenarios, run by the real flows at simulated instants."""

from collections import Counter
from datetime import datetime
from pathlib import Path

from deployments.prepare import prepare
from domain.obligation import Standing
from flows.dispatch import dispatch
from flows.weekly import EVERY, Stage, weekly
from models import obligation
from models.base import reading
from models.unit import resolve
from tasks.standings import standings_of
from tasks.work import programme, simulated
from tests.build import NAMES, SLUG, START, WEEK, appoint, drop, everyone, report, sql

SENT = {"涧西区": "15:59:59", "偃师区": "16:00:00", "市财政局": "16:00:01"}


def set_up() -> None:
    """The bundled programme in a demonstration's database; only the four debtors have people."""
    prepare(START, demo=True)
    appoint(everyone())


def run(
    at: datetime, stages: list[Stage] = EVERY, week: str = WEEK, as_of: datetime | None = None
) -> None:
    """The check-in and the sending, as they would run at an instant."""
    with simulated(at):
        weekly(SLUG, occasion=week, stages=stages, as_of=as_of)
        dispatch()


def send(home: Path, unit: str, at: datetime, name: str = "", **cells: object) -> Path:
    """A unit drops its report into the inbox."""
    return drop(home, name or f"{unit}.json", report(unit, **cells), at)


def stands(unit: str, as_of: datetime, week: str = WEEK) -> Standing:
    """How the one obligation of a unit stands."""
    with reading() as session:
        debtor = resolve(session, [unit])[unit]
        [owed] = obligation.of_debtors(session, SLUG, [debtor], [week])[debtor, week]
        return standings_of(session, programme(SLUG), [owed], as_of)[owed.id]


def states(as_of: datetime) -> list[str]:
    """The states of the four debtors."""
    return [stands(unit, as_of).state.value for unit in NAMES.values()]


def messages(kind: str, state: str = "sent") -> Counter[tuple[str, str]]:
    """How many messages of a kind there are, by channel and role."""
    found = "SELECT channel, role FROM message WHERE kind = :kind AND state = :state"
    return Counter((row[0], row[1]) for row in sql(found, kind=kind, state=state))


def mails(home: Path) -> list[str]:
    """The text of every mail that went out, as raw words."""
    return [file.read_text("utf-8") for file in sorted((home / "outbox" / "email").glob("*"))]
