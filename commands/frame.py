"""The frame of every command: Chinese heads, help and usage errors."""

from importlib.metadata import version

from cyclopts import App, CycloptsError, Group
from cyclopts.exceptions import (
    CoercionError,
    MissingArgumentError,
    UnknownCommandError,
    UnknownOptionError,
)

from domain.sentences import say

KINDS = {
    MissingArgumentError: "usage.missing",
    CoercionError: "usage.value",
    UnknownOptionError: "usage.option",
    UnknownCommandError: "usage.command",
}


def frame(name: str) -> App:
    """An app for one command group, named and explained by the catalogue."""
    app = App(
        name=name,
        help=say(f"help.{name}"),
        version=version("luoshu"),
        group_commands=Group(say("help.group_commands")),
        group_parameters=Group(say("help.group_parameters")),
        group_arguments=Group(say("help.group_parameters")),
        help_flags=["--help", "-h"],
        version_flags=["--version"] if name == "luoshu" else [],
        error_formatter=usage_error,
    )
    app["--help"].help = say("help.show_help")
    if name == "luoshu":
        app["--version"].help = say("help.show_version")
    return app


def usage_error(error: CycloptsError) -> str:
    """What was typed wrong, and how to see what would be right."""
    key = next((key for kind, key in KINDS.items() if isinstance(error, kind)), "usage.other")
    argument, token = getattr(error, "argument", None), getattr(error, "token", None)
    name = argument.name if argument else getattr(token, "keyword", "") or ""
    tokens = getattr(error, "unused_tokens", None) or [""]
    value = getattr(token, "value", "") or tokens[0]
    return say(key, name=name or value, value=value)
