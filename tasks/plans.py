"""The planned runs at the Prefect server: made ahead, made again, and cleared away."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import DeploymentFilter, FlowRunFilter
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.exceptions import ObjectNotFound
from prefect.states import Crashed, Scheduled

from domain.agenda import AFTER_DUE, Moment, moments, openings, with_stored
from domain.sentences import say
from models import demand, obligation, reminder
from models.base import Session, reading
from tasks.runs import PLANNED
from tasks.work import calendar, programme, sound

AHEAD = timedelta(days=35)
PAGE = 200


@dataclass(frozen=True, slots=True)
class Pipeline:
    """One office's weekly pipeline; its deployment bears its name."""

    programme: str
    office: str

    @property
    def deployment(self) -> str:
        """The full name of the deployment."""
        return f"周调度/{self.name}"

    @property
    def name(self) -> str:
        """The deployment's own name."""
        return f"{self.programme}-{self.office}"


def pipelines() -> list[Pipeline]:
    """Every weekly pipeline: one a programme and office that collects, be it only matters."""
    return [
        Pipeline(slug, office.code)
        for slug in sound()
        for office in programme(slug).offices
        if programme(slug).forms_of(office.code)
    ]


def agenda(pipeline: Pipeline, start: datetime, end: datetime) -> list[Moment]:
    """The moments of a pipeline in (start, end]."""
    rules = programme(pipeline.programme)
    with reading() as session:
        workdays = calendar(session, rules)
        stored = list(_stored(session, pipeline, start, end))
    return with_stored(moments(rules, pipeline.office, workdays, start, end), stored)


def _stored(
    session: Session, pipeline: Pipeline, start: datetime, end: datetime
) -> Iterator[Moment]:
    """The moments of obligations as they stand: extended ones, and those of one-off matters."""
    where = (pipeline.programme, pipeline.office)
    for occasion, due_at in demand.due_instants(
        session, *where, start - AFTER_DUE, end - AFTER_DUE
    ):
        yield Moment(due_at + AFTER_DUE, *where, occasion, "due")
    for occasion, rung, at in reminder.instants(session, *where, start, end):
        yield Moment(at, *where, occasion, "rung", rung)


def unopened(pipeline: Pipeline, now: datetime) -> list[Moment]:
    """The openings that were missed while there is still time to report: an office that starts in
    the middle of a week asks at once, not at its next rung.
    """
    rules = programme(pipeline.programme)
    with reading() as session:
        over = openings(rules, pipeline.office, calendar(session, rules), now)
        return [
            moment
            for moment in over
            if not obligation.is_open(session, rules.slug, pipeline.office, moment.occasion)
        ]


def plan_ahead(pipeline: Pipeline, now: datetime) -> int:
    """Make the runs of the next 35 days that are not there, and at once those of openings that
    were missed; clear those no longer wanted.
    """
    ahead = [*unopened(pipeline, now), *agenda(pipeline, now, now + AHEAD)]
    wanted = {moment.key: moment for moment in ahead}
    with get_client(sync_client=True) as client:
        deployment = client.read_deployment_by_name(pipeline.deployment).id
        waiting = _runs(client, deployment, [StateType.SCHEDULED])
        _clear(client, waiting, wanted, now)
        known = {run.idempotency_key for run in waiting}
        missing = [moment for key, moment in wanted.items() if key not in known]
        for moment in missing:
            _create(client, deployment, moment, max(moment.at, now), moment.key)
    return len(missing)


def plan_again(pipeline: Pipeline, moment: Moment, now: datetime) -> bool:
    """Plan a moment again at once, unless a run of the pipeline is waiting or under way."""
    with get_client(sync_client=True) as client:
        deployment = client.read_deployment_by_name(pipeline.deployment).id
        if _is_busy(client, deployment):
            return False
        _create(client, deployment, moment, now, f"{moment.key}:again:{now.timestamp():.0f}")
    return True


def run_if_idle(pipeline: Pipeline, reason: str) -> bool:
    """Ask for a run of the occasion that is running now, unless one is waiting or under way."""
    with get_client(sync_client=True) as client:
        deployment = client.read_deployment_by_name(pipeline.deployment).id
        if _is_busy(client, deployment):
            return False
        client.create_flow_run_from_deployment(deployment, parameters={"reason": reason})
    return True


def _is_busy(client: SyncPrefectClient, deployment: UUID) -> bool:
    if _runs(client, deployment, [StateType.RUNNING, StateType.PENDING]):
        return True
    now = datetime.now(UTC)
    waiting = _runs(client, deployment, [StateType.SCHEDULED])
    return any(run.expected_start_time and run.expected_start_time <= now for run in waiting)


def mark_crashed(flow_run: str, message: str) -> None:
    """Tell the server that a run it believes in is dead."""
    with get_client(sync_client=True) as client:
        try:
            run = client.read_flow_run(UUID(flow_run))
        except ObjectNotFound:
            return
        if run.state and not run.state.is_final():
            client.set_flow_run_state(run.id, Crashed(message=message), force=True)


def bury_orphans(pipeline: Pipeline, alive: Collection[str], before: datetime, why: str) -> int:
    """Mark crashed what the server takes for running but has no record with us; how many.

    Such a run died with its worker before its first line.
    """
    with get_client(sync_client=True) as client:
        deployment = client.read_deployment_by_name(pipeline.deployment).id
        orphans = [
            run
            for run in _runs(client, deployment, [StateType.RUNNING, StateType.PENDING])
            if str(run.id) not in alive and run.state and run.state.timestamp < before
        ]
        for run in orphans:
            client.set_flow_run_state(run.id, Crashed(message=why), force=True)
    return len(orphans)


def has_ended(flow_run: str) -> bool:
    """Whether the server knows the run and that it is over."""
    with get_client(sync_client=True) as client:
        try:
            state = client.read_flow_run(UUID(flow_run)).state
        except ObjectNotFound:
            return False
    return state is not None and state.is_final()


def _clear(
    client: SyncPrefectClient, waiting: Sequence[FlowRun], wanted: Iterable[str], now: datetime
) -> None:
    """Delete planned runs that moved away, and past ones but the newest: it does all their work."""
    kept = set(wanted)
    planned = [run for run in waiting if PLANNED in run.tags]
    past = [run for run in planned if run.expected_start_time and run.expected_start_time <= now]
    ahead = [run for run in planned if run not in past and run.idempotency_key not in kept]
    newest = {run.parameters.get("occasion"): run.id for run in past}  # of each occasion
    for run in [run for run in past if run.id not in newest.values()] + ahead:
        client.delete_flow_run(run.id)


def _runs(
    client: SyncPrefectClient, deployment: UUID, states: Sequence[StateType]
) -> list[FlowRun]:
    found: list[FlowRun] = []
    while True:
        page = client.read_flow_runs(
            flow_run_filter=FlowRunFilter.model_validate({"state": {"type": {"any_": states}}}),
            deployment_filter=DeploymentFilter.model_validate({"id": {"any_": [deployment]}}),
            sort=FlowRunSort.EXPECTED_START_TIME_ASC,
            limit=PAGE,
            offset=len(found),
        )
        found += page
        if len(page) < PAGE:
            return found


def _create(
    client: SyncPrefectClient, deployment: UUID, moment: Moment, at: datetime, key: str
) -> None:
    label = programme(moment.programme).label_of(moment.office, moment.occasion)
    reason = say(f"moment.{moment.reason}", rung=moment.rung)
    client.create_flow_run_from_deployment(
        deployment,
        parameters={
            "programme": moment.programme,
            "office": moment.office,
            "occasion": moment.occasion,
            "reason": reason,
        },
        state=Scheduled(scheduled_time=at),
        name=say("run.planned", label=label, occasion=moment.occasion, reason=reason),
        tags=[PLANNED, moment.programme],
        idempotency_key=key,
    )
