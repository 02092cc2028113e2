"""What a template says about itself on its hidden sheet: whose it is, for what, and which fields.

The sheet ``_luoshu`` has a key and its value a row, from the first row on.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from domain.form import Form

SHEET = "_luoshu"


@dataclass(frozen=True, slots=True)
class Identity:
    """One debtor's template of a form for one occasion; ``version`` is that of the fields."""

    programme: str
    office: str
    form: str
    unit: str
    occasion: str
    version: str

    def rows(self) -> list[tuple[str, str]]:
        """The lines of the hidden sheet."""
        return list(asdict(self).items())


def identity_of(words: Mapping[str, str]) -> Identity | None:
    """The identity a hidden sheet names; None when a line of it is gone."""
    names = [field.name for field in fields(Identity)]
    found = {name: words.get(name, "").strip() for name in names}
    return Identity(**found) if all(found.values()) else None


def version_of(form: Form) -> str:
    """A hash of what a form's fields ask; texts that only explain them do not change it."""
    asked = [(f.code, f.label, f.kind, f.unit, f.choices) for f in form.fields]
    text = json.dumps([form.rows, form.key, asked], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
