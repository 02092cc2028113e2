"""Instants and periods as people read them; the patterns stand in the catalogue."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.form import Form
from domain.periods import Period
from domain.programme import Programme
from domain.sentences import say


def say_instant(instant: datetime, zone: ZoneInfo) -> str:
    """An instant in the zone, such as 11月13日（周五）16:00; seconds only when there are any."""
    local = instant.astimezone(zone)
    return say("time.instant", day=say_day(local.date()), clock=_clock(local))


def say_deadline(instant: datetime, zone: ZoneInfo) -> str:
    """An instant by which something is due; midnight is the 24:00 of the day before."""
    day, clock = deadline_day(instant, zone)
    return say("time.instant", day=say_day(day), clock=clock)


def deadline_day(instant: datetime, zone: ZoneInfo) -> tuple[date, str]:
    """The day and the clock of a due instant as people say them: midnight is 24:00 of the day."""
    local = instant.astimezone(zone)
    if local.time() != time(0):
        return local.date(), _clock(local)
    return local.date() - timedelta(days=1), "24:00"


def _clock(local: datetime) -> str:
    return f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"


def say_day(day: date) -> str:
    """A day with its weekday, such as 11月13日（周五）."""
    weekday = say("time.weekdays")[day.isoweekday() - 1]
    return say("time.day", month=day.month, day=day.day, weekday=weekday)


def say_period(period: Period) -> str:
    """A period by its first and last day; that of a one-off matter is one day."""
    one_day = period.start == period.end
    return say_day(period.start) if one_day else say_span(period.start, period.end)


def say_span(start: date, end: date) -> str:
    """A stretch of days by its first and last."""
    return say("time.period", m1=start.month, d1=start.day, m2=end.month, d2=end.day)


def say_debtors(programme: Programme, form: Form) -> str:
    """What the units that owe a form are called: their class, or what they are on it."""
    classes = {c.code: c.name for c in programme.classes}
    if form.unit_class:
        return classes[form.unit_class]
    return say(f"debtors.{form.debtors or 'asked'}")
