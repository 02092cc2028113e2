"""What a plan leaves to a person: tasks without a lead, words nobody has expanded (A2.2, A2.3)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from domain.programme import Programme
from domain.sentences import say
from tasks.register import register
from tasks.work import programme

Row = dict[str, Any]


def questions(slug: str, now: datetime) -> list[Row]:
    """Every open point of a programme's live tasks, by task."""
    rules = programme(slug)
    return sorted(_questions(rules, now), key=lambda row: (row["office"], row["task"]))


def _questions(rules: Programme, now: datetime) -> Iterator[Row]:
    day = max(now.astimezone(rules.zone).date(), rules.begins)
    with register(rules) as known:
        tasks = known.tasks
    titles = {t.code: (t.office, t.title) for t in tasks.tasks}
    for office in rules.offices:
        for task in tasks.unassigned(office.code, day):
            yield _row(rules, office.code, task.code, task.title, say("questions.no_lead"))
    for unit in tasks.open_words(day):
        place, title = titles[unit.task]
        word = say("questions.open", role=say(f"task_role.{unit.role}"), word=unit.printed)
        yield _row(rules, place, unit.task, title, word)


def _row(rules: Programme, office: str, task: str, title: str, question: str) -> Row:
    return {
        "programme": rules.slug,
        "office": office,
        "task": task,
        "title": title,
        "question": question,
    }
