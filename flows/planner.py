"""计划 · make the runs of the next five weeks, at the instants that matter."""

from prefect import flow

from domain.sentences import say
from tasks import notices, plans
from tasks.runs import Asked, recorded, rename
from tasks.work import faults


class ProgrammesBroken(Exception):
    """Folders that cannot be used; the others are planned, these have to be mended."""


@flow(name="计划", description=say("flow.planner"), flow_run_name="计划")
def planner() -> None:
    """Plan every pipeline ahead; fail at the end, by name, for folders that cannot be used."""
    with recorded(Asked("planner")) as run, run.step("plan") as work:
        for pipeline in plans.pipelines():
            run.counts["planned"] += plans.plan_ahead(pipeline, work.now)
        run.counts["asked"] += notices.ask_for_notice(work)
        rename(say("run.planner", count=run.counts["planned"]))
    if broken := faults():
        raise ProgrammesBroken("\n".join(broken.values()))
