"""Every sentence for people is in the catalogue or a template, and `luoshu sentences` lists it."""

import ast
import re
from pathlib import Path

import pytest

from domain.sentences import catalogue

ROOT = Path(__file__).parents[2]
TEMPLATES = [
    *(ROOT / "notifications" / "templates").glob("*.j2"),
    *(ROOT / "documents" / "templates").glob("*.j2"),
]
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
MARKS = {"、", "，", "一", "\u9fff"}  # between items, and the ends of a range of characters
HAN = re.compile(r"[\u4e00-\u9fff]")
ALLOWED = {
    "commands/run.py": {"[,，、]"},
    "commands/output.py": MARKS,
    "commands/papers.py": MARKS,
    "commands/sentences.py": MARKS,
    "deployments/checkup.py": MARKS,
    "domain/form.py": MARKS,
    "domain/layout.py": MARKS,
    "domain/programme.py": MARKS,
    "programmes/load.py": MARKS,
    "programmes/membership.py": MARKS,
    "programmes/plan.py": MARKS,
    "programmes/reading.py": MARKS,
    "tasks/handouts.py": MARKS,
    "tasks/ledgers.py": MARKS,
    "tasks/yearbooks.py": MARKS,
    "tasks/reports.py": MARKS,
    "tasks/defaults.py": MARKS,
    "tasks/matching.py": MARKS,
    "tasks/matters.py": MARKS,
    "commands/programme.py": MARKS,
    # the heads and words of a holiday notice
    "intake/notice.py": {
        "名称", "类型", "起", "止", "休", "班",
    } | MARKS,
    # words that are read in what units send: data, not sentences
    "domain/content.py": {"不适用", "未报送"},
    "intake/submission.py": {"单位", "报送单位", "期", "期号", "表"},
    # what lists of units in documents are made of
    "domain/lexicon.py": {
        r"[（(〔][^（）()〔〕]*(?:[（(〔][^（）()〔〕]*[）)〕][^（）()〔〕]*)*[）)〕]",
        "[、，,；;]",
    },
    "domain/resolution.py": {
        "市省区區县縣", "人民政府", "政府", "，,；;",
        "等(?:有关|有關|相关|相關)?(?:部门|部門|单位|單位|企业|企業)?$",
    },
    # the same words, in what a simulation sends
    "deployments/sent.py": {"单位", "期", "表", "任务编号", "无事项", "无"},
    "domain/simulation.py": {"万元"},
    "benchmarks/population.py": {"单位", "期"},
    # names a flow, a stage and a tag have at the Prefect server: keys there, and its own words
    "flows/dispatch.py": {"发送"},
    "flows/planner.py": {"计划"},
    "flows/reaper.py": {"巡检"},
    "flows/weekly.py": {
        "开期", "收集", "校验", "催报", "汇总", "周调度", "周调度 {programme} {occasion}",
    } | MARKS,
    "tasks/plans.py": {"周调度/"},
    "tasks/runs.py": {"计划"},
}  # fmt: skip


def literals(file):
    """The Chinese strings of a Python file that are not its documentation."""
    tree = ast.parse(file.read_text("utf-8"))
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        found = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if found and id(node) not in documentation and CHINESE.search(node.value):
            yield node.value


def files():
    here = (path.relative_to(ROOT) for path in ROOT.rglob("*.py"))
    return [p for p in here if p.parts[0] != "tests" and not p.parts[0].startswith((".", "var"))]


def test_no_python_file_holds_a_sentence():
    assert len(files()) > 60
    found = {str(file): {*literals(ROOT / file)} for file in files()}
    surplus = {file: words - ALLOWED.get(file, set()) for file, words in found.items()}
    assert {file: words for file, words in surplus.items() if words} == {}


def test_the_list_of_exceptions_is_no_longer_than_it_must_be():
    for file, words in ALLOWED.items():
        found = {*literals(ROOT / file)}
        assert found, file
        assert words - MARKS <= found, file


def test_every_key_of_the_catalogue_is_listed(luoshu):
    rows = {row["key"]: row["text"] for row in luoshu("sentences", "--json").json}
    assert catalogue().items() <= rows.items()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_every_line_of_a_template_is_listed(luoshu, template):
    listed = {row["text"] for row in luoshu("sentences", "--json").json}
    lines = [line for line in template.read_text("utf-8").splitlines() if HAN.search(line)]
    assert lines
    assert set(lines) <= listed


def test_the_words_of_the_bundled_forms_are_listed_and_can_be_searched(luoshu):
    rows = luoshu("sentences", "--find", "累计竣工项目数", "--json").json
    assert [row["key"] for row in rows] == [
        "luoyang-renewal.weekly-county.projects-completed",
    ]
    shown = luoshu("sentences", "--find", "累计竣工项目数").out
    assert "weekly-county.projects-completed" in shown
    assert luoshu("sentences", "--find", "没有这样的话").out == f"{catalogue()['output.empty']}\n"


def test_every_key_that_is_said_is_in_the_catalogue():
    known = catalogue()
    for file in files():
        for node in ast.walk(ast.parse((ROOT / file).read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("say", "Refused"):
                key = node.args[0]
                if isinstance(key, ast.Constant):
                    assert key.value in known, f"{file}: {key.value}"
                elif isinstance(key, ast.JoinedStr) and isinstance(key.values[0], ast.Constant):
                    start = str(key.values[0].value)
                    assert any(name.startswith(start) for name in known), f"{file}: {start}"
