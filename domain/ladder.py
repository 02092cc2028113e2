"""Who is reminded when, and what counts as reported, as a programme's folder says it."""

from typing import Self

from pydantic import Field as Constrained
from pydantic import model_validator

from domain import reminder
from domain.counting import CountingRule
from domain.form import Rule, Time
from domain.reminder import Channel, Role


class Rung(Rule):
    """One step of the ladder, by hours from the due instant or working days after it."""

    code: str = Constrained(pattern=r"^R\d+$")
    roles: tuple[Role, ...] = Constrained(min_length=1)
    channels: tuple[Channel, ...] = Constrained(min_length=1)
    hours: int = 0
    workdays: int = Constrained(default=0, ge=0)
    at: Time | None = None

    @model_validator(mode="after")
    def _one_way_to_say_when(self) -> Self:
        if bool(self.hours) == (self.at is not None) or (self.workdays and self.at is None):
            raise ValueError("rule.rung_when")
        return self

    def value(self) -> reminder.Rung:
        """The rung as the domain computes with it."""
        return reminder.Rung(
            self.code, self.roles, self.channels, self.hours, self.workdays, self.at
        )


class Sending(Rule):
    """When messages may go out, and how long a missed rung is made up for."""

    quiet_from: Time
    quiet_to: Time
    catch_up_hours: int = Constrained(ge=0)
    unreachable_at: Time

    @model_validator(mode="after")
    def _quiet_night(self) -> Self:
        if self.quiet_to >= self.quiet_from:
            raise ValueError("rule.quiet_hours")
        return self


class CountingRules(Rule):
    """Which receipt decides punctuality, and the working days to resend what was returned."""

    counts: CountingRule = "first_valid"
    resend_days: int = Constrained(default=2, ge=0)
