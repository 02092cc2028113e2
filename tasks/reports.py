"""What the operator reads in the Prefect UI: artifacts in Chinese, without any person in them."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact

from documents.footnotes import footnotes, said
from documents.text import render
from domain.defaults import concerning, of_ledgers
from domain.expansion import dues
from domain.obligation import Flag, State
from domain.programme import Programme
from domain.sentences import say
from domain.wording import say_instant, say_period
from models import message, obligation, reminder
from models.base import Session, reading
from models.installation import is_demo
from models.stuck import stuck as stuck_receipts
from models.unit import printed_names
from settings import Settings
from tasks.contents import TO_CONFIRM
from tasks.defaults import undecided
from tasks.stuck import told
from tasks.summaries import Summary
from tasks.work import Work, calendar, programme

MOST_NAMES = 200  # a longer list is cut in the artifact; the ledger file has everyone
MOST_ROWS = 1000


def run_name(work: Work, summary: Summary) -> str:
    """The name of a run that says how the occasion stands."""
    return say(
        "run.name",
        label=programme(work.programme).label_of(work.office, work.occasion),
        occasion=work.occasion,
        reported=summary.reported,
        total=summary.total - summary.counts[State.EXEMPT],
        late=summary.counts[State.LATE],
        missing=summary.counts[State.MISSING],
    )


def publish(work: Work, summary: Summary, as_of: datetime, file: str) -> None:
    """Put the summary, the told list and the link to the ledger where the operator looks."""
    past = "-past" if as_of < work.now else ""  # a look back does not replace the present
    with reading() as session:
        demo = is_demo(session)
    mark = say("demo.mark") if demo else ""
    key = f"{_where(work)}-{work.occasion.lower()}{past}"
    url = file_url(work, file)
    create_markdown_artifact(
        key=f"{key}-summary",
        markdown=_summary(work, summary, as_of, file, url, demo),
        description=mark + run_name(work, summary),
    )
    table = list(told_table(work, as_of))
    create_table_artifact(key=f"{key}-told", table=table, description=mark + say("artifact.told"))
    if url:
        create_link_artifact(
            key=f"{key}-ledger", link=url, link_text=file, description=mark + say("artifact.ledger")
        )


def _where(work: Work) -> str:
    """The programme, and the office where it has several: every one has artifacts of its own."""
    several = len(programme(work.programme).offices) > 1
    return f"{work.programme}-{work.office}" if several else work.programme


def file_url(work: Work, file: str) -> str:
    """Where the ledger file is served; empty when nothing serves it."""
    base = Settings().files_url
    return f"{base}/{work.programme}/{quote(file)}" if base else ""


def _summary(work: Work, summary: Summary, as_of: datetime, file: str, url: str, demo: bool) -> str:
    rules = programme(work.programme)
    with reading() as session:
        stuck = stuck_receipts(session, work.programme, as_of)
        reasons = _due_notes(session, rules, work)
        notes = _open_rules(session, rules, work, as_of)
    return render(
        "weekly",
        demo=demo,
        label=rules.label_of(work.office, work.occasion),
        occasion=work.occasion,
        period=say_period(rules.period(work.occasion)),
        programme=rules.name,
        due=say_instant(summary.due_at, rules.zone) if summary.due_at else say("state.exempt"),
        due_notes=reasons,
        as_of=say_instant(as_of, rules.zone),
        groups=list(_groups(rules, summary)),
        missing=_names(summary.named.get(State.MISSING, [])),
        waiting=_names(summary.named.get(State.PENDING, [])),
        returned=_names(summary.flagged.get(Flag.RETURNED, [])),
        late=_names(summary.named.get(State.LATE, [])),
        unmatched=[told(one) for one in stuck if one.problem != TO_CONFIRM],
        held=[told(one) for one in stuck if one.problem == TO_CONFIRM],
        file_name=file,
        file_url=url,
        notes=notes,
    )


def _due_notes(session: Session, rules: Programme, work: Work) -> list[str]:
    """Why the due instants of the occasion were moved, each reason once."""
    found = dues(rules, work.office, rules.period(work.occasion), calendar(session, rules))
    return [say(reason) for reason in dict.fromkeys(due.reason for due in found.values()) if reason]


def _open_rules(session: Session, rules: Programme, work: Work, as_of: datetime) -> list[str]:
    """The foot of the summary: what it is counted by that no office has confirmed (X4)."""
    found = of_ledgers(undecided(session, rules, as_of))
    forms = rules.forms_for(work.office, rules.period(work.occasion))
    return footnotes(said(concerning(found, forms)))


def _groups(rules: Programme, summary: Summary) -> Iterator[dict[str, Any]]:
    order = [*(c.name for c in rules.classes), *(g.name for g in rules.groups)]
    for name, counts in sorted(
        summary.groups.items(),
        key=lambda item: order.index(item[0]) if item[0] in order else len(order),
    ):
        yield {"name": name, "total": counts.total()} | {s.value: counts[s] for s in State}
    yield {"name": say("artifact.all"), "total": summary.total} | {
        s.value: summary.counts[s] for s in State
    }


def _names(units: Sequence[str]) -> dict[str, Any]:
    """How many there are and their names, cut where a page would be."""
    names = "、".join(sorted(units)[:MOST_NAMES])
    more = say("artifact.and_more") if len(units) > MOST_NAMES else ""
    return {"count": len(units), "names": names + more}


def told_table(work: Work, as_of: datetime) -> Iterator[dict[str, str]]:
    """Who was told what and who was not: unit and role, never a person."""
    rules: Programme = programme(work.programme)
    unit, channel, state, instant, what = (
        say(f"told.{head}") for head in ("unit", "channel", "state", "instant", "what")
    )
    scope = obligation.scope(work.programme, work.office, work.occasion)
    with reading() as session:
        names = printed_names(session, rules.period(work.occasion).end)
        told = message.told(session, scope, as_of, MOST_ROWS // 2)
        silent = reminder.not_told(session, scope, as_of, MOST_ROWS // 2)
    for row in told:
        yield {
            unit: names.get(str(row["debtor"]), str(row["debtor"])),
            what: say(
                f"message.{row['kind']}", role=say(f"role.{row['role']}"), rung=row["rung"] or ""
            ),
            channel: say(f"channel.{row['channel']}"),
            instant: say_instant(row["not_before"], rules.zone),
            state: say(f"message_state.{row['state']}"),
        }
    for row in silent:
        yield {
            unit: names.get(str(row["debtor"]), str(row["debtor"])),
            what: say("told.rung", rung=row["rung"], role=say(f"role.{row['role']}")),
            channel: "",
            instant: say_instant(row["not_before"], rules.zone),
            state: say(row["reason"]),
        }
