"""What a bundled default says, in the words of whoever has to confirm it (X4)."""

from collections.abc import Iterable, Iterator

from domain.checklist import Agrees, Change, Checked, Dated
from domain.form import AtMost, Field, Form, Range, Required, Rule
from domain.ladder import Rung
from domain.sentences import say


def said(rule: Rule, form: Form | None = None) -> str:
    """A rung, a field or a check in words; fields by their labels in ``form``. "" for others."""
    labels = {f.code: f.label for f in form.fields} if form else {}
    match rule:
        case Rung():
            return _rung(rule)
        case Field():
            key = "default.field" if rule.kind == "number" else "default.field_text"
            return say(key, label=rule.label, unit=rule.unit or "—")
        case Required():
            return say("default.required", labels=_listed(rule.fields, labels))
        case Range():
            return _range(rule, labels)
        case AtMost():
            names = {"label": labels.get(rule.field, ""), "limit": labels.get(rule.limit, "")}
            return say("default.at_most", **names)
        case Checked():
            return _check(rule, labels)
    return ""


def _check(rule: Checked, labels: dict[str, str]) -> str:
    """A check in words, its fields by their labels."""
    told = rule.model_dump()
    for key in rule.CODES:
        codes = [told[key]] if isinstance(told[key], str) else told[key]
        told[key] = _listed(codes, labels)
    if isinstance(rule, Dated):
        told["limit"] = _limit(rule, labels)
    if isinstance(rule, Change):
        told["much"] = say("default.and").join(_much(rule))
    kind = f"agrees_{rule.how}" if isinstance(rule, Agrees) else told["kind"]
    return say(f"check_said.{kind}", **told)


def _limit(rule: Dated, labels: dict[str, str]) -> str:
    if rule.period:
        return say(f"check_word.{rule.period}")
    return str(rule.day or labels.get(rule.other or "", rule.other))


def _much(rule: Change) -> Iterator[str]:
    if rule.percent is not None:
        yield f"{rule.percent:f}%"
    if rule.amount is not None:
        yield f"{rule.amount:f}"


def _rung(rung: Rung) -> str:
    when = say("default.workday", workdays=rung.workdays, at=f"{rung.at:%H:%M}") if rung.at else ""
    key = "default.before" if rung.hours < 0 else "default.after"
    return say(
        "default.rung",
        roles=say("default.and").join(say(f"role.{role}") for role in rung.roles),
        channels=say("default.and").join(say(f"channel.{channel}") for channel in rung.channels),
        when=when or say(key, hours=abs(rung.hours)),
    )


def _range(rule: Range, labels: dict[str, str]) -> str:
    least = say("default.least", min=rule.min) if rule.min is not None else ""
    most = say("default.most", max=rule.max) if rule.max is not None else ""
    bounds = [say("default.whole") if rule.whole else "", least, most]
    limits = say("default.and").join(filter(None, bounds))
    return say("default.range", labels=_listed(rule.fields, labels), limits=limits)


def _listed(codes: Iterable[str], labels: dict[str, str]) -> str:
    return say("default.and").join(labels.get(code, code) for code in codes)
