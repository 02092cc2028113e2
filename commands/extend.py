"""`luoshu extend` and `luoshu exempt`: more time, or none needed, with the reason on record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from commands.frame import frame
from commands.output import Json, show
from commands.ready import ready
from commands.ready import until as instant
from commands.replan import join_server, replan
from domain.sentences import say
from domain.wording import say_instant
from models.base import Row

if TYPE_CHECKING:
    from tasks.extensions import Chosen

extension = frame("extend")
exemption = frame("exempt")
Slug = Annotated[str, Parameter(help=say("form.programme"))]


@Parameter(name="*")
@dataclass(frozen=True)
class Which:
    """The obligations meant, and why they are changed."""

    occasion: Annotated[str, Parameter(help=say("form.which_occasion"))]
    unit: Annotated[list[str], Parameter(name="--unit", help=say("help.unit"))]
    reason: Annotated[str, Parameter(help=say("help.change_reason"))]
    office: Annotated[str, Parameter(help=say("form.office"))] = ""
    form: Annotated[str, Parameter(help=say("help.form"))] = ""

    def of(self, slug: str) -> "Chosen":
        """Those of a programme."""
        from tasks.extensions import Chosen

        return Chosen(slug, self.occasion, self.unit, self.reason, self.office, self.form)


@extension.default
def extend(
    slug: Slug,
    *,
    which: Which,
    until: Annotated[str, Parameter(help=say("help.until"))],
    json: Json = False,
) -> None:
    """Give units more time; whoever was told the old deadline is told the new one."""
    ready()
    join_server()
    from tasks.extensions import extend as give
    from tasks.work import programme

    at = instant(until, programme(slug).zone)
    tell(slug, give(which.of(slug), at, datetime.now(UTC)), json)


@exemption.default
def exempt(
    slug: Slug,
    *,
    which: Which,
    json: Json = False,
) -> None:
    """Let units off an occasion; `luoshu extend` takes it back."""
    ready()
    join_server()
    from tasks.extensions import exempt as let_off

    tell(slug, let_off(which.of(slug), datetime.now(UTC)), json)


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
