"""`luoshu run`: the same flows the schedule runs, in this process."""

from datetime import datetime
from typing import Annotated

from cyclopts import App, Parameter

from commands.ready import local, ready
from domain.sentences import say

app = App(name="run", help=say("help.run"))


@app.command(help=say("flow.weekly"))
def weekly(
    slug: Annotated[str, Parameter(help=say("form.programme"))],
    *,
    office: Annotated[str, Parameter(help=say("form.office"))] = "office",
    occasion: Annotated[str, Parameter(help=say("form.occasion"))] = "",
    as_of: Annotated[datetime | None, Parameter(help=say("form.as_of"))] = None,
    stages: Annotated[str, Parameter(help=say("help.stages"))] = "",
    reason: Annotated[str, Parameter(help=say("form.reason"))] = "",
) -> None:
    """Run the weekly check-in once."""
    at_the_server()
    from flows.weekly import EVERY, stage
    from flows.weekly import weekly as flow
    from tasks.work import programme

    at = local(as_of, programme(slug).zone)
    chosen = [stage(word) for word in stages.replace("，", ",").split(",") if word] or EVERY
    flow(slug, programme(slug).office(office).code, occasion, at, chosen, reason)


@app.command(help=say("flow.dispatch"))
def dispatch() -> None:
    """Drain the outbox once."""
    at_the_server()
    from flows.dispatch import dispatch as flow

    flow()


@app.command(help=say("flow.planner"))
def planner() -> None:
    """Plan ahead once; needs a running server."""
    at_the_server()
    from flows.planner import planner as flow

    flow()


@app.command(help=say("flow.reaper"))
def reaper() -> None:
    """Look for dead runs and missed moments once; needs a running server."""
    at_the_server()
    from flows.reaper import reaper as flow

    flow()


def at_the_server() -> None:
    """Use the server of `luoshu up` where one runs, so that the run is seen there."""
    ready()
    from deployments.environment import join

    join()
