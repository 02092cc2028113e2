"""What holds for every history and every calendar, not only for the worked cases."""

from datetime import date, datetime, time, timedelta

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from domain.clock import Clock, due
from domain.counting import CountingRule
from domain.errors import TransitionRefused
from domain.history import Event, Kind, admit
from domain.obligation import Flag, State, partition
from domain.periods import parse, week_of
from domain.reminder import Rung, instant_of, plan
from domain.workdays import Workdays
from tests.domain.build import CALENDAR, DUE, SENDING, ZONE, fold, nov, opened, valid

holds = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow],
)

RULES = st.sampled_from(CountingRule.__args__)
HOURS = st.sampled_from([timedelta(hours=n) for n in (0, 1, 3, 8, 24, 36)])
SINCE_MONDAY = [nov(9, "08:00") + timedelta(hours=n) for n in range(0, 336, 4)]
INSTANTS = st.sampled_from([*SINCE_MONDAY, DUE, DUE + timedelta(seconds=1)])
CLOSING = (Kind.EXEMPTED, Kind.WITHDRAWN)
OFTEN = (Kind.RECEIVED, Kind.RETURNED)
STEPS = [(kind, receipt) for kind in (*Kind, *OFTEN) for receipt in (None, 1, 2, 3)]


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """Whatever the transition table admits, in the order it became known; seldom closed."""
    events, now = opened(), nov(12, "08:00")
    for closes in draw(st.lists(st.sampled_from([False] * 14 + [True]), max_size=14)):
        now += draw(HOURS)
        steps = [s for s in STEPS if (s[0] in CLOSING) == closes and _admits(events, *s, now)]
        if steps:
            events.append(draw(st.sampled_from(steps).flatmap(lambda s, now=now: _event(*s, now))))
    return events


def _event(kind: Kind, receipt: int | None, now: datetime) -> st.SearchStrategy[Event]:
    """It happened at most a day and a half before it was recorded."""
    return st.builds(
        Event,
        st.just(kind),
        HOURS.map(lambda earlier: now - earlier),
        st.just(now),
        st.sampled_from(["checks", "office", "unit"]),
        st.just(receipt),
        HOURS.map(lambda later: DUE + later) if kind is Kind.DUE_SET else st.none(),
        st.booleans(),
    )


def _admits(events: list[Event], kind: Kind, receipt: int | None, now: datetime) -> bool:
    try:
        admit(events, Event(kind, now, now, receipt=receipt))
    except TransitionRefused:
        return False
    return True


@holds
@given(st.lists(histories(), max_size=3), INSTANTS, RULES)
def test_the_five_states_add_up_for_any_histories(many, as_of, rule):
    counts = partition(fold(events, as_of, rule).state for events in many)
    assert list(counts) == list(State)
    assert sum(counts.values()) == len(many)


@holds
@given(histories(), INSTANTS, RULES)
def test_pending_is_before_the_deadline_and_missing_after_it(events, as_of, rule):
    at = fold(events, as_of, rule)
    before = at.due_at is None or as_of <= at.due_at
    assert at.state is not (State.MISSING if before else State.PENDING)


@holds
@given(histories(), INSTANTS, RULES)
def test_on_time_and_late_follow_from_the_receipt_that_counts(events, as_of, rule):
    at = fold(events, as_of, rule)
    if at.state in (State.ON_TIME, State.LATE):
        on_time = at.due_at is None or at.received_at <= at.due_at
        assert at.state is (State.ON_TIME if on_time else State.LATE)
    elif at.state is not State.EXEMPT:
        assert at.counted is None


@holds
@given(histories(), INSTANTS, RULES)
def test_what_is_recorded_later_changes_nothing(events, as_of, rule):
    earlier = [e for e in events if e.recorded_at <= as_of]
    assert fold(events, as_of, rule) == fold(earlier, as_of, rule)


@holds
@given(histories(), RULES, st.integers(0, 72))
def test_a_later_version_never_changes_the_punctuality_of_one_that_stands(events, rule, hours):
    last = events[-1].recorded_at
    now = max(last, DUE) + timedelta(hours=hours)
    before = fold(events, now, rule)
    assume(before.counted is not None)
    after = fold([*events, *valid(9, now)], now, rule)
    assert (after.state, after.counted) == (before.state, before.counted)


@holds
@given(histories(), INSTANTS)
def test_a_repeated_file_never_changes_where_an_obligation_stands(events, as_of):
    again = [Event(Kind.REPEATED, e.at, e.recorded_at, "unit", e.receipt) for e in events]
    assert fold([*events, *(e for e in again if e.receipt)], as_of) == fold(events, as_of)


@holds
@given(histories(), INSTANTS, RULES)
def test_the_content_is_there_whenever_a_receipt_counts(events, as_of, rule):
    at = fold(events, as_of, rule)
    if at.counted is not None and rule != "first_received":
        assert at.content is not None
    if at.content is None:
        assert Flag.NIL not in at.flags


DAYS = st.dates(date(2004, 1, 5), date(2030, 12, 25))


@given(DAYS)
@holds
def test_weeks_tile_the_calendar_and_their_ids_come_back(day):
    week = week_of(day)
    assert week.start <= day <= week.end
    assert week_of(week.end + timedelta(days=1)).start == week.end + timedelta(days=1)
    assert {week_of(d) for d in week.days()} == {week}
    assert parse(week.id) == week


@st.composite
def calendars(draw: st.DrawFn) -> tuple[date, Workdays]:
    """A Monday and a calendar with any days around it off or made up for."""
    monday = week_of(draw(DAYS)).start
    around = st.integers(-10, 25).map(lambda n: monday + timedelta(days=n))
    off, extra = draw(st.frozensets(around, max_size=20)), draw(st.frozensets(around, max_size=3))
    return monday, Workdays(off, extra, frozenset({monday.year}))


CLOCKS = st.builds(
    Clock,
    every=st.just("week"),
    weekday=st.integers(1, 7),
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    zone=st.just(ZONE),
    reports_on=st.sampled_from(["this", "last"]),
    shift=st.sampled_from(["previous", "next", "keep"]),
)


@holds
@given(calendars(), CLOCKS)
def test_a_deadline_is_a_working_day_and_never_too_early(calendar, clock):
    monday, workdays = calendar
    found = due(clock, week_of(monday), workdays)
    assert (found.due_at is None) == (not any(map(workdays.works, found.period.days())))
    assume(found.due_at is not None)
    day = found.due_at.date()
    assert workdays.works(day) or clock.shift == "keep"
    assert day >= monday if clock.reports_on == "this" else day > found.period.end
    assert found.due_at - found.nominal_due_at == timedelta(days=found.shift_days)


@holds
@given(calendars(), CLOCKS)
def test_a_deadline_that_falls_on_a_working_day_is_not_moved(calendar, clock):
    found = due(clock, week_of(calendar[0]), calendar[1])
    assume(found.due_at is not None and calendar[1].works(found.nominal_due_at.date()))
    assert (found.due_at, found.shift_days, found.reason) == (found.nominal_due_at, 0, "")


@holds
@given(INSTANTS, st.integers(-72, 72))
def test_a_rung_never_falls_into_quiet_hours_or_on_a_day_off(due_at, hours):
    rung = Rung("R1", ("liaison",), ("email",), hours=hours)
    told = next(plan([rung], 1, due_at, SENDING))
    assert told.not_before == instant_of(rung, due_at, SENDING)
    assert told.not_before >= due_at + timedelta(hours=hours)
    assert CALENDAR.works(told.not_before.date())
    assert time(8) <= told.not_before.time() < time(21)
    assert told.until - told.not_before >= timedelta(hours=4)
