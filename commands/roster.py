"""How the register and what is done to it are shown: rows for programs, fewer words for people."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from domain.sentences import say
from models.base import Row

if TYPE_CHECKING:
    from domain.post import Post
    from tasks.appointments import Imported

HEADS = "officers_head"


def faults_of(done: "Imported") -> list[dict[str, Any]]:
    """Every fault by row and column, with the sentence that says what would be right."""
    return [
        {"row": f.row, "column": say(f"officers_column.{f.column}"), "fault": f.sentence}
        for f in done.faults
    ]


def changes_of(done: "Imported") -> tuple[list[dict[str, Any]], dict[str, int]]:
    """What each line did, and to whom else; and how often each kind of thing happened."""
    rows: list[dict[str, Any]] = []
    for step in done.steps:
        shown = [(step.act, step.post), *(("ended", post) for post in step.ended)]
        rows += [{"row": step.entry.row, "act": act, **post_row(done, p)} for act, p in shown]
    acts = Counter(row["act"] for row in rows)
    return rows, {act: acts[act] for act in ("entered", "changed", "ended", "kept")}


def post_row(done: "Imported", post: "Post") -> dict[str, Any]:
    """An appointment with its person masked."""
    from tasks.officers import person_row, scope_words

    return {
        "unit": done.names.get(post.unit, post.unit),
        "role": say(f"role.{post.role}"),
        **person_row(post.name, post.email, post.phone, False),
        "since": post.valid_from,
        "until": post.valid_to,
        "confirmed": post.confirmed,
        "scope": scope_words(post),
    }


def for_people(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The rows as a table shows them: without columns that say nothing, words for the rest."""
    from tasks.entries import zone

    shown = [_shown(row, zone()) for row in rows]
    said = {name for row in shown for name, value in row.items() if value}
    return [{name: value for name, value in row.items() if name in said} for row in shown]


def _shown(row: Row, zone: ZoneInfo) -> dict[str, str]:
    """One row in few columns: both addresses in one, both ends of the time in one."""
    since = written(row["since"], zone, last=False)
    until = f"— {written(row['until'], zone, last=True)}" if row["until"] else ""
    first = {"row": str(row.get("row", "")), "act": say(f"officers_act.{row.get('act', 'kept')}")}
    return (first if "act" in row else {}) | {
        "unit": row["unit"],
        "role": row["role"],
        "person": row["person"],
        "contact": "" if "act" in row else "\n".join(filter(None, (row["email"], row["phone"]))),
        "span": "\n".join(filter(None, (since, until))),
        "confirmed": say("officers_word.yes" if row["confirmed"] else "officers_word.no"),
        "scope": row["scope"].replace("/", "\n"),
        "stand_in": row.get("stand_in", ""),
    }


def written(instant: datetime, zone: ZoneInfo, *, last: bool) -> str:
    """An instant as a list has it: the day alone where it begins with it, or ends with it."""
    local = instant.astimezone(zone)
    if local.time() != time(0):
        return f"{local:%Y-%m-%d %H:%M}"
    return f"{local.date() - timedelta(days=last)}"


def closing(done: "Imported", counts: dict[str, int], woke: bool) -> Iterator[str]:
    """What is to be said under the table."""
    yield say("officers.counts", **counts)
    if done.told:
        yield say("officers.told", count=done.told)
    if done.ignored:
        yield say("officers.ignored", heads=say("officers.or").join(done.ignored))
    if woke:
        yield say("officers.woke")


def woken(programmes: Sequence[str]) -> bool:
    """Ask the pipelines of these programmes to run, when a server is up: hand-overs do not wait."""
    from deployments.environment import is_up

    if not programmes or not is_up():
        return False
    from tasks import plans

    its = [pipeline for pipeline in plans.pipelines() if pipeline.programme in programmes]
    try:
        return any([plans.run_if_idle(pipeline, say("officers.woken")) for pipeline in its])
    except Exception:  # the list is entered; a server that is stopping must not say otherwise
        return False
