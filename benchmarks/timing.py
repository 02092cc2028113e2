"""Run a flow against the server and say how long it took, by the server's own record of it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from prefect import Task
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, TaskRunFilter
from prefect.client.schemas.objects import StateType

from benchmarks.facts import peak_mb
from tasks import (
    dispatches,
    ledgers,
    openings,
    receipts,
    reminders,
    summaries,
    unmatched,
    unreachable,
    verdicts,
)
from tasks.work import simulated

DRAIN = 120.0  # seconds the server gets to write the task runs down
_made: list[str] = []


@dataclass(frozen=True, slots=True)
class Timing:
    """One flow run: seconds from Running to Completed, CPU of this process, task runs, memory."""

    seconds: float
    cpu_seconds: float
    task_runs: int
    recorded: int
    peak_mb: int

    def json(self) -> dict[str, Any]:
        """The figures as they are printed."""
        return {
            "seconds": round(self.seconds, 2),
            "cpu_seconds": round(self.cpu_seconds, 2),
            "task_runs": {"made": self.task_runs, "recorded_completed": self.recorded},
            "peak_rss_mb": self.peak_mb,
        }


def count_task_runs() -> None:
    """Count every task run this process makes from now on, to compare with what is recorded."""
    for module in (
        dispatches, ledgers, openings, receipts, reminders, summaries, unmatched, unreachable,
        verdicts,
    ):  # fmt: skip
        for task in vars(module).values():
            if isinstance(task, Task):
                task.on_completion(_count)


def _count(_task: object, run: Any, _state: object) -> None:
    _made.append(str(run.id))


def timed(at: datetime, flow: Callable[..., Any], *words: Any, **named: Any) -> Timing:
    """Run a flow at a simulated instant and wait until the server has recorded all of it."""
    before, cpu = len(_made), time.process_time()
    with simulated(at):
        state = flow(*words, return_state=True, **named)
    cpu = time.process_time() - cpu
    assert state.is_completed(), state
    made = len(_made) - before
    with get_client(sync_client=True) as client:
        run = client.read_flow_run(state.state_details.flow_run_id)
        recorded = _wait(made, lambda: _completed(client, run.id))
    assert run.start_time
    assert run.end_time
    seconds = (run.end_time - run.start_time).total_seconds()
    return Timing(seconds, cpu, made, recorded, peak_mb())


def _wait(made: int, recorded: Callable[[], int]) -> int:
    deadline = time.monotonic() + DRAIN
    while (found := recorded()) < made and time.monotonic() < deadline:
        time.sleep(0.5)
    return found


def _completed(client: Any, flow_run: UUID) -> int:
    completed = {"state": {"type": {"any_": [StateType.COMPLETED]}}}
    found = client.read_task_runs(
        flow_run_filter=FlowRunFilter.model_validate({"id": {"any_": [flow_run]}}),
        task_run_filter=TaskRunFilter.model_validate(completed),
        limit=200,
    )
    return len(found)
