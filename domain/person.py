"""Who is the same person: the one rule for a list, the register and a command."""

from typing import Protocol


class Named(Protocol):
    """Somebody with a name and addresses; an empty address is none."""

    @property
    def name(self) -> str: ...

    @property
    def email(self) -> str: ...

    @property
    def phone(self) -> str: ...


def folded(address: str) -> str:
    """An address as it is compared: a mailbox without case, a number without hyphens."""
    return address.lower() if "@" in address else address.replace("-", "")


def addresses(somebody: Named) -> frozenset[str]:
    """The addresses a person is known by, as they are compared."""
    return frozenset(map(folded, filter(None, (somebody.email, somebody.phone))))


def same_person(one: Named, other: Named, *, near: bool) -> bool:
    """One name, and at one unit (``near``) one address in common, elsewhere all of them (A0.3)."""
    if one.name != other.name:
        return False
    ours, theirs = addresses(one), addresses(other)
    return bool(ours & theirs) and (near or ours == theirs)
