"""The command line in this process, on a small database built through the models."""

import json
import os
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from commands import main
from commands.frame import frame
from domain.history import Kind
from migrations import migrate
from models import obligation, receipt
from models.base import writing
from models.receipt import sha256
from tests.build import SLUG, appoint, change, everyone, nov, report, some_obligations

DUE = nov(13, "16:00")


@dataclass(frozen=True)
class Answer:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed for programs."""
        return json.loads(self.out)


Command = Callable[..., Answer]


@pytest.fixture
def luoshu(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """`luoshu` with these words, as the console script runs it."""
    monkeypatch.setenv("COLUMNS", "300")
    monkeypatch.setattr(os, "environ", dict(os.environ))  # a command may set its own

    def command(*words: str) -> Answer:
        monkeypatch.setattr(main, "app", frame("luoshu"))  # main() fills it, once
        monkeypatch.setattr("sys.argv", ["luoshu", *words])
        code = 0
        try:
            with warnings.catch_warnings():
                warnings.filterwarnings("ignore", "Cyclopts application invoked without tokens")
                main.main()
        except SystemExit as end:
            code = int(end.code or 0)
        return Answer(code, *capsys.readouterr())

    return command


@pytest.fixture
def books(home: Path) -> Path:
    """Four units: one has sent on time, one late, one is exempt, and one has sent nothing."""
    migrate.upgrade()
    with writing() as session:
        owed = {row["debtor"]: row["id"] for row in some_obligations(session)}
        opened = [
            obligation.event_row(id, kind, **more)
            for id in owed.values()
            for kind, more in ((Kind.OPENED, {}), (Kind.DUE_SET, {"due_at": DUE}))
        ]
        obligation.add_events(session, change(SLUG, "clock"), opened)
        free = obligation.event_row(owed["ly-finance"], Kind.EXEMPTED, reason="due.no_workday")
        obligation.add_events(session, change(SLUG, "office", nov(10)), [free])
    appoint([p for p in everyone() if p.role != "office"])  # its unit is not among the four
    _receive(owed["ly-jianxi"], "涧西区", nov(13, "15:59:59"))
    _receive(owed["ly-yanshi"], "偃师区", nov(13, "17:00"))
    return home


def _receive(owed: int, unit: str, at: Any) -> None:
    """A report came, was looked at and accepted."""
    content = report(unit)
    blob = {"sha256": sha256(content), "size": len(content), "content": content}
    row = {
        "obligation_id": owed,
        "programme": SLUG,
        "blob_sha256": blob["sha256"],
        "channel": "inbox",
        "source": f"{unit}.json",
        "received_at": at,
        "payload": json.loads(content)["values"],
        "problem": "",
    }
    with writing() as session:
        [kept] = receipt.take_in(session, change(SLUG, "unit", at), [blob], [row])
        number = kept["id"]
        for kind in (Kind.RECEIVED, Kind.CHECKED, Kind.ACCEPTED):
            event = obligation.event_row(owed, kind, key=str(number), at=at, receipt_id=number)
            obligation.add_events(session, change(SLUG, "checks", at), [event])


@pytest.fixture
def desk(own_copy: Callable[..., Path]) -> dict[str, int]:
    """The office's own copy of the programme with weeks of reports; receipts by what they are."""
    from tests.desk import WARNED, weeks

    own_copy(SLUG, WARNED)
    return weeks()
