"""`luoshu up`: everything on one machine."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from commands.burden import tell_changed
from commands.frame import frame
from domain.sentences import say
from settings import Settings

app = frame("up")
console = Console(highlight=False)
SEED = 2026
# the programmes of the demonstration, the one to look at first in front, and the weeks of each
DEMO = {
    "luoyang-renewal": 4,
    "luoyang-351": 1,
    "luoyang-estates": 5,
    "henan-baicheng": 2,
    "tongliang-renewal": 9,
}


@app.default
def up(
    *,
    demo: Annotated[bool, Parameter(negative="", help=say("help.demo"))] = False,
    port: Annotated[int, Parameter(help=say("help.port"))] = 4200,
) -> None:
    """Start Prefect, the worker and the ledger files; stop them on Ctrl-C."""
    from deployments.up import Stopped, machine
    from tasks.work import sound

    if demo and "LUOSHU_HOME" not in os.environ:
        os.environ["LUOSHU_HOME"] = str(Path("var/demo").absolute())
    began = datetime.now(UTC)
    try:
        with machine(port, demo=demo, tell=console.print) as running:
            ui = running.address.ui
            if demo:
                demonstrate(ui)
            for slug in sound():
                tell_changed(slug, began)
            for table in closing_tables(ui, demo):
                console.print(table)
            running.watch()
    except Stopped:
        return


def demonstrate(ui: str) -> None:
    """Made-up weeks through the real pipelines, one programme after the other."""
    for number, (slug, weeks) in enumerate(DEMO.items()):
        live(slug, weeks)
        if number == 0:
            console.print(say("up.look_already", url=f"{ui}/runs"))


def live(slug: str, weeks: int) -> None:
    """The weeks of one programme, with a progress bar; then its worker looks at it once."""
    from deployments.simulate import Traffic, simulate
    from deployments.up import run_now
    from tasks.work import programme

    traffic, name = Traffic(slug, datetime.now(UTC), weeks, SEED), programme(slug).name
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task(say("up.simulate", name=name, occasion=""), total=None)

        def advance(occasion: str, number: int, total: int) -> None:
            text = say("up.simulate", name=name, occasion=occasion)
            progress.update(bar, description=text, completed=number, total=total)

        simulate(traffic, advance)
    run_now(slug)


def closing_tables(ui: str, demo: bool) -> Iterator[Table]:
    """How the programmes stand, and the addresses to open."""
    from deployments.environment import auth
    from tasks.overview import sent, standings

    title = say("up.title_demo" if demo else "up.title")
    if rows := list(standings()):
        heads = say("up.heads").split("|")
        side_by_side = Table(*heads, title=title, title_justify="left")
        for row in rows:
            side_by_side.add_row(*row)
        yield side_by_side
        title = ""
    table = Table(title=title, show_header=False)
    table.add_row(say("up.ui"), f"{ui}/runs")
    table.add_row(say("up.login"), auth())
    table.add_row(say("up.sent"), sent())
    table.add_row(say("up.home"), str(Settings().folder()))
    table.add_row(say("up.inbox"), str(Settings().folder("inbox")))
    table.add_row(say("up.outbox"), str(Settings().folder("outbox")))
    table.add_section()
    table.add_row(say("up.stop"), say("up.how_to_stop"))
    yield table
