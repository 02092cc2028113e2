"""Make the database ready: the schema, the calendar, the programmes and their units."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from domain.errors import Refused
from intake.holidays import published
from migrations import migrate
from models import installation, workday
from models.audit import Change
from models.base import writing
from models.enrolment import keep_register
from models.programme import in_force, keep_version
from models.task import keep_tasks
from models.unit_change import enter_changes
from models.workday import Override
from programmes import load
from settings import Settings
from tasks.shifts import enter_days
from tasks.work import sound

SEED = "chinesecalendar"


def prepare(now: datetime, *, demo: bool) -> None:
    """Bring the database up to date and enter what the programme folders say; safe to repeat.

    Holidays that a new release knows move what is open, as an imported notice does.
    """
    back_up(now)
    migrate.upgrade()
    with writing() as session:
        if installation.mark(session, demo, now) != demo:
            raise Refused("database.demo" if demo else "database.real")
    with writing() as session:
        known = workday.workdays(session).years  # a notice that was imported holds before the seed
        days = [Override(*day, SEED) for day in published() if day[0].year not in known]
        if days:
            enter_days(session, Change("registry", "clock", now), days)
    for slug in sound():
        enter_programme(slug, now)


def enter_programme(slug: str, now: datetime) -> None:
    """Enter a programme's version, units and tasks; what changed is dated, nothing is lost.

    Raises Refused for a version of days to come while another is in force: until then nobody
    would be asked.
    """
    with writing() as session:
        demo = installation.is_demo(session)
        loaded = load.load(slug, Settings().programmes, demo=demo)
        rules, change = loaded.programme, Change(slug, "clock", now)
        today = now.astimezone(rules.zone).date()
        if rules.valid_from > today and (before := in_force(session, slug, today)):
            raise Refused(
                "version.too_early", programme=rules.name, day=rules.valid_from, label=before
            )
        keep_version(session, change, rules)
        keep_register(session, change, slug, loaded.names, loaded.members, today)
        enter_changes(session, change, loaded.changes)
        keep_tasks(session, change, slug, loaded.tasks, loaded.milestones, today)


def back_up(now: datetime) -> Path | None:
    """Copy an SQLite database of an older schema aside before it is changed."""
    url = Settings().url
    file = Path(url.removeprefix("sqlite:///"))
    if not url.startswith("sqlite") or not file.exists() or migrate.current() == migrate.head():
        return None
    copy = file.with_name(f"{file.stem}-{now:%Y%m%dT%H%M%S}.db")
    with closing(sqlite3.connect(file)) as old, closing(sqlite3.connect(copy)) as new:
        old.backup(new)  # the newest facts may still be in the write-ahead log beside the file
    return copy
