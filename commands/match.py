"""`luoshu match`: tables whose heads are only like the form's, for a person to look at."""

from datetime import UTC, datetime
from typing import Annotated

from cyclopts import Parameter

from commands.frame import frame
from commands.output import Json, console, show, show_json
from commands.ready import ready
from domain.errors import Refused
from domain.sentences import say

app = frame("match")
Slug = Annotated[str, Parameter(help=say("form.programme"))]
Number = Annotated[int, Parameter(help=say("help.receipt"))]


@app.command(name="list", help=say("match_help.list"))
def list_(slug: Slug, *, json: Json = False) -> None:
    """The receipts that wait for it, oldest first."""
    ready()
    from tasks.matches import waiting

    rows = waiting(slug)
    if json:
        show_json(rows)
        return
    shown = [{key: row[key] for key in row if key != "receipt"} for row in rows]
    show(shown, False, empty=say("match.none"), heads="match_head")
    if rows:
        console.print(say("match.look", number=rows[0]["number"]), soft_wrap=True)


@app.command(name="show", help=say("match_help.show"))
def show_(receipt: Number, *, json: Json = False) -> None:
    """How the heads of one were understood."""
    ready()
    from tasks.matches import about, heads

    rows = heads(receipt)
    if json:
        show_json(rows)
        return
    title = say("match.of", **about(receipt))
    rows = [row | {"sure": f"{row['sure']:.0%}" if row["sure"] else ""} for row in rows]
    show(rows, False, title=title, heads="match_head")
    console.print(say("match.next", number=f"{receipt:06d}"), soft_wrap=True)


@app.command(help=say("match_help.confirm"))
def confirm(
    receipt: Number,
    *,
    as_: Annotated[list[str] | None, Parameter(name="--as", help=say("match_help.as"))] = None,
    json: Json = False,
) -> None:
    """Take the heads as they were understood, or as they are given; the checks look next."""
    ready()
    from tasks.matches import confirm as take

    told = take(receipt, dict(map(_pair, as_ or [])), datetime.now(UTC))
    show_json(told) if json else console.print(say("match.confirmed", **told))


@app.command(name="return", help=say("match_help.return"))
def return_(
    receipt: Number,
    *,
    reason: Annotated[str, Parameter(help=say("help.reason"))],
    json: Json = False,
) -> None:
    """Send one back that cannot be used; the unit is told the reason."""
    ready()
    from tasks.matches import send_back

    told = send_back(receipt, reason, datetime.now(UTC))
    show_json(told) if json else console.print(say("match.sent_back", **told))


def _pair(word: str) -> tuple[str, str]:
    head, sign, field = word.partition("=")
    if not (sign and head.strip() and field.strip()):
        raise Refused("match.no_pair", word=word)
    return head.strip(), field.strip()
