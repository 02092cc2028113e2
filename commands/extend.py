"""`luoshu extend` and `luoshu exempt`: more time, or none needed, with the reason on record."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated

from cyclopts import Parameter

from commands.frame import frame
from commands.output import Json, show
from commands.ready import ready
from commands.ready import until as instant
from commands.replan import join_server, replan
from domain.sentences import say
from domain.wording import say_instant
from models.base import Row

extension = frame("extend")
exemption = frame("exempt")
Slug = Annotated[str, Parameter(help=say("form.programme"))]
Occasion = Annotated[str, Parameter(help=say("form.which_occasion"))]
Units = Annotated[list[str], Parameter(name="--unit", help=say("help.unit"))]
Reason = Annotated[str, Parameter(help=say("help.change_reason"))]
Office = Annotated[str, Parameter(help=say("form.office"))]
Form = Annotated[str, Parameter(help=say("help.form"))]


@extension.default
def extend(
    slug: Slug,
    *,
    occasion: Occasion,
    unit: Units,
    until: Annotated[str, Parameter(help=say("help.until"))],
    reason: Reason,
    office: Office = "",
    form: Form = "",
    json: Json = False,
) -> None:
    """Give units more time; whoever was told the old deadline is told the new one."""
    ready()
    join_server()
    from tasks.extensions import Chosen
    from tasks.extensions import extend as give
    from tasks.work import programme

    chosen = Chosen(slug, occasion, unit, reason, office, form)
    at = instant(until, programme(slug).zone)
    tell(slug, give(chosen, at, datetime.now(UTC)), json)


@exemption.default
def exempt(
    slug: Slug,
    *,
    occasion: Occasion,
    unit: Units,
    reason: Reason,
    office: Office = "",
    form: Form = "",
    json: Json = False,
) -> None:
    """Let units off an occasion; `luoshu extend` takes it back."""
    ready()
    join_server()
    from tasks.extensions import Chosen
    from tasks.extensions import exempt as let_off

    chosen = Chosen(slug, occasion, unit, reason, office, form)
    tell(slug, let_off(chosen, datetime.now(UTC)), json)


def tell(slug: str, rows: Sequence[Row], as_json: bool) -> None:
    """How the obligations stand now; the runs ahead follow them."""
    from tasks.work import programme

    rules = programme(slug)
    if not as_json:
        rows = [
            dict(row)
            | {
                "nominal_due_at": say_instant(row["nominal_due_at"], rules.zone),
                "due_at": row["due_at"] and say_instant(row["due_at"], rules.zone),
                "state": say(f"state.{row['state']}"),
                "form": rules.form(row["form"]).label,
                "office": rules.office(row["office"]).name,
            }
            for row in rows
        ]
    show(rows, as_json, title=rules.name)
    replan([slug])
