"""`luoshu officers confirm` and `delegate`: who is confirmed, and who is told in whose place."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from commands.output import Json, console, show_json
from commands.ready import ready
from commands.roster import written
from domain.delegation import Person, Span
from domain.sentences import say

if TYPE_CHECKING:
    from domain.post import Post


def _said(key: str) -> Parameter:
    return Parameter(help=say(f"officers_help.{key}"))


Unit = Annotated[str, _said("unit")]
Role = Annotated[str, _said("role")]
Slug = Annotated[str, _said("programme")]


@Parameter(name="*")
@dataclass(frozen=True)
class Whom:
    """The stand-in, and which of several holders is meant."""

    to_officer: Annotated[str, _said("known")] = field(default="", repr=False)
    name: Annotated[str, _said("name")] = field(default="", repr=False)
    email: Annotated[str, _said("email")] = field(default="", repr=False)
    phone: Annotated[str, _said("phone")] = field(default="", repr=False)
    holder: Annotated[str, _said("holder")] = field(default="", repr=False)


@Parameter(name="*")
@dataclass(frozen=True)
class When:
    """From when to when."""

    since: Annotated[str, Parameter(name="--from", help=say("officers_help.since"))] = ""
    until: Annotated[str, Parameter(name="--to", help=say("officers_help.until"))] = ""


def confirm(
    unit: Unit, *, role: Role = "liaison", programme: Slug = "", json: Json = False
) -> None:
    """Put on record that who holds the role has been confirmed; the office hears of liaisons."""
    ready()
    from tasks.appointments import confirm as put_on_record

    posts = put_on_record(unit, role, datetime.now(UTC), programme)
    _tell("confirmed", unit, posts, json, count=len(posts))


def delegate(
    unit: Unit,
    *,
    role: Role = "liaison",
    programme: Slug = "",
    whom: Whom | None = None,
    when: When | None = None,
    reason: Annotated[str, _said("reason")] = "",
    cancel: Annotated[bool, Parameter(negative="", help=say("officers_help.cancel"))] = False,
    json: Json = False,
) -> None:
    """Let somebody be told in the holder's place for a time; with ``cancel`` end that."""
    ready()
    from tasks import delegations
    from tasks.entries import zone
    from tasks.masking import mask_name

    whom, now = whom or Whom(), datetime.now(UTC)
    post = (unit, role, whom.holder)
    if cancel:
        _tell("cancelled", unit, delegations.cancel(post, reason, now, slug=programme), json)
        return
    person = Person(whom.to_officer, whom.name, whom.email, whom.phone)
    span = Span(when.since, when.until) if when else Span()
    done = delegations.stand_in(post, person, span, reason, now, slug=programme)
    since = written(done.since, zone(), last=False)
    until = written(done.until, zone(), last=True) if done.until else ""
    words = say("officers.span_until" if until else "officers.span_from", since=since, until=until)
    _tell("delegated", unit, done.posts, json, person=mask_name(done.name), span=words)


def _tell(key: str, unit: str, posts: "list[Post]", as_json: bool, **values: Any) -> None:
    role = say(f"role.{posts[0].role}")
    said = say(f"officers.{key}", unit=unit, role=role, **values)
    if as_json:
        ids = [post.id for post in posts]
        show_json({"unit": posts[0].unit, "role": posts[0].role, "appointments": ids} | values)
    else:
        console.print(said)
