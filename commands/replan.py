"""After a change of deadlines: have the runs ahead planned anew, where a server runs."""

from collections.abc import Collection

from commands.output import errors
from domain.sentences import say


def join_server() -> None:
    """Work with the server that is up: before anything imports Prefect, which asks only then."""
    from deployments.environment import is_up, join

    if is_up():
        join()


def replan(slugs: Collection[str]) -> bool:
    """Plan the pipelines of these programmes again; whether it was done.

    The change itself is stored by now: a server that cannot be asked is said in one sentence.
    """
    from deployments.environment import is_up

    if not is_up():
        return False  # its start plans everything
    from tasks import plans
    from tasks.work import now

    try:
        for pipeline in plans.pipelines():
            if pipeline.programme in slugs:
                plans.plan_ahead(pipeline, now())
    except Exception:  # whatever Prefect's client raises: the next planner run mends it
        errors.print(say("output.replan_failed"))
        return False
    return True
