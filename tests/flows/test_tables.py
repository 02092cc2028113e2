"""Tables as people fill them in, from the inbox to the verdict."""

from email import message_from_string, policy
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter
from prefect.client.orchestration import get_client

from domain.errors import Refused
from domain.finding import told
from domain.sentences import say
from flows.dispatch import dispatch
from flows.weekly import Stage
from models import receipt
from models.base import reading
from models.verify import verify
from tasks import dispatches, matches, stuck
from tasks.decisions import decide
from tasks.reviews import review
from tasks.templates import Asked, papers
from tasks.work import simulated
from tests.build import SLUG, WEEK, contents, drop, nov, sql
from tests.flows.week import mails, run, send, set_up, stands

AT = nov(13, "15:00")
HEADS = ["项目开竣工情况", "节点目标任务完成情况", "累计开工项目数（个）", "计划实施项目数"]
CELLS = ["开工3个", "全部完成", 3, 5]


@pytest.fixture
def opened(database, home):
    set_up()
    run(nov(9, "08:00"), [Stage.OPEN])
    return home


def table(heads, cells, above=("填报单位：涧西区", f"期：{WEEK}")):
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("周调度")
    for row, line in enumerate(above):
        sheet.write(row, 0, line)
    sheet.write_row(len(above), 0, heads)
    sheet.write_row(len(above) + 1, 0, cells)
    book.close()
    return buffer.getvalue()


def collect(home, content, name="涧西区.xlsx", at=AT):
    drop(home, name, content, at)
    run(at, [Stage.COLLECT, Stage.VALIDATE])


def test_a_table_with_the_heads_of_the_form_counts(opened):
    collect(opened, table(HEADS, CELLS))
    assert stands("涧西区", AT).state == "on_time"
    with reading() as session:
        [payload] = receipt.payloads(session, [1]).values()
    assert payload["rows"][""]["projects-started"] == "3"
    assert payload["places"][""]["projects-started"] == "周调度!C4"


def test_what_is_wrong_is_said_with_its_cell(opened):
    collect(opened, table(HEADS, ["开工3个", "全部完成", "约三个", 5]))
    assert stands("涧西区", AT).state == "pending"
    [found] = findings()
    assert found.field == "projects-started"
    assert told(found).startswith("周调度!C4：")


def returned(home):
    """The mails that sent something back."""
    found = [message_from_string(mail, policy=policy.default) for mail in mails(home)]
    return [mail for mail in found if "请修改后重报" in mail["Subject"]]


def test_what_is_sent_back_goes_with_the_senders_own_file_marked(opened):
    collect(opened, table(HEADS, ["开工3个", "全部完成", "约三个", 5]))
    [mail] = returned(opened)
    assert "批注" in mail.get_body().get_content()
    [copy] = mail.iter_attachments()
    assert (copy.get_filename()[-5:], WEEK in copy.get_filename()) == (".xlsx", True)
    book = openpyxl.load_workbook(BytesIO(copy.get_content()))
    assert book["周调度"]["C4"].value == "约三个"
    assert "累计开工项目数" in book["周调度"]["C4"].comment.text


def test_what_a_program_sent_goes_back_in_words_alone(opened):
    send(opened, "涧西区", AT, projects="")
    run(AT, [Stage.COLLECT, Stage.VALIDATE])
    [mail] = returned(opened)
    assert [*mail.iter_attachments()] == []
    assert "批注" not in mail.get_body().get_content()


def test_one_nobody_has_marked_yet_waits_for_the_next_portion(opened, monkeypatch):
    monkeypatch.setattr(dispatches, "MOST_COPIES", 1)
    for unit in ("涧西区", "偃师区"):
        above = (f"填报单位：{unit}", f"期：{WEEK}")
        content = table(HEADS, ["开工3个", "全部完成", "约三个", 5], above)
        drop(opened, f"{unit}.xlsx", content, AT)
    run(AT, [Stage.COLLECT, Stage.VALIDATE])
    assert len(returned(opened)) == 1
    with simulated(AT):
        dispatch()
        dispatch()
    assert [len([*mail.iter_attachments()]) for mail in returned(opened)] == [1, 1]


def findings():
    """What was found wrong with the one receipt."""
    with reading() as session:
        return [f for f in receipt.findings_of(session, [1])[1] if f.severity == "error"]


def test_a_template_that_names_another_unit_comes_back_to_the_unit_it_was_made_for(opened):
    [paper] = papers(SLUG, Asked(["涧西区"], WEEK), AT)
    book = openpyxl.load_workbook(BytesIO(paper.content()))
    page = book[book.sheetnames[0]]
    page["A2"] = page["A2"].value.replace("涧西区", "老城区")
    buffer = BytesIO()
    book.save(buffer)
    collect(opened, buffer.getvalue(), "老城区.xlsx")
    assert "layout.other_unit" in [f.rule for f in findings()]
    assert stands("涧西区", AT).state == "pending"
    assert "老城区" in returned(opened)[0].get_body().get_content()


def test_what_answers_nothing_is_listed_with_its_file_and_the_remedy(opened):
    assert stuck.unmatched(SLUG, AT) == []
    collect(opened, table(HEADS, CELLS, above=(f"期：{WEEK}",)), "谁的 13900000001.xlsx")
    collect(opened, b"\x00" * 40, "照片.xlsx")
    one, other = stuck.unmatched(SLUG, AT)
    assert (one["file"], one["number"]) == ("谁的 ***.xlsx", "000001")
    assert one["problem"] == say("intake.no_unit")
    assert "“照片.xlsx”" in other["problem"]
    assert one["received_at"] == AT
    for act in (
        lambda: decide(1, "accepted", "", AT),
        lambda: review(1, AT),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.key == "ledger.stuck"


def test_heads_come_before_a_verdict(opened):
    collect(opened, table(ALIKE, CELLS))
    with pytest.raises(Refused, match="luoshu match"):
        decide(1, "accepted", "", AT)
    assert stuck.unmatched(SLUG, AT) == []


ALIKE = ["项目开工竣工情况", *HEADS[1:]]


def test_heads_that_are_only_alike_wait_for_a_person_and_nobody_is_nagged(opened):
    collect(opened, table(ALIKE, CELLS))
    [(number, problem)] = sql("SELECT id, problem FROM receipt")
    assert problem == "intake.to_confirm"
    assert stands("涧西区", nov(13, "16:30")).state == "on_time"  # it came; nobody has looked yet
    assert [row["unit"] for row in matches.waiting(SLUG)] == ["涧西区"]
    [alike] = [row for row in matches.heads(number) if 0 < row["sure"] < 1]
    assert (alike["head"], alike["field"]) == (ALIKE[0], HEADS[0])
    matches.confirm(number, {}, nov(13, "15:30"))
    run(nov(13, "15:31"), [Stage.VALIDATE])
    assert stands("涧西区", nov(13, "15:31")).state == "on_time"
    assert sql("SELECT count(*) FROM obligation_event WHERE kind = 'accepted'") == [(1,)]
    with reading() as session:
        assert verify(session, opened) == []


def test_the_summary_names_them_apart_with_the_commands_that_help(opened):
    collect(opened, table(ALIKE, CELLS))
    drop(opened, "火星.xlsx", table(HEADS, CELLS, ("填报单位：火星区",)), AT)
    run(AT, [Stage.COLLECT, Stage.SUMMARISE])
    with get_client(sync_client=True) as client:
        found = [a for a in client.read_artifacts() if a.key == f"{SLUG}-{WEEK.lower()}-summary"]
    page = max(found, key=lambda a: a.created).data
    held, unmatched = page.index("等人核对表头的材料（1）"), page.index("没对上报送任务的材料（1）")
    assert held < page.index("luoshu match show 000001 ") < unmatched


def test_what_was_confirmed_once_is_certain_the_next_time(opened):
    collect(opened, table(ALIKE, CELLS))
    [(number,)] = sql("SELECT id FROM receipt")
    matches.confirm(number, {}, nov(13, "15:10"))
    content = table(ALIKE, CELLS, above=("填报单位：老城区", f"期：{WEEK}"))
    collect(opened, content, "老城区.xlsx", nov(13, "15:20"))
    assert stands("老城区", nov(13, "15:20")).state == "on_time"
    assert matches.waiting(SLUG) == []


def test_one_that_cannot_be_used_is_returned_with_the_reason(opened):
    collect(opened, table(ALIKE, CELLS))
    [(number,)] = sql("SELECT id FROM receipt")
    before = contents()
    for refused in (
        lambda: matches.send_back(number, " ", AT),
        lambda: matches.confirm(number + 1, {}, AT),
        lambda: matches.confirm(number, {ALIKE[0]: "没有的栏"}, AT),
    ):
        with pytest.raises(Refused):
            refused()
    assert contents() == before
    matches.send_back(number, "请用模板填写", nov(13, "15:30"))
    run(nov(13, "15:31"), [Stage.VALIDATE])
    assert sql("SELECT count(*) FROM obligation_event WHERE kind = 'returned'") == [(1,)]
    assert "请用模板填写" in told(findings()[0])


def test_a_file_nobody_can_read_is_kept_and_named(opened):
    collect(opened, b"MZ" + b"\0" * 100)
    [(problem, owed)] = sql("SELECT problem, obligation_id FROM receipt")
    assert (problem.split(".")[0], owed) == ("preflight", None)
    run(AT, [Stage.SUMMARISE])  # its sentence has all it needs
