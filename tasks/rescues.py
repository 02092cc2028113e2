"""Find runs that died unseen and moments that were missed; alert when nobody made up for them."""

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from socket import gethostname

from domain.agenda import Moment
from domain.sentences import say
from domain.wording import say_instant
from models import alert, installation, message, outbox
from models import run as record
from models.audit import Change
from models.base import Row, Session, reading, writing
from models.message import Draft
from models.run import RunOf
from settings import Settings
from tasks import plans, receipts
from tasks.plans import Pipeline
from tasks.recipients import by_role
from tasks.work import Work, programme

LOOK_BACK = timedelta(days=7)  # a weekend and a holiday
STARTING = timedelta(minutes=10)  # a process is up by then
LONGEST = timedelta(hours=6)  # no run takes that long: it is given up then


def bury(work: Work) -> list[RunOf]:
    """Close the record of every run that has died, free what it held, tell the server."""
    with reading() as session:
        dead = [run for run in record.unfinished(session) if _is_dead(run, work.now)]
    for run in dead:
        with writing() as session:
            change = Change("runs", "reaper", work.now)
            if not record.bury(session, change, run.id):
                continue  # it ended while we looked
            outbox.free_leases(session, record.steps_of(session, run.id), work.now)
        plans.mark_crashed(run.flow_run_id, say("alert.died"))
    with reading() as session:
        alive = {run.flow_run_id for run in record.unfinished(session)}
    for pipeline in plans.pipelines():
        plans.bury_orphans(pipeline, alive, work.now - STARTING, say("alert.died"))
    return dead


def redo(dead: Collection[RunOf]) -> int:
    """Run each pipeline whose run died once more, unless a run of it is waiting or under way."""
    died = {Pipeline(run.programme, run.office) for run in dead if run.flow == "weekly"}
    found = [pipeline for pipeline in plans.pipelines() if pipeline in died]
    return sum(plans.run_if_idle(pipeline, say("moment.again")) for pipeline in found)


def _is_dead(run: RunOf, now: datetime) -> bool:
    if now - run.started_at > LONGEST:  # its number may belong to another process by now
        return True
    if run.host == gethostname():
        return run.pid != os.getpid() and not _is_alive(run.pid)
    return plans.has_ended(run.flow_run_id)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def missed(pipeline: Pipeline, stages: Collection[str], now: datetime) -> list[Moment]:
    """The moments since yesterday that no whole run, begun since, has completed."""
    with reading() as session:
        began = installation.since(session) or now
        passed = plans.agenda(pipeline, max(now - LOOK_BACK, began), now)
        return [m for m in passed if not record.completed_since(session, _asked(m), stages, m.at)]


def _asked(moment: Moment) -> Row:
    return {
        "flow": "weekly",
        "programme": moment.programme,
        "office": moment.office,
        "occasion": moment.occasion,
    }


def wake(pipeline: Pipeline, work: Work) -> bool:
    """Run a pipeline whose inbox has something now, so that nobody waits for an answer."""
    its_own = replace(work, programme=pipeline.programme, office=pipeline.office)
    return bool(receipts.waiting(its_own)) and plans.run_if_idle(pipeline, say("moment.inbox"))


def overdue(moments: Sequence[Moment], now: datetime) -> list[Moment]:
    """The missed deadlines that are to be alerted of."""
    patience = timedelta(minutes=Settings().alert_after_minutes)
    return [m for m in moments if m.reason == "due" and now - m.at > patience]


def raise_alerts(work: Work, moments: Sequence[Moment]) -> list[str]:
    """Put each new alert on record and mail it to the operator; the sentences of the new ones."""
    sentences: list[str] = []
    for slug in sorted({m.programme for m in moments}):
        rows = [_row(m) for m in moments if m.programme == slug]
        with writing() as session:
            change = Change(slug, "reaper", work.now, work.step)
            new = alert.raise_new(session, change, rows)
            drafts = [d for row in new for d in _drafts(session, work, row)]
            message.put(session, change, drafts)
        sentences += [say(row["rule"], **row["detail"]) for row in new]
    return sentences


def _row(moment: Moment) -> Row:
    zone = programme(moment.programme).zone
    return {
        "key": moment.key,
        "programme": moment.programme,
        "office": moment.office,
        "rule": "alert.missed",
        "detail": {
            "programme": programme(moment.programme).name,
            "occasion": moment.occasion,
            "at": say_instant(moment.at, zone),
            "deployment": Pipeline(moment.programme, moment.office).name,
        },
    }


def _drafts(session: Session, work: Work, row: Row) -> Iterator[Draft]:
    """To the operators of the office, or to the office itself when none is appointed."""
    host = programme(row["programme"]).office(row["office"]).host
    its_own = replace(work, programme=row["programme"], office=row["office"])
    people = by_role(session, its_own, {host})
    for person in people.get((host, "operator")) or people.get((host, "office"), []):
        yield Draft(
            programme=row["programme"],
            office=row["office"],
            kind="alert",
            channel="email",
            officer=person.officer,
            role=person.role,
            not_before=work.now,
            subjects=(),
        )
