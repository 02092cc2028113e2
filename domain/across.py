"""Checks on a report against what else is known of the same time: milestones, other forms."""

from decimal import Decimal

from domain.checklist import Agrees, Milestones
from domain.content import Cell, Content, Value
from domain.folding import bare
from domain.form import Form
from domain.line import Context, Found, Line, finding
from domain.sentences import say
from domain.task import Milestone
from domain.vocabulary import section

NAMED = 3  # milestones named in a sentence


def milestones(rule: Milestones, line: Line) -> Found:
    """Milestones due by the period's end of which neither this report nor one before shows a sign.

    A number in the fields counts those met, earliest first; a day or a choice is a sign of all
    that were due, and words are one of the milestone whose words they hold, or that say it is
    done; none of them when it begins with a "not". A report without rows answers for every task.
    """
    due = [m for m in _due(line) if m.due_on <= line.context.period.end]
    met = max((_count(line.value(code)) for code in rule.fields), default=0)
    said = [value for code in rule.fields for value in (line.value(code), *line.history(code))]
    missing = [m for m in due[met:] if not any(_shows(value, m) for value in said)]
    if not missing:
        return
    names = (say("check_word.milestone", label=m.label, day=m.due_on) for m in missing[:NAMED])
    more = say("check_word.more", count=len(missing)) if len(missing) > NAMED else ""
    detail = {"milestones": say("check_word.and").join(names) + more}
    yield line.finding("checks.milestones", rule.fields[0], rule.severity, **detail)


def _due(line: Line) -> list[Milestone]:
    planned = line.context.milestones
    one = line.form.rows == "one"
    found = [m for key, of in planned.items() if one or key == line.key for m in of]
    return sorted(found, key=lambda m: (m.due_on, m.task, m.number))


def _count(value: Value) -> int:
    return max(0, int(value)) if isinstance(value, Decimal) else 0


def _shows(value: Value, milestone: Milestone) -> bool:
    """Whether what is said is a sign that a milestone was met."""
    if isinstance(value, Cell | Decimal):
        return value is Cell.NOT_APPLICABLE
    if not isinstance(value, str):
        return True
    text, words = bare(value), section("milestone")
    if text.startswith(tuple(words["undone"])):
        return False
    return bare(milestone.label) in text or any(word in text for word in words["done"])


def agrees(rule: Agrees, line: Line) -> Found:
    """A number that is not what another form says of the same time.

    Rows are held against the row of the same key; where either form has no rows, their sums are.
    """
    other = line.context.others.get(rule.form)
    if other is None or (line.key not in other.rows and line.key != next(iter(line.report.rows))):
        return  # sums are compared once
    value = line.number(rule.field) if line.key in other.rows else _sum(line.report, rule.field)
    theirs = _sum(other, rule.other, line.key if line.key in other.rows else None)
    if value is None or theirs is None:
        return
    gap = value - theirs if rule.how == "at_most" else abs(value - theirs)
    if gap > rule.tolerance:
        detail = {"value": value, "other": theirs}
        yield line.finding(f"checks.agrees_{rule.how}", rule.field, rule.severity, **detail)


def _sum(report: Content, code: str, key: str | None = None) -> Decimal | None:
    """What all rows, or one, say in a field; None when none has a number."""
    rows = report.rows.values() if key is None else [report.rows[key]]
    found = [value for row in rows if isinstance(value := row.get(code), Decimal)]
    return sum(found, Decimal(0)) if found else None


def rows(form: Form, report: Content, context: Context) -> Found:
    """Tasks of the unit that have no row, and rows of no such task; silent where none is known,
    or the report has no rows at all.

    A report that is unchanged as a whole takes over rows of tasks that have ended since.
    """
    if form.rows != "tasks" or not (context.names and report.rows):
        return
    first = form.fields[0].code
    last = context.previous.rows if report.unchanged and context.previous else {}
    known = {*context.names, *last}
    for rule, keys in (
        ("checks.row_missing", [key for key in context.names if key not in report.rows]),
        ("checks.row_unknown", [key for key in report.rows if key not in known]),
    ):
        for key in keys:
            where = {"row": key, "cell": next(iter(report.places.get(key, {}).values()), "")}
            yield finding(form, rule, first, "error", {}, **where)
