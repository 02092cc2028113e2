"""Who stands in for whom and when, as an operator names them."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as an operator names them: by an address on the register, or whole."""

    known: str = field(default="", repr=False)  # a mail address or a phone
    name: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when, as typed; an empty beginning is now, an empty end is open."""

    since: str = ""
    until: str = ""
