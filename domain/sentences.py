"""The catalogue: every sentence the product prints that is not in a template.

``luoshu sentences`` lists it. The file is read once, as data of the package.
"""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def catalogue() -> dict[str, str]:
    """Every sentence by its dotted key, placeholders in braces."""
    tree = tomllib.loads((files("domain") / "sentences.toml").read_text("utf-8"))
    return {
        f"{section}.{name}": text for section, part in tree.items() for name, text in part.items()
    }


def reason(text: str) -> str:
    """A stored reason as people read it: the office's own words, or a sentence by its key."""
    return catalogue().get(text, text)


def say(key: str, **values: object) -> str:
    """The sentence ``key`` with its values filled in; an unknown key is a programming error."""
    return catalogue()[key].format(**values)
