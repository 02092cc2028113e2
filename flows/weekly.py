"""周调度 · the check-in pipeline: collect → validate → remind → summarise (A0.7–A0.12)."""

from datetime import datetime
from enum import StrEnum

from prefect import flow

from domain.errors import Refused
from domain.sentences import say
from tasks import (
    handovers,
    ledgers,
    openings,
    receipts,
    reminders,
    reports,
    summaries,
    unmatched,
    unreachable,
    verdicts,
)
from tasks.register import collecting
from tasks.runs import Asked, Run, recorded, rename
from tasks.work import batches, now
from tasks.work import programme as programme_of


class Stage(StrEnum):
    """The stages of a check-in, in order: names for the command line, values for the form."""

    OPEN = "开期"
    COLLECT = "收集"
    VALIDATE = "校验"
    REMIND = "催报"
    SUMMARISE = "汇总"


EVERY = list(Stage)


def stage(word: str) -> Stage:
    """The stage a word names, in English or Chinese."""
    found = {s.name.lower(): s for s in Stage} | {s.value: s for s in Stage}
    if word.strip().lower() not in found:
        raise Refused(
            "run.unknown_stage", word=word, known="、".join(s.name.lower() for s in Stage)
        )
    return found[word.strip().lower()]


@flow(name="周调度", description=say("flow.weekly"), flow_run_name="周调度 {programme} {occasion}")
def weekly(
    programme: str,
    office: str = "",
    occasion: str = "",
    as_of: datetime | None = None,
    stages: list[Stage] = EVERY,
    reason: str = "",
) -> dict[str, int]:
    """Bring one occasion to where it should be now; any stage can be run again alone.

    Returns what was done, counted by what it was.
    """
    rules = programme_of(programme)
    host = rules.office(office).code
    if not rules.forms_of(host):
        raise Refused("weekly.nothing_to_collect", office=rules.office(host).name)
    asked = Asked(
        flow="weekly",
        programme=rules.slug,
        office=host,
        occasion=rules.period(occasion or collecting(rules, host, now())).id,
        stages=tuple(stages),
        as_of=as_of.replace(tzinfo=as_of.tzinfo or rules.zone) if as_of else None,
        reason=reason,
    )
    with recorded(asked) as run:
        if run.looks_back:
            summarise(run)
            return dict(run.counts)
        if Stage.OPEN in stages:
            open_occasion(run)
        if Stage.COLLECT in stages:
            collect(run)
        if Stage.VALIDATE in stages:
            validate(run)
        if Stage.REMIND in stages:
            remind(run)
        if Stage.SUMMARISE in stages:
            summarise(run)
        return dict(run.counts)


def open_occasion(run: Run) -> None:
    """Every unit that owes the occasion gets its obligation, due instant and reminders."""
    with run.step(Stage.OPEN) as work:
        for batch in batches(openings.owing_units(work)):
            run.counts["opened"] += openings.open_obligations(work, batch)


def collect(run: Run) -> None:
    """Every file in the inbox becomes a receipt; one that came too early finds its obligation."""
    with run.step(Stage.COLLECT) as work:
        for early in batches(unmatched.unmatched(work)):
            run.counts["matched"] += unmatched.match_again(work, early)
        for batch in batches(receipts.waiting(work)):
            run.counts += receipts.collect(work, batch)


def validate(run: Run) -> None:
    """Every receipt not looked at yet is accepted or returned."""
    with run.step(Stage.VALIDATE) as work:
        for batch in batches(verdicts.unchecked(work)):
            run.counts += verdicts.validate(work, batch)


def remind(run: Run) -> None:
    """Rungs whose instant has come are queued, cleared or dropped; nobody is forgotten unseen."""
    with run.step(Stage.REMIND) as work:
        for batch in batches(reminders.due_reminders(work)):
            run.counts += reminders.remind(work, batch)
        run.counts["handed_over"] += handovers.hand_over(work)
        run.counts["unreachable"] += unreachable.warn_of_unreachable(work)


def summarise(run: Run) -> None:
    """The operator sees how the occasion stands, as known at the instant asked for."""
    with run.step(Stage.SUMMARISE) as work:
        as_of = run.asked.as_of or work.now
        summary = summaries.summarise(work, as_of)
        file = ledgers.export_ledger(work, as_of)
        reports.publish(work, summary, as_of, file)
        rename(reports.run_name(work, summary))
    run.counts.update(summary.counts)
