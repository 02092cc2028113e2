"""An office of its own for a test: a programme whose deadline is near, and a home begun earlier."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from migrations import migrate
from models import installation, workday
from models.audit import Change
from models.base import writing
from models.workday import Override
from programmes import load

SHANGHAI = ZoneInfo("Asia/Shanghai")
_now = datetime.now(SHANGHAI)
# a deadline two hours ahead has to lie in this week: late on a Sunday, the office is further west
ZONE = ZoneInfo("Asia/Kolkata") if _now.isoweekday() == 7 and _now.hour >= 20 else SHANGHAI
BUNDLED = Path(load.__file__).parent / "luoyang-renewal"
HOST = "ly-housing"
DAY = timedelta(days=1)


def programme(folder: Path, slug: str, due: datetime, units: int = 0, rung: str = "-2") -> None:
    """A copy of the bundled programme that is due at an instant of this week, day or night."""
    local = due.astimezone(ZONE)
    changes = {
        'slug = "luoyang-renewal"': f'slug = "{slug}"',
        'zone = "Asia/Shanghai"': f'zone = "{ZONE.key}"',
        'name = "洛阳市城市更新"': f'name = "试验{slug}"',
        "weekday = 5": f"weekday = {local.isoweekday()}",
        "at = 16:00:00": f"at = {local:%H:%M:%S}",
        'shift = "previous"': 'shift = "keep"',
        "hours = -2\n": f"hours = {rung}\n",
        "quiet_from = 21:00:00": "quiet_from = 23:59:59",
        "quiet_to = 08:00:00": "quiet_to = 00:00:00",
    }
    text = (BUNDLED / "programme.toml").read_text("utf-8")
    for old, new in changes.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    home = folder / slug
    home.mkdir(parents=True)
    (home / "programme.toml").write_text(text, "utf-8")
    members = (BUNDLED / "members.csv").read_text("utf-8")
    (home / "members.csv").write_text(members, "utf-8")
    if units:
        _made_up(home, units)


def _made_up(home: Path, units: int) -> None:
    """The host and made-up units instead of the bundled place's."""
    toml = (home / "programme.toml").read_text("utf-8")
    assert toml.count('units_from = "luoyang"\n') == 1
    (home / "programme.toml").write_text(toml.replace('units_from = "luoyang"\n', ""), "utf-8")
    made = {f"unit-{n:05}": f"试验单位{n:05}" for n in range(units)}
    place = (f"{id},{name},,,试验" for id, name in {HOST: "市住房和城乡建设局", **made}.items())
    classes = {HOST: "member", "unit-00001": "utility"}  # every form is owed by somebody
    members = (f"{id},{classes.get(id, 'county')},,,,试验" for id in (HOST, *made))
    _write(home / "units.csv", "id,name,aliases,doubtful,source", *place)
    _write(home / "members.csv", "unit,class,group,from,to,source", *members)
    _write(home / "names.csv", "unit,name,valid_from,valid_to,source")


def _write(file: Path, *lines: str) -> None:
    file.write_text("\n".join(lines) + "\n", "utf-8")


def working_days() -> None:
    """Today and its neighbours are worked, whatever the calendar says: tests run on Sundays too."""
    migrate.upgrade()
    today = datetime.now(ZONE).date()
    with writing() as session:
        days = (Override(today + n * DAY, True, "test") for n in (-1, 0, 1))
        workday.enter(session, Change("registry", "office", datetime.now(UTC)), days)


def report(inbox: Path, unit: str, occasion: str, name: str, **cells: object) -> None:
    """A report that the checks accept, in the inbox now."""
    done = {"projects": "三个项目开工", "milestones": "已完成", "progress": "已完成"}
    values = {**done, "works": "已完成", **cells}
    content = {"单位": unit, "期": occasion, "values": values}
    path = inbox / f".{name}"
    path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    path.rename(inbox / name)


def week(instant: datetime) -> str:
    """The id of the week of an instant."""
    year, number, _ = instant.astimezone(ZONE).date().isocalendar()
    return f"{year}-W{number:02}"


def local_day(instant: datetime) -> date:
    """The day of an instant in Luoyang."""
    return instant.astimezone(ZONE).date()


def installed_yesterday() -> None:
    """The installation began a day ago: what was due since then has been missed."""
    with writing() as session:
        installation.mark(session, False, datetime.now(UTC) - DAY)
