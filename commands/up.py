"""`luoshu up`: everything on one machine."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from commands.frame import frame
from domain.sentences import say
from settings import Settings

app = frame("up")
console = Console(highlight=False)
DEMO, WEEKS, SEED = "luoyang-renewal", 4, 2026


@app.default
def up(
    *,
    demo: Annotated[bool, Parameter(negative="", help=say("help.demo"))] = False,
    port: Annotated[int, Parameter(help=say("help.port"))] = 4200,
) -> None:
    """Start Prefect, the worker and the ledger files; stop them on Ctrl-C."""
    from deployments.up import Stopped, machine

    if demo and "LUOSHU_HOME" not in os.environ:
        os.environ["LUOSHU_HOME"] = str(Path("var/demo").absolute())
    try:
        with machine(port, demo=demo, tell=console.print) as running:
            if demo:
                demonstrate()
            console.print(closing_table(running.address.ui, demo))
            running.watch()
    except Stopped:
        return


def demonstrate() -> None:
    """Four made-up weeks through the real pipelines, with a progress bar."""
    from deployments.simulate import Traffic, simulate
    from deployments.up import run_now

    traffic = Traffic(DEMO, datetime.now(UTC), WEEKS, SEED)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task(say("up.simulate", occasion=""), total=None)

        def advance(occasion: str, number: int, total: int) -> None:
            text = say("up.simulate", occasion=occasion)
            progress.update(bar, description=text, completed=number, total=total)

        simulate(traffic, advance)
    run_now(DEMO)


def closing_table(ui: str, demo: bool) -> Table:
    """What happened, and the addresses to open."""
    from deployments.environment import auth
    from tasks.overview import overview

    table = Table(title=say("up.title_demo" if demo else "up.title"), show_header=False)
    for name, value in overview():
        table.add_row(name, value)
    table.add_section()
    table.add_row(say("up.ui"), f"{ui}/runs")
    table.add_row(say("up.login"), auth())
    table.add_row(say("up.home"), str(Settings().folder()))
    table.add_row(say("up.inbox"), str(Settings().folder("inbox")))
    table.add_row(say("up.outbox"), str(Settings().folder("outbox")))
    table.add_section()
    table.add_row(say("up.stop"), say("up.how_to_stop"))
    return table
