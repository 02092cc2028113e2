"""What a programme folder may say."""

from datetime import date, time

import pytest
from pydantic import ValidationError

from domain.programme import Programme
from tests.domain.build import CALENDAR, DUE, SOURCE, ZONE, folder, form, programme


def refusal(**keys):
    """Where and why a folder is refused, the first error of it."""
    with pytest.raises(ValidationError) as refused:
        Programme.model_validate(folder(**keys))
    error = refused.value.errors()[0]
    return ".".join(str(part) for part in error["loc"]), error["msg"]


def clock(**keys):
    return {"code": "friday", "weekday": 5, "at": time(16), **SOURCE, **keys}


def rung(**keys):
    return {"code": "R1", "roles": ["liaison"], "channels": ["email"], **SOURCE, **keys}


def test_a_rule_without_an_origin_is_refused():
    assert refusal(clocks=[clock(source=[])]) == ("clocks.0", "Value error, rule.no_origin")


def test_a_decision_needs_both_who_and_when():
    half = clock(source=[], decided_by="bundled-default")
    assert refusal(clocks=[half]) == ("clocks.0", "Value error, rule.no_origin")
    whole = half | {"decided_on": date(2026, 11, 22)}
    assert programme(clocks=[whole]).clocks[0].decided_on == date(2026, 11, 22)


def test_an_unknown_key_is_refused_by_name():
    place, message = refusal(clocks=[clock(weekdy=5)])
    assert (place, message) == ("clocks.0.weekdy", "Extra inputs are not permitted")


@pytest.mark.parametrize(
    ("key", "known"),
    [("office", "office"), ("clock", "friday"), ("unit_class", "county、member、utility")],
)
def test_an_unknown_reference_is_refused_with_what_is_known(key, known):
    _, message = refusal(forms=[form("weekly", "county") | {key: "nowhere"}])
    assert message.endswith(f"rule.unknown_reference|forms.weekly.{key}|nowhere|{known}")


@pytest.mark.parametrize(
    ("rule", "place"),
    [
        ({"kind": "required", "fields": ["progres"]}, "required.fields"),
        ({"kind": "needs", "done": "progress", "start": "progres"}, "needs.start"),
    ],
)
def test_a_check_of_a_field_the_form_does_not_have_is_refused(rule, place):
    _, message = refusal(forms=[form("weekly", "county", checks=[rule | SOURCE])])
    assert message.endswith(f"|forms.weekly.checks.{place}|progres|progress")


@pytest.mark.parametrize(
    "keys",
    [
        {},
        {"hours": -24, "at": time(9)},
        {"hours": -24, "workdays": 1},
        {"workdays": 1},
    ],
)
def test_a_rung_says_when_in_exactly_one_way(keys):
    assert refusal(ladder=[rung(**keys)]) == ("ladder.0", "Value error, rule.rung_when")


def test_quiet_hours_span_the_night():
    hours = folder()["sending"] | {"quiet_from": time(8), "quiet_to": time(21)}
    assert refusal(sending=hours) == ("sending", "Value error, rule.quiet_hours")


@pytest.mark.parametrize("weekday", [0, 8])
def test_a_weekday_is_one_to_seven(weekday):
    assert refusal(clocks=[clock(weekday=weekday)])[0] == "clocks.0.weekday"


@pytest.mark.parametrize("slug", ["", "洛阳", "Luoyang", "-renewal", "luoyang renewal"])
def test_a_code_is_plain_ascii(slug):
    assert refusal(slug=slug)[0] == "slug"


def test_a_programme_needs_an_office_and_a_form():
    assert refusal(offices=[])[0] == "offices"
    assert refusal(forms=[])[0] == "forms"


def test_unless_said_otherwise_the_first_valid_receipt_counts_and_two_days_are_given():
    rules = programme().counting_on(CALENDAR)
    assert (rules.rule, rules.resend_days, rules.zone) == ("first_valid", 2, ZONE)


def test_the_sending_hours_are_those_of_the_folder():
    rules = programme().sending_hours(CALENDAR)
    assert (rules.quiet_from, rules.quiet_to) == (time(21), time(8))
    assert rules.catch_up_end(DUE).hour == 20


def test_forms_offices_and_clocks_are_found_by_code():
    rules = programme()
    county = rules.form("county-weekly")
    assert county in rules.forms_of("office")
    assert rules.office("office").host == "housing"
    assert (rules.clock(county).weekday, rules.clock(county).at) == (5, time(16))
    assert rules.rungs()[0].hours == -24


def test_a_time_in_words_is_refused():
    assert refusal(clocks=[clock(at="16:00")])[0] == "clocks.0.at"
