"""Words from templates: the Markdown operators read in artifacts, and pages of HTML."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from domain.sentences import say

TEMPLATES = Path(__file__).parent / "templates"


def render(template: str, **context: Any) -> str:
    """A text template with its context filled in; an unknown name in it is an error."""
    return _environment().get_template(f"{template}.md.j2").render(context).strip() + "\n"


def page(template: str, **context: Any) -> str:
    """An HTML template with its context filled in; what a name holds is shown, never run."""
    return _environment().get_template(f"{template}.html.j2").render(context).strip() + "\n"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=select_autoescape(("html.j2",), default=False),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["say"] = lambda key, section: say(f"{section}.{key}")
    return environment
