"""A form with a field of every kind, and reports on it, for the tests of the checks."""

from domain.checks import Context, content, examine
from domain.content import ONE, Words
from domain.finding import told
from domain.form import Form
from domain.periods import parse
from tests.domain.build import SOURCE, form

WEEK = parse("2026-W47")  # 16 to 22 November
FIELDS = [
    {"code": "progress", "label": "本周进展", **SOURCE},
    {"code": "done", "label": "已完成投资", "kind": "number", "unit": "万元", **SOURCE},
    {"code": "planned", "label": "计划投资", "kind": "number", "unit": "万元", **SOURCE},
    {"code": "central", "label": "中央投资", "kind": "number", "unit": "万元", **SOURCE},
    {"code": "local", "label": "地方投资", "kind": "number", "unit": "万元", **SOURCE},
    {"code": "share", "label": "形象进度", "kind": "percent", "unit": "%", **SOURCE},
    {"code": "started", "label": "开工日期", "kind": "date", **SOURCE},
    {"code": "finished", "label": "完工日期", "kind": "date", **SOURCE},
]


def asking(*checks, rows="one", **keys):
    """A form with these checks on it."""
    origin = [{**SOURCE, **check} for check in checks]
    if rows == "many":
        keys["key"] = "progress"
    return Form.model_validate(
        form("weekly", "county", fields=FIELDS, checks=origin, rows=rows, **keys)
    )


def words(report):
    """What was sent: of one row by field, or of several by key."""
    many = any(isinstance(value, dict) for value in report.values())
    rows = report if many else {ONE: report}
    return Words({key: {c: str(w) for c, w in row.items()} for key, row in rows.items()})


def report(asked, sent):
    """A report as read."""
    return content(asked, words(sent), WEEK)[0]


def findings(asked, sent, **known):
    """What the checks find in a report, beside what is known."""
    period = known.pop("period", WEEK)
    return examine(asked, words(sent), Context(period, **known))[1]


def found(check, sent, **known):
    """The rule, field and severity of every finding of one check."""
    asked = asking(check)
    for name in ("previous",):
        if isinstance(known.get(name), dict):
            known[name] = report(asked, known[name])
    if "history" in known:
        known["history"] = [report(asked, one) for one in known["history"]]
    wrong = findings(asked, sent, **known)
    assert all(told(f) for f in wrong)  # every one is a sentence
    return [(f.rule, f.field, f.severity) for f in wrong]
