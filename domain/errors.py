"""Broken rules, said to a person: the catalogue has the sentence, the error its values."""

from domain.sentences import say


class Refused(Exception):
    """Something asked for is against a rule; ``str()`` is a Chinese sentence with the remedy.

    ``key`` names the sentence of the catalogue, ``values`` what fills it.
    """

    def __init__(self, key: str, **values: object) -> None:
        self.key = key
        self.values = values
        super().__init__(say(key, **values))

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.key, self.values)


def _rebuild(kind: type[Refused], key: str, values: dict[str, object]) -> Refused:
    return kind(key, **values)


class ProgrammeRefused(Refused):
    """A programme folder that cannot be used: names file, key and what is allowed."""


class TransitionRefused(Refused):
    """An event that cannot follow the obligation's history."""


class PeriodRefused(Refused):
    """An id that is not a period."""
