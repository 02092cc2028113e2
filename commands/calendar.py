"""`luoshu calendar`: take in a year's holiday notice, and see what it moves."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from commands.frame import frame
from commands.output import Json, console, show, show_json
from commands.ready import ready
from commands.replan import join_server, replan
from domain.sentences import say
from domain.wording import say_instant
from models.base import Row

app = frame("calendar")


@app.command(name="import", help=say("help.calendar_import"))
def import_(
    file: Annotated[Path, Parameter(help=say("help.notice"))],
    *,
    dry_run: Annotated[bool, Parameter(negative="", help=say("help.dry_run"))] = False,
    announced: Annotated[bool, Parameter(negative="", help=say("help.announced"))] = False,
    json: Json = False,
) -> None:
    """Enter the notice and list what moves; what was announced stays, unless asked."""
    from intake.notice import read

    notice = read(file)
    ready()
    join_server()
    from tasks.calendars import take_in

    outcome = take_in(notice, datetime.now(UTC), rehearse=dry_run, announced=announced)
    if json:
        show_json({"days": outcome.days, "moved": outcome.moved, "opened": outcome.opened})
    else:
        _tell(outcome.moved, say("output.moved", year=notice.year))
        _tell(outcome.opened, say("output.moved_open"))
        key = "output.calendar_rehearsed" if dry_run else "output.calendar_taken"
        if not outcome.days:
            key = "output.calendar_same"
        console.print(say(key, year=notice.year, days=outcome.days, moved=len(outcome.moved)))
    if not dry_run:
        from tasks.plans import pipelines

        replan({pipeline.programme for pipeline in pipelines()})


def _tell(rows: Sequence[Row], title: str) -> None:
    """The rows as people read them, each once; nothing when there are none."""
    from tasks.work import programme

    def words(row: Row) -> Row:
        rules = programme(row["programme"])
        local = {
            name: say_instant(row[name], rules.zone) for name in ("was", "due_at") if row[name]
        }
        exempt = {name: say("state.exempt") for name in ("was", "due_at") if not row[name]}
        named = {"programme": rules.name, "form": rules.form(row["form"]).label}
        said = {"outcome": say(f"holidays.{row['outcome']}")} if "outcome" in row else {}
        told = dict(row) | named | local | exempt | said
        del told["office"]  # its form names it well enough
        return told

    if rows:
        every = [words(row) for row in rows]  # forms of several classes read the same
        shown = {tuple(row.items()): row for row in every}
        show(list(shown.values()), False, title=title)
