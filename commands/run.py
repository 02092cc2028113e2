"""`luoshu run`: the same flows the schedule runs, in this process."""

import re
import sys
from datetime import datetime
from typing import Annotated

from cyclopts import Parameter

from commands.frame import frame
from commands.output import Json, errors, show_json
from commands.ready import local, past, ready
from domain.errors import Refused
from domain.sentences import say

app = frame("run")


@app.command(help=say("flow.weekly"))
def weekly(
    slug: Annotated[str, Parameter(help=say("form.programme"))],
    *,
    office: Annotated[str, Parameter(help=say("form.office"))] = "",
    occasion: Annotated[str, Parameter(help=say("form.occasion"))] = "",
    as_of: Annotated[datetime | None, Parameter(help=say("form.as_of"))] = None,
    stages: Annotated[str, Parameter(help=say("help.stages"))] = "",
    reason: Annotated[str, Parameter(help=say("form.reason"))] = "",
    json: Json = False,
) -> None:
    """Run the weekly check-in once."""
    at_the_server()
    from flows.weekly import EVERY, stage
    from flows.weekly import weekly as flow
    from tasks.work import programme

    at = past(local(as_of, programme(slug).zone))
    chosen = [stage(word) for word in re.split("[,，、]", stages) if word] or EVERY
    rules = programme(slug)
    if occasion:
        rules.period(occasion)  # refused here, before the server has a run of it
    tell(flow(slug, rules.office(office).code, occasion, at, chosen, reason), json)


@app.command(help=say("flow.dispatch"))
def dispatch(*, json: Json = False) -> None:
    """Drain the outbox once."""
    at_the_server()
    from flows.dispatch import dispatch as flow

    tell(flow(), json)


@app.command(help=say("flow.planner"))
def planner() -> None:
    """Plan ahead once; needs a running server."""
    at_a_running_server()
    from flows.planner import planner as flow

    flow()


@app.command(help=say("flow.reaper"))
def reaper() -> None:
    """Look for dead runs and missed moments once; needs a running server."""
    at_a_running_server()
    from flows.reaper import AlertRaised
    from flows.reaper import reaper as flow

    try:
        flow()
    except AlertRaised as alert:
        errors.print(str(alert), style="red", highlight=False, soft_wrap=True)
        sys.exit(1)


def tell(counts: dict[str, int], as_json: bool) -> None:
    """What a run did; the plain words are in its log already."""
    if as_json:
        show_json(counts)


def at_a_running_server() -> None:
    """Refuse when there is no server whose runs could be planned or looked at."""
    from deployments.environment import is_up

    ready()
    if not is_up():
        raise Refused("run.no_server")
    at_the_server()


def at_the_server() -> None:
    """Use the server of `luoshu up` where one runs, so that the run is seen there."""
    ready()
    from deployments.environment import join

    join()
