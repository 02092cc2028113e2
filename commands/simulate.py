"""`luoshu simulate`: made-up traffic through the real pipelines, in a demonstration database."""

from datetime import UTC, datetime
from typing import Annotated

from cyclopts import Parameter

from commands.frame import frame
from commands.output import Json, console, show_json
from commands.run import at_the_server
from domain.sentences import say

app = frame("simulate")


@app.default
def simulate(
    slug: Annotated[str, Parameter(help=say("form.programme"))],
    *,
    units: Annotated[int, Parameter(help=say("help.units"))] = 0,
    weeks: Annotated[int, Parameter(help=say("help.weeks"))] = 4,
    seed: Annotated[int, Parameter(help=say("help.seed"))] = 2026,
    json: Json = False,
) -> None:
    """Run every moment of the weeks before now that has not been run."""
    at_the_server()
    from deployments.simulate import Traffic
    from deployments.simulate import simulate as run

    def progress(occasion: str, number: int, total: int) -> None:
        if not json:
            console.print(say("output.moment", occasion=occasion, number=number, total=total))

    count = run(Traffic(slug, datetime.now(UTC), weeks, seed, units), progress)
    show_json({"moments": count}) if json else console.print(say("output.simulated", count=count))
