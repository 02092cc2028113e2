"""巡检 · bury runs that died unseen, plan again what was missed, wake pipelines that have mail."""

from prefect import flow

from domain.sentences import say
from flows.weekly import EVERY
from tasks import plans, rescues
from tasks.runs import Asked, Run, recorded, rename
from tasks.work import Work


class AlertRaised(Exception):
    """Work that should have been done was not; the message says what to press."""


@flow(name="巡检", description=say("flow.reaper"), flow_run_name="巡检")
def reaper() -> None:
    """Make up for what was missed; fail, with a sentence for the operator, when it cannot."""
    with recorded(Asked("reaper")) as run:
        with run.step("bury") as work:
            dead = rescues.bury(work)
            run.counts["died"] += len(dead)
        with run.step("rescue") as work:
            sentences = rescue(run, work)
            run.counts["again"] += rescues.redo(dead)
        with run.step("inbox") as work:
            run.counts["woken"] += sum(
                rescues.wake(pipeline, work) for pipeline in plans.pipelines()
            )
        rename(say("run.reaper", **{name: run.counts[name] for name in ("died", "again", "woken")}))
    if sentences:
        raise AlertRaised("\n".join(sentences))


def rescue(run: Run, work: Work) -> list[str]:
    """Plan missed moments again; the sentences of the alerts that are new."""
    overdue = []
    for pipeline in plans.pipelines():
        missed = rescues.missed(pipeline, EVERY, work.now)
        if missed and plans.plan_again(pipeline, missed[-1], work.now):
            run.counts["again"] += 1
        overdue += rescues.overdue(missed, work.now)
    return rescues.raise_alerts(work, overdue)
