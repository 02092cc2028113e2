"""Heads that are not quite those asked for: proposed, missing, twice, too many, in other units."""

from decimal import Decimal
from typing import Any

from domain.content import ONE
from tests.intake.corpus_book import Page, xlsx
from tests.intake.corpus_case import Case, Rows, again, right
from tests.intake.corpus_forms import (
    COUNTY,
    MEMBER,
    PARK,
    PROJECTS,
    UTILITY,
    WEEKLY,
    YARD,
    codes,
    heads,
    labels,
)

CODES, HEADS, LABELS = codes(PROJECTS), heads(PROJECTS), labels(PROJECTS)
PLACED = {code: n for n, code in enumerate(CODES)}


def headed(changes: dict[str, str | None]) -> list[Any]:
    """The heads with some written otherwise."""
    return [changes.get(code, head) for code, head in zip(CODES, HEADS, strict=True)]


def park(first: str = "A2", **read: Any) -> Rows:
    """The project with some cells read otherwise; None is not read."""
    values = [read.get(code, value) for code, value in zip(CODES, PARK, strict=True)]
    return {"湖滨公园": right(first, CODES, values)}


def under(claim: str, heads: list[Any], rows: Rows | None = None, **keys: Any) -> Case:
    """One project under these heads."""
    told = {"forms": (PROJECTS,), **keys}
    return Case(claim, lambda: xlsx(Page([heads, PARK])), park() if rows is None else rows, **told)


def alike(claim: str, code: str, head: str, **keys: Any) -> Case:
    """A head that is only like a field's: proposed, and to be confirmed."""
    return under(claim, headed({code: head}), certain=False, **keys)


def exact(claim: str, code: str, head: str, **read: Any) -> Case:
    """A head that is another way to write a field's."""
    findings = read.pop("findings", ())
    return under(claim, headed({code: head}), park(**read), findings=findings)


def nothing(code: str, head: str) -> Case:
    """A head nobody knows in the place of a field's."""
    return alike(
        f"{head} is not taken for {code}", code, head, rows=park(**{code: None}), missing=(code,),
        ignored=(head,),
    )  # fmt: skip


EXTRA = under("columns nobody asked for are named and not taken", [*HEADS, "天气", "领导批示"],
              ignored=("天气", "领导批示"))  # fmt: skip
PROPOSED = alike("a head with a word more is proposed", "spent", "累计完成总投资（万元）")
TWICE = under("a head that comes twice is asked about", [*HEADS, "总投资（万元）"],
              certain=False, problems=("layout.head_twice",))  # fmt: skip
SCOPED = [
    ["项目名称", "项目类型", "建筑面积", "上年", None, "中央资金", "地方资金", "形象进度（%）"],
    [None, None, None, "总投资", "累计完成投资", None, None, None],
]  # fmt: skip
SCOPED_CODES = ["name", "kind", "area", "total", "spent", "central", "local", "rate"]
SCOPED_LINE = [PARK[PLACED[code]] for code in SCOPED_CODES]
TWIN = MEMBER.model_copy(update={"code": "weekly-guest", "label": "周简报"})
SAME = ("截至本周应完成节点数", "应完成节点中已完成数", "需要协调解决的事项")

CASES = [
    EXTRA, PROPOSED, TWICE,
    again(EXTRA, "xls"), again(PROPOSED, "et"), again(TWICE, "suite"),
    alike("a head with a word less is proposed", "state", "进展"),
    alike("a head in another order is proposed", "spent", "完成累计投资（万元）"),
    alike("a head in Traditional characters is proposed", "name", "項目名称"),
    alike("a head with a remark in brackets is proposed", "total", "总投资（含征迁）"),
    alike("a head with a slip of the pen is proposed", "started", "开工日其"),
    exact("a head may have its unit without brackets", "total", "总投资万元"),
    exact("a head may have its unit after a slash", "total", "总投资/万元"),
    exact("a head may have its unit after a comma", "total", "总投资，万元"),
    exact("a head may have square brackets", "total", "总投资【万元】"),
    exact("amounts under 亿元 are turned into 万元", "spent", "累计完成投资（亿元）",
          spent=1205000, findings=("check.at_most spent",)),
    exact("amounts under 元 are turned into 万元", "spent", "累计完成投资（元）",
          spent=Decimal("0.01205")),
    nothing("state", "天气"),
    nothing("area", "联系电话"),
    nothing("area", "建築面積（平方米）"),
    Case("a field that has no head is missing, and asked for where it must be filled",
         lambda: xlsx(Page([[HEADS[0], *HEADS[2:]], [PARK[0], *PARK[2:]]])),
         {"湖滨公园": right("A2", [CODES[0], *CODES[2:]], [PARK[0], *PARK[2:]])},
         ("check.required kind",), missing=("kind",), forms=(PROJECTS,)),
    Case("a list without the heads of its keys is asked about",
         lambda: xlsx(Page([HEADS[1:], PARK[1:]])), {}, ("checks.empty name",),
         ("layout.no_key",), certain=False, missing=("name",), forms=(PROJECTS,)),
    Case("the same head twice in two lines is asked about",
         lambda: xlsx(Page([[*HEADS, None, "累计完成投资（万元）"], [*PARK, None, 7]])),
         park(), problems=("layout.head_twice",), certain=False, forms=(PROJECTS,)),
    Case("under the year before a head is not this year's",
         lambda: xlsx(Page([*SCOPED, SCOPED_LINE], merged=["D1:E1"])),
         {"湖滨公园": right("A3", SCOPED_CODES, SCOPED_LINE)}, certain=False,
         missing=("started", "finished", "state"), forms=(PROJECTS,)),
    Case("a unit of measure above counts for heads that have none",
         lambda: xlsx(Page([["单位：亿元"], LABELS, [*PARK[:3], 0.03, 0.012, 0.018, 0.01205,
                                                   *PARK[7:]]])),
         park("A3"), forms=(PROJECTS,)),
    Case("and not for those that have their own",
         lambda: xlsx(Page([["单位：亿元"], HEADS, PARK])), park("A3"), forms=(PROJECTS,)),
    Case("a head at its own with nothing below says that the list is empty",
         lambda: xlsx(Page([HEADS])), {}, ("checks.empty name",), forms=(PROJECTS,)),
    Case("the same project twice is asked about", lambda: xlsx(Page([HEADS, PARK, PARK])),
         park(), problems=("layout.key_twice",), certain=False, forms=(PROJECTS,)),
    Case("a row without its name is asked about",
         lambda: xlsx(Page([HEADS, PARK, [None, *YARD[1:]]])), park(),
         problems=("layout.no_key",), certain=False, forms=(PROJECTS,)),
    Case("two forms that fit alike are asked about",
         lambda: xlsx(Page([[*SAME], [4, 3, "无"]])),
         {ONE: right("A2", ["milestones-due", "milestones-met", "matters"], [4, 3, "无"])},
         ("check.required progress",), ("layout.which_form",), certain=False,
         missing=("progress", "policy", "experience"), forms=(MEMBER, TWIN)),
    Case("heads that two forms share, and are not all of either, are asked about",
         lambda: xlsx(Page([[*SAME], [4, 3, "无"]])),
         {ONE: right("A2", ["milestones-due", "milestones-met", "matters"], [4, 3, "无"])},
         ("check.required progress",), ("layout.which_form",), certain=False,
         missing=("progress", "policy", "experience"), forms=(UTILITY, MEMBER),
         form="weekly-member"),
    Case("labels of a county beside a label nobody knows are read",
         lambda: xlsx(Page([*map(list, zip(labels(COUNTY), WEEKLY, strict=True)), ["天气", "晴"]])),
         {ONE: {code: (v, f"B{n}") for n, (code, v) in
                enumerate(zip(codes(COUNTY), WEEKLY, strict=True), 1)}}),
]  # fmt: skip
