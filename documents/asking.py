"""How a cell asks for a field: what may be typed, the words that help, the colours it takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from domain.content import Cell
from domain.form import Field, Form, Range, Required
from domain.sentences import say

NOT_APPLICABLE = Cell.NOT_APPLICABLE.value
PROMPT, HEADLINE = 255, 32  # letters Excel shows of what it says beside a cell
FIRST_DAY, LAST_DAY = 36526, 73051  # of this century, as Excel counts days
DATE = "yyyy-mm-dd"
LIGHTS = ("#F8CBAD", "#FFE699", "#C6E0B4")  # red, yellow, green, as they print


@dataclass(frozen=True, slots=True)
class Asked:
    """A field as a form asks for it: whether it must be filled, and between which numbers."""

    field: Field
    required: bool
    least: str
    most: str
    whole: bool = False

    @property
    def limits(self) -> str:
        """The numbers allowed, in words; empty when all are."""
        least = say("default.least", min=self.least) if self.least else ""
        most = say("default.most", max=self.most) if self.most else ""
        whole = say("default.whole") if self.whole else ""
        return say("default.and").join(filter(None, (whole, least, most)))

    def choices(self) -> list[str]:
        """What a drop-down offers; 不适用 is always among them."""
        return list(dict.fromkeys([*self.field.choices, NOT_APPLICABLE]))

    def prompt(self) -> str:
        """What is said beside the cell while it is being filled; empty for prose without hint."""
        kind = self.field.kind
        told = say(f"template.prompt_{kind}", limits=self._limited()) if kind != "text" else ""
        return _fit(f"{self.field.hint}{told}", PROMPT)

    def note(self) -> str:
        """The note on its name: what to write, and an example."""
        example = self.field.example
        shown = say("template.example", example=example) if example else ""
        return "\n".join(filter(None, (self.field.hint, shown)))

    def explanation(self) -> str:
        """What stands beside the cell on paper: must it be filled, the hint, limits, example."""
        must = [say("template.required")] if self.required else []
        kind = [say(f"template.kind_{self.field.kind}")] if self.field.kind != "text" else []
        limits = [self.limits] if self.limits else []
        told = say("template.comma").join([*must, *kind, *limits])
        return "\n".join(filter(None, (told, self.note())))

    def validation(self, cell: str, choices: str) -> dict[str, Any]:
        """What Excel lets somebody type into ``cell``; ``choices`` is the name of its list."""
        kind, limits = self.field.kind, self._limited()
        rule: dict[str, Any] = {"validate": "any"}
        if kind == "choice":
            rule = {"validate": "list", "source": f"={choices}"}
        elif kind != "text":
            rule = {"validate": "custom", "value": self._formula(cell)}
        if prompt := self.prompt():
            rule |= {"input_title": _fit(self.field.label, HEADLINE), "input_message": prompt}
        if kind != "text":
            error = say(f"template.error_{kind}", label=self.field.label, limits=limits)
            rule |= {"error_title": say("template.error"), "error_message": _fit(error, PROMPT)}
        return rule

    def _limited(self) -> str:
        return say("template.limits", limits=self.limits) if self.limits else ""

    def _formula(self, cell: str) -> str:
        """A number within its limits or a day of this century; or the word for neither."""
        least, most = self.least, self.most
        if self.field.kind == "date":
            least, most = str(FIRST_DAY), str(LAST_DAY)
        bounds = [f"{cell}>={least}" if least else "", f"{cell}<={most}" if most else ""]
        bounds += [f"{cell}=INT({cell})"] if self.whole else []
        tests = ",".join(filter(None, [f"ISNUMBER({cell})", *bounds]))
        return f'=OR({cell}="{NOT_APPLICABLE}",AND({tests}))'


def asked(form: Form) -> list[Asked]:
    """Every field of a form with what its checks demand; what is only warned of stops nobody."""
    strict = [check for check in form.checks if check.severity == "error"]
    needed = {code for check in strict if isinstance(check, Required) for code in check.fields}
    ranges = [check for check in strict if isinstance(check, Range)]
    return [_asked(field, field.code in needed, ranges) for field in form.fields]


def _asked(field: Field, required: bool, ranges: Sequence[Range]) -> Asked:
    mine = [found for found in ranges if field.code in found.fields]
    least = max((found.min for found in mine if found.min is not None), default=None)
    most = min((found.max for found in mine if found.max is not None), default=None)
    words = ["" if bound is None else f"{bound:f}" for bound in (least, most)]
    return Asked(field, required, words[0], words[1], any(found.whole for found in mine))


def lights() -> dict[str, str]:
    """The words for a light with its colour."""
    return dict(zip(say("template.lights").split("|"), LIGHTS, strict=True))


def _fit(text: str, room: int) -> str:
    return text if len(text) <= room else f"{text[: room - 1]}…"
