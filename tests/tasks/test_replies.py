"""What is given back: the sender's own .xlsx, or our template filled in; a page to look over."""

from io import BytesIO

import openpyxl
import pytest

from documents.apart import marked_apart
from documents.markup import Unmarkable
from documents.remarks import Remark, Returned
from domain.sentences import say
from tasks import replies
from tasks.decisions import decide
from tasks.replies import reply
from tests.build import SLUG, nov, report, sql
from tests.desk import ENOUGH, WARNED, blank, filled, keep, opened, weeks

NOW = nov(16, "09:00")


@pytest.fixture
def desk(own_copy):
    own_copy(SLUG, WARNED)


def texts(found):
    copy, page = found.files.values()
    return openpyxl.load_workbook(BytesIO(copy)), page.decode()


def test_an_xlsx_is_given_back_as_the_senders_own(desk):
    numbers = weeks()
    found = reply(numbers["bad"], NOW)
    book, page = texts(found)
    assert (found.own, book.sheetnames[0]) == (True, say("markup.sheet"))
    assert book["周调度"]["D13"].comment is not None
    assert found.returned.sha256 in page
    assert "请修改后重报" in page
    # the version after it was accepted, and remains so
    assert "此前通过的一份仍然有效" in page
    assert [name.split(".")[-1] for name in found.files] == ["xlsx", "html"]
    assert all(name.startswith(f"{numbers['bad']:06d}") for name in found.files)


def test_what_is_only_warned_of_needs_no_mending(desk):
    _, page = texts(reply(weeks()["good"], NOW))
    assert "已收到并通过，有 1 处请核对" in page


def test_a_file_without_sheets_comes_back_as_the_template_with_what_was_read(desk):
    opened("2026-W46")
    [id] = [id for (id,) in sql("SELECT id FROM obligation WHERE debtor = 'ly-jianxi'")]
    said = ENOUGH | {"projects-started": "十二"}
    number = keep(id, "涧西.json", report("涧西区", **said), {"rows": {"": said}}, nov(13))
    found = reply(number, NOW)
    book, _ = texts(found)
    assert not found.own
    assert book["周调度"]["D4"].value == ENOUGH["projects"]


def test_a_file_that_cannot_be_marked_comes_back_as_the_template(desk, monkeypatch):
    def broken(content, returned):
        raise Unmarkable("KeyError")

    numbers = weeks()
    monkeypatch.setattr(replies, "marked_apart", broken)
    found = reply(numbers["bad"], NOW)
    assert not found.own
    book, _ = texts(found)
    assert book["周调度"]["D13"].value == 15
    assert "不应超过" in book["周调度"]["D13"].comment.text


def test_nothing_has_to_be_mended_of_what_the_office_accepts_after_all(desk):
    number = weeks()["bad"]
    decide(number, "accepted", "已核实", nov(14))
    found = reply(number, NOW)
    assert {remark.severity for remark in found.returned.remarks} == {"warning"}
    assert "请修改后重报" not in texts(found)[1]


def test_the_offices_own_reason_is_among_the_remarks(desk):
    number = weeks()["good"]
    decide(number, "returned", "请补附图", nov(14))
    sentences = [remark.sentence for remark in reply(number, NOW).returned.remarks]
    assert say("check.office", reason="请补附图") == sentences[0]


RETURNED = Returned("000001", "11月13日", "0" * 64, [Remark("error", "请改。", "表!A1")])


def test_a_copy_is_made_apart_as_it_would_be_here(desk):
    from documents.markup import marked

    content = filled(blank("涧西区", "2026-W46"), ENOUGH)
    assert marked_apart(content, RETURNED) == marked(content, RETURNED)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a workbook"])
def test_bytes_that_are_no_workbook_are_unmarkable(content):
    with pytest.raises(Unmarkable):
        marked_apart(content, RETURNED)


def test_a_copy_that_takes_too_long_is_given_up(desk):
    content = filled(blank("涧西区", "2026-W46"), ENOUGH)
    with pytest.raises(Unmarkable, match="TimeoutExpired"):
        marked_apart(content, RETURNED, seconds=0)
