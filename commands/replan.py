"""After a change of deadlines: have the runs ahead planned anew, where a server runs."""

from collections.abc import Collection


def replan(slugs: Collection[str]) -> bool:
    """Plan the pipelines of these programmes again; whether there was a server to plan on."""
    from deployments.environment import is_up, join

    if not is_up():
        return False  # its start plans everything
    join()
    from tasks import plans
    from tasks.work import now

    for pipeline in plans.pipelines():
        if pipeline.programme in slugs:
            plans.plan_ahead(pipeline, now())
    return True
