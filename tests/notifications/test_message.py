"""A message says the same thing in the same bytes whenever it is made."""

from dataclasses import replace
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime

import pytest
from jinja2 import UndefinedError

from notifications.message import TEMPLATES, BadAddress, Letter, render, to_bytes
from tests.build import nov

ITEM = {
    "unit": "涧西区",
    "label": "周调度",
    "occasion": "2026-W46",
    "period": "11月9日—11月15日",
    "due": "11月13日（周五）16:00",
    "resend_by": "11月18日（周三）24:00",
    "state": "pending",
    "state_name": "待报",
    "returned": False,
    "stands": False,
    "nil": False,
    "to": "市城市更新工作领导小组办公室",
    "was": "11月13日（周五）16:00",
    "why": "防汛",
}
CONTEXT = {
    "name": "张三",
    "demo": False,
    "office": "市城市更新工作领导小组办公室",
    "contact": "0379-00000000",
    "role": "liaison",
    "items": [ITEM],
    "overdue": False,
    "year": 2027,
    "receipt": {"number": "000007", "at": "11月13日（周五）15:00"},
    "findings": ["“项目开竣工情况”没有填写；请填写内容。"],
    "changes": [
        {
            "unit": "涧西区",
            "role": "联络员",
            "name": "李四",
            "since": "11月13日（周五）00:00",
            "until": "",
            "confirmed": False,
        }
    ],
    "alerts": ["周调度 2026-W46 没有按时运行。"],
    "attached": True,
}
KINDS = sorted(tuple(file.name.split(".")[:2]) for file in TEMPLATES.glob("*.*.j2"))


def letter(kind="remind", channel="email", address="zhang@luoyang.example", **context):
    words = CONTEXT | context
    return Letter("0f" * 16, kind, channel, words["office"], address, nov(12, "16:00"), words)


def mail(**changes):
    return message_from_bytes(to_bytes(letter(**changes), "luoshu.example"), policy=policy.default)


def test_the_subject_and_the_text_come_back_in_chinese():
    found = mail()
    assert found["Subject"] == "请按时报送：涧西区周调度 2026-W46"
    assert found["From"].addresses[0].display_name == CONTEXT["office"]
    assert "张三，您好" in found.get_content()


def test_the_headers_are_those_of_an_automatic_mail():
    found = mail()
    assert found["Message-ID"] == f"<{'0f' * 16}@luoshu.example>"
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["To"] == "zhang@luoyang.example"
    assert parsedate_to_datetime(found["Date"]) == nov(12, "16:00")


def test_a_long_subject_survives_folding():
    label = "城市更新重点项目推进情况周调度台账（含老旧小区改造、历史文化街区保护利用）" * 3
    assert label in mail(items=[ITEM | {"label": label}])["Subject"]


def test_the_same_letter_gives_the_same_bytes():
    assert to_bytes(letter(), "a.example") == to_bytes(letter(), "a.example")


def test_a_workbook_goes_with_its_name_and_the_same_bytes_come_of_it():
    with_copy = replace(letter("returned"), files={"涧西区 周调度 已批注.xlsx": b"PK\x03\x04"})
    content = to_bytes(with_copy, "luoshu.example")
    assert content == to_bytes(with_copy, "luoshu.example")
    [copy] = message_from_bytes(content, policy=policy.default).iter_attachments()
    assert copy.get_filename() == "涧西区 周调度 已批注.xlsx"
    assert copy.get_content_type().endswith("spreadsheetml.sheet")
    assert copy.get_content() == b"PK\x03\x04"
    content.decode("ascii")


def test_mail_is_seven_bit_clean():
    assert to_bytes(letter(), "a.example").isascii()


def test_an_sms_is_its_number_and_one_line():
    number, text, end = to_bytes(letter("remind", "sms", "10000000139"), "a").decode().split("\n")
    assert (number, end) == ("10000000139", "")
    assert text.endswith("无事项也要报。已通过校验的请忽略。")


@pytest.mark.parametrize(("kind", "channel"), KINDS)
@pytest.mark.parametrize("demo", [False, True])
def test_every_template_renders_and_marks_a_demonstration(kind, channel, demo):
    subject, text = render(letter(kind, channel, demo=demo))
    assert subject.startswith("【演示数据】") == demo
    assert ("{{" in subject + text, "None" in subject + text) == (False, False)


@pytest.mark.parametrize("said", [{"nil": True}, {"returned": True}, {"stands": True}, {"due": ""}])
@pytest.mark.parametrize("kind", ["remind", "receipt", "returned", "repeated", "handover"])
@pytest.mark.parametrize("overdue", [False, True])
def test_templates_render_whatever_is_said_of_an_item(kind, said, overdue):
    items = [ITEM | {"state": "missing" if overdue else "pending"} | said] * 2
    subject, text = render(letter(kind, items=items, overdue=overdue, findings=[]))
    assert subject
    assert "\n\n\n\n" not in text


@pytest.mark.parametrize("missing", ["name", "items", "office", "demo"])
def test_a_name_the_template_needs_and_nobody_gave_is_an_error(missing):
    given = letter()
    del given.context[missing]
    with pytest.raises(UndefinedError):
        render(given)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "张三@luoyang.example",
        "a@洛阳.example",
        "zhang",
        "a@b, c@d",
        "a@b\nBcc: c@d",
        "@b",
        "a@",
        "<a@b>",
    ],
)
def test_what_is_no_address_is_said_to_be_none(address):
    with pytest.raises(BadAddress):
        to_bytes(letter(address=address), "luoshu.example")
