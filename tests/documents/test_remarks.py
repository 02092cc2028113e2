"""A remark stands on the row its finding is about, whose title may stand behind its key."""

from documents.remarks import remarks_of, row_of
from domain.finding import Finding


def finding(severity="error", **detail):
    return Finding("check.required", "progress", severity, {"label": "本周进展", **detail})


def test_errors_come_first_each_with_its_cell():
    found = [finding("warning", cell="表!A1"), finding(cell="表!B2")]
    remarks = remarks_of(found, [""])
    assert [(r.severity, r.place) for r in remarks] == [("error", "表!B2"), ("warning", "表!A1")]
    assert "本周进展" in remarks[0].sentence


def test_what_stands_in_the_cell_goes_with_it():
    assert [r.value for r in remarks_of([finding(value="约15"), finding()], [""])] == ["约15", ""]


def test_the_key_is_told_from_the_title_behind_it():
    assert row_of(finding(row="1-1 打通断头路"), ["1-1", "1-10"]) == "1-1"
    assert row_of(finding(row="1-10"), ["1-1", "1-10"]) == "1-10"
    assert row_of(finding(row="东区 一期 道路"), ["东区", "东区 一期"]) == "东区 一期"


def test_a_finding_about_no_row_of_the_report_is_on_none():
    assert row_of(finding(), ["", "1-1"]) == ""
    assert row_of(finding(row="9-9 没有的任务"), ["1-1"]) == ""
