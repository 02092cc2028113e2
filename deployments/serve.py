"""Register the pipelines with a Prefect server; the same ones again are only brought up to date."""

from dataclasses import dataclass, field
from datetime import timedelta
from importlib.metadata import version
from typing import Any

from prefect import Flow
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import DeploymentScheduleCreate, WorkPoolCreate
from prefect.client.schemas.objects import ConcurrencyLimitStrategy, ConcurrencyOptions
from prefect.client.schemas.schedules import CronSchedule, IntervalSchedule
from prefect.workers.process import ProcessWorker

from domain.sentences import say
from flows.dispatch import dispatch
from flows.planner import planner
from flows.reaper import reaper
from flows.weekly import weekly
from models.base import reading
from models.installation import is_demo
from tasks import plans
from tasks.work import programme

POOL = "luoshu"
ONE_AT_A_TIME = ConcurrencyOptions(collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)
HEARTBEAT = timedelta(minutes=5)  # between two looks at the outbox, and at dead runs


@dataclass(frozen=True, slots=True)
class Deployed:
    """A pipeline as the server is to know it."""

    flow: Flow[..., Any]
    entrypoint: str  # a module path: a file path would put flows/ first on sys.path
    name: str
    tags: tuple[str, ...] = ()
    parameters: dict[str, Any] = field(default_factory=dict)
    schedule: CronSchedule | IntervalSchedule | None = None


def every() -> list[Deployed]:
    """The planner, the heartbeats, and one weekly pipeline a programme and office."""
    each_night = CronSchedule(cron="5 0 * * *", timezone="Asia/Shanghai")
    heartbeat = IntervalSchedule(interval=HEARTBEAT)
    return [
        Deployed(planner, "flows.planner.planner", "planner", schedule=each_night),
        Deployed(dispatch, "flows.dispatch.dispatch", "dispatch", schedule=heartbeat),
        Deployed(reaper, "flows.reaper.reaper", "reaper", schedule=heartbeat),
        *(_weekly(pipeline) for pipeline in plans.pipelines()),
    ]


def _weekly(pipeline: plans.Pipeline) -> Deployed:
    return Deployed(
        weekly,
        "flows.weekly.weekly",
        pipeline.name,
        tags=(pipeline.programme, programme(pipeline.programme).name, *_demo_tag()),
        parameters={"programme": pipeline.programme, "office": pipeline.office},
    )


def _demo_tag() -> list[str]:
    with reading() as session:
        return [say("demo.tag")] if is_demo(session) else []


def register() -> int:
    """Make the work pool and every deployment, or bring them up to date; how many there are."""
    deployments = every()
    with get_client(sync_client=True) as client:
        template = ProcessWorker.get_default_base_job_template()
        pool = WorkPoolCreate(name=POOL, type="process", base_job_template=template)
        client.create_work_pool(pool, overwrite=True)
        for deployment in deployments:
            _register(client, deployment)
    return len(deployments)


def _register(client: SyncPrefectClient, deployed: Deployed) -> None:
    own = deployed.schedule
    schedules = [DeploymentScheduleCreate(schedule=own, slug="own")] if own else []
    client.create_deployment(
        client.create_flow(deployed.flow),
        deployed.name,
        version=version("luoshu"),
        schedules=schedules,
        concurrency_limit=1,
        concurrency_options=ONE_AT_A_TIME,
        parameters=deployed.parameters,
        description=deployed.flow.description,
        work_pool_name=POOL,
        tags=list(deployed.tags),
        entrypoint=deployed.entrypoint,
        parameter_openapi_schema=_form(deployed.flow),
        enforce_parameter_schema=True,
        pull_steps=[],
    )


def _form(flow: Flow[..., Any]) -> dict[str, Any]:
    """The parameter form with a Chinese word for every field: it is what operators rerun from."""
    schema = flow.parameters.model_dump_for_openapi()
    for name, field_schema in schema["properties"].items():
        field_schema["title"] = say(f"form_title.{name}")
        field_schema["description"] = say(f"form.{name}")
    return schema
