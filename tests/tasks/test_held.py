"""What the office's files say of an occasion is what was sure, and known, at the instant asked."""

from domain.finding import Finding
from domain.history import Kind
from models import obligation, receipt
from models.base import reading, writing
from tasks.held import told_by
from tasks.standings import standings_of
from tasks.summaries import Line
from tasks.work import programme
from tests.build import SLUG, WEEK, change, nov
from tests.tasks.weeks import FORM, UNIT, arrive, hold

NOW = nov(13, "15:30")


def told(owed, as_of=NOW):
    """Contents and warnings of the one unit by receipt."""
    rules = programme(SLUG)
    with reading() as session:
        [due] = obligation.by_ids(session, [owed[UNIT, WEEK]]).values()
        line = Line(due, standings_of(session, rules, [due], as_of)[due.id], "涧西区")
        found = told_by(session, rules, rules.form(FORM), [line], as_of)
    return found.contents, {id: [f.rule for f in of] for id, of in found.warnings.items()}


def test_numbers_under_heads_nobody_has_confirmed_are_not_told(owed):
    heads = ["项目开工竣工情况", "节点目标任务完成情况", "累计开工项目数（个）"]
    number = hold(owed, heads, ["开工3个", "全部完成", 3])
    assert told(owed) == ({}, {number: ["ledger.unclear"]})


def test_until_then_what_was_accepted_before_is_told(owed):
    first = arrive(owed[UNIT, WEEK], nov(12), {"rows": {"": {"projects": "开工2个"}}})
    with writing() as session:
        kinds = (Kind.CHECKED, Kind.ACCEPTED)
        rows = [
            obligation.event_row(owed[UNIT, WEEK], kind, key=f"checks:{first}", receipt_id=first)
            for kind in kinds
        ]
        obligation.add_events(session, change(SLUG, "checks", nov(12)), rows)
    heads = ["项目开工竣工情况", "节点目标任务完成情况", "累计开工项目数（个）"]
    number = hold(owed, heads, ["开工3个", "全部完成", 3])
    contents, warnings = told(owed)
    assert contents[number].rows[""]["projects"] == "开工2个"
    assert warnings == {number: ["ledger.unclear_newer"]}


def test_a_warning_is_not_told_before_it_was_made(owed):
    number = arrive(owed[UNIT, WEEK], nov(12), {"rows": {"": {"projects-started": "3"}}})
    late = Finding("checks.unchanged", "projects", "warning", {"label": "项目"})
    with writing() as session:
        receipt.add_findings(session, change(SLUG, "checks", NOW), [(number, late)])
    assert told(owed)[1] == {number: ["checks.unchanged"]}
    assert told(owed, nov(13, "09:00"))[1] == {number: []}
