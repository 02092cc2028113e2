"""Made-up units, their liaisons and what they report, in any number; the same every time."""

import json
import os
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

from domain.form import Form
from domain.sentences import say
from domain.simulation import person, spoil, values
from domain.unit import DatedName, Member
from models import obligation, receipt
from models.audit import Change
from models.base import pages, reading, writing
from models.obligation import Owed
from models.officer import NewOfficer, appoint
from models.unit import enrol
from tasks.receipts import received
from tasks.work import programme

PORTION = 5000  # units a transaction


def settle(slug: str, count: int, since: datetime) -> None:
    """Enter made-up units, a third in each class, with one liaison each; and the office's post."""
    rules = programme(slug)
    classes = [form.unit_class for form in rules.forms if form.unit_class]
    post = NewOfficer(rules.offices[0].host, "office", "", "office@demo.invalid", "")
    with writing() as session:
        appoint(session, Change("registry", "benchmark", since), [post], since)
    for page in pages(range(count), PORTION):
        ids = {number: unit(number) for number in page}
        names = [(DatedName(id, _name(id), date.min), "name") for id in ids.values()]
        members = [Member(id, classes[number % len(classes)], "") for number, id in ids.items()]
        people = [_liaison(number, id) for number, id in ids.items()]
        with writing() as session:
            change = Change(slug, "benchmark", since)
            enrol(session, change, slug, names, members, rules.valid_from)
            appoint(session, Change("registry", "benchmark", since), people, since)


def unit(number: int) -> str:
    """The id of a made-up unit."""
    return f"demo-{number:06d}"


def _name(id: str) -> str:
    return say("simulate.unit", id=id)


def _liaison(number: int, unit: str) -> NewOfficer:
    made_up = person(Random(number), number)
    return NewOfficer(unit, "liaison", made_up.name, made_up.email, made_up.phone)


def drop(folder: Path, slug: str, count: int, occasion: str, at: datetime) -> None:
    """A report of each unit as a file: a fifth are empty, most others have a fault, as the naive
    baseline's."""
    forms = programme(slug).forms
    for number in range(count):
        random = Random(number)
        form = forms[number % len(forms)]
        words = {} if random.random() < 0.2 else _words(random, form, faulty=0.96)
        sent = {"单位": _name(unit(number)), "期": occasion, "values": words}
        path = folder / f"{unit(number)}.json"
        path.write_text(json.dumps(sent, ensure_ascii=False), "utf-8")
        os.utime(path, (at.timestamp(), at.timestamp()))


def _words(random: Random, form: Form, faulty: float) -> dict[str, str]:
    right = values(random, form)
    return spoil(random, form, right) if random.random() < faulty else right


def receive(slug: str, office: str, occasion: str, at: datetime) -> int:
    """Receipts of everything owed, written straight into the tables; how many."""
    with reading() as session:
        owed = obligation.of_occasion(session, slug, office, occasion, at)
    change = Change(slug, "unit", at)
    for page in pages(owed, PORTION):
        sent = list(_sent(slug, page, at))
        with writing() as session:
            blobs = [blob for blob, _ in sent]
            rows = receipt.take_in(session, change, blobs, [row for _, row in sent])
            obligation.add_events(session, change, [received(row) for row in rows])
    return len(owed)


def _sent(
    slug: str, owed: list[Owed], at: datetime
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """The bytes and the receipt of each report; one in seven has a fault."""
    rules = programme(slug)
    for o in owed:
        words = _words(Random(o.id), rules.form(o.form), faulty=1 / 7)
        content = json.dumps({"单位": o.debtor, "values": words}, ensure_ascii=False).encode()
        sha256 = receipt.sha256(content)
        yield (
            {"sha256": sha256, "size": len(content), "content": content},
            {
                "obligation_id": o.id,
                "programme": slug,
                "blob_sha256": sha256,
                "channel": "inbox",
                "source": f"{o.debtor}.json",
                "received_at": at,
                "payload": words,
                "problem": "",
            },
        )
