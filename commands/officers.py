"""`luoshu officers`: who is to be told, entered and checked; people masked unless asked for."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from commands.frame import frame
from commands.output import Json, console, show, show_json
from commands.ready import ready
from commands.roster import HEADS, changes_of, closing, faults_of, for_people, woken
from commands.run import at_the_server
from domain.errors import Refused
from domain.sentences import say

app = frame("officers")
app.command("commands.standin:confirm", name="confirm", help=say("officers_help.confirm"))
app.command("commands.standin:delegate", name="delegate", help=say("officers_help.delegate"))
Unconfirmed = Annotated[bool, Parameter(negative="", help=say("officers_help.unconfirmed"))]
ShowNames = Annotated[bool, Parameter(negative="", help=say("officers_help.show_names"))]
Slug = Annotated[str, Parameter(help=say("form.programme"))]


@app.command(name="import", help=say("officers_help.import"))
def import_(
    file: Annotated[Path, Parameter(help=say("officers_help.file"))],
    *,
    dry_run: Annotated[bool, Parameter(negative="", help=say("officers_help.dry_run"))] = False,
    json: Json = False,
) -> None:
    """Enter a list of officers, all of it or nothing; end with 1 when a cell is wrong."""
    at_the_server()  # first: what is imported below takes the server's address once
    from tasks.appointments import import_officers

    content = _content(file)
    done = import_officers(file.name, content, datetime.now(UTC), dry_run=dry_run)
    if done.faults:
        rows = faults_of(done)
        title = say("officers.faults", file=file.name, count=len(rows))
        show_json({"faults": rows}) if json else show(rows, False, title=title, heads=HEADS)
        sys.exit(1)
    rows, counts = changes_of(done)
    woke = not dry_run and woken(done.programmes)
    if json:
        show_json({"dry_run": dry_run, "counts": counts, "changes": rows, "told": done.told})
        return
    title = say("officers.would" if dry_run else "officers.did", file=file.name)
    news = [row for row in rows if row["act"] != "kept"]
    same = say("officers.same", file=file.name)
    show(for_people(news), False, title=title, empty=same, heads=HEADS)
    console.print("\n".join(closing(done, counts, woke)))


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        raise Refused("officers.no_file", file=file) from None


@app.command(name="list", help=say("officers_help.list"))
def list_(
    slug: Slug,
    *,
    unconfirmed: Unconfirmed = False,
    show_names: ShowNames = False,
    json: Json = False,
) -> None:
    """Everybody who holds a role of the programme's units now or later."""
    ready()
    from tasks.officers import listed
    from tasks.work import programme

    name = programme(slug).name
    rows = listed(slug, datetime.now(UTC), unconfirmed=unconfirmed, show_names=show_names)
    empty = say("officers.all_confirmed" if unconfirmed else "officers.empty")
    title = say("officers.title", programme=name, count=len(rows))
    show(rows if json else for_people(rows), json, title=title, empty=empty, heads=HEADS)
    if rows and not show_names and not json:
        console.print(say("officers.hidden"))


@app.command(help=say("officers_help.check"))
def check(
    slug: Slug,
    *,
    days: Annotated[int, Parameter(help=say("officers_help.days"))] = 7,
    json: Json = False,
) -> None:
    """Name every unit that cannot be reached well; end with 1 when one cannot be at all."""
    ready()
    from domain.reach import NOBODY
    from tasks.reaches import count_units, unreached
    from tasks.work import programme

    now, name = datetime.now(UTC), programme(slug).name
    rows = unreached(slug, now, days)
    lost = {row["unit"] for row in rows if row["gap"] in NOBODY}
    counts = {"units": len({row["unit"] for row in rows}), "lost": len(lost)}
    shown = [{k: v for k, v in row.items() if json or k != "gap"} for row in rows]
    count = count_units(slug, now)
    empty = say("officers.reachable", programme=name, count=count, days=days)
    show(
        shown, json, title=say("officers.gaps", programme=name, **counts), empty=empty, heads=HEADS
    )
    if lost:
        sys.exit(1)
