"""发送 · drain the outbox of every programme, some hundreds of messages a task."""

from dataclasses import replace

from prefect import flow

from domain.sentences import say
from tasks import dispatches
from tasks.runs import Asked, recorded, rename

MOST_TASKS = 40  # a run records few tasks, whatever the backlog; a large one takes larger ones


@flow(name="发送", description=say("flow.dispatch"), flow_run_name="发送")
def dispatch() -> dict[str, int]:
    """Send what may go out now; safe to run at any moment, by several workers."""
    with recorded(Asked("dispatch")) as run, run.step("dispatch") as work:
        for slug in dispatches.programmes_waiting(work):
            of_programme = replace(work, programme=slug)
            for size in dispatches.portions(of_programme, MOST_TASKS):
                run.counts += dispatches.drain(of_programme, size)
        rename(say("run.dispatch", sent=run.counts["sent"], failed=run.counts["failed"]))
        return dict(run.counts)
